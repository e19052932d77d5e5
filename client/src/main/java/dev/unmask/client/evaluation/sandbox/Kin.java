package dev.unmask.client.evaluation.sandbox;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * The processes of one command where no namespace holds them together: they share a user of their
 * own, or a word in the environment they started with, which a child gets from its parent.
 */
final class Kin {
  private static final Path PROCESSES = Path.of("/proc");
  private static final String USER = "unix:uid";
  private static final String WORD = "UNMASK_SANDBOX";

  private final Predicate<Path> belongs;
  private final Map<String, String> environment;

  private Kin(Predicate<Path> belongs, Map<String, String> environment) {
    this.belongs = belongs;
    this.environment = environment;
  }

  /** All processes of a user. */
  static Kin ofUser(int user) {
    return new Kin(process -> Integer.valueOf(user).equals(owner(process)), Map.of());
  }

  /** All processes that started with a word in their environment. */
  static Kin withWord(String word) {
    var mark = (WORD + "=" + word + "\0").getBytes(StandardCharsets.UTF_8);
    return new Kin(process -> contains(environment(process), mark), Map.of(WORD, word));
  }

  /** What the first of them must be started with. */
  Map<String, String> environment() {
    return environment;
  }

  /**
   * Kills until there is none; a bounded number of processes does not outrun it for long.
   *
   * @throws IOException when one is still there after the grace
   */
  void kill() throws IOException, InterruptedException {
    long start = System.nanoTime();
    for (var alive = alive(); !alive.isEmpty(); alive = alive()) {
      if (System.nanoTime() - start > Watch.GRACE.toNanos()) {
        throw new IOException(alive.size() + " processes could not be killed");
      }
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      alive.forEach(ProcessHandle::destroyForcibly);
    }
  }

  private List<ProcessHandle> alive() throws IOException {
    var alive = new ArrayList<ProcessHandle>();
    for (var process : processes()) {
      if (belongs.test(process)) {
        // One that ended and waits for its parent to notice cannot be killed again.
        ProcessHandle.of(Long.parseLong(process.getFileName().toString()))
            .filter(handle -> !isZombie(process))
            .ifPresent(alive::add);
      }
    }
    return alive;
  }

  /** Processes and threads of a user, which is what the system's limit counts. */
  static int threadsOf(int user) throws IOException {
    int threads = 0;
    for (var process : processes()) {
      if (Integer.valueOf(user).equals(owner(process))) {
        threads += entries(process.resolve("task"));
      }
    }
    return threads;
  }

  private static List<Path> processes() throws IOException {
    var processes = new ArrayList<Path>();
    try (DirectoryStream<Path> found = Files.newDirectoryStream(PROCESSES, "[0-9]*")) {
      found.forEach(processes::add);
    }
    return processes;
  }

  private static Integer owner(Path process) {
    try {
      return (Integer) Files.getAttribute(process, USER);
    } catch (IOException e) {
      return -1; // It ended meanwhile.
    }
  }

  private static int entries(Path folder) {
    try (var found = Files.list(folder)) {
      return (int) found.count();
    } catch (IOException e) {
      return 0; // It ended meanwhile.
    }
  }

  private static byte[] environment(Path process) {
    try {
      return Files.readAllBytes(process.resolve("environ"));
    } catch (IOException e) {
      return new byte[0]; // It ended meanwhile or is another user's, hence not ours.
    }
  }

  private static boolean isZombie(Path process) {
    try {
      var stat = Files.readString(process.resolve("stat"), StandardCharsets.ISO_8859_1);
      return stat.startsWith(") Z", stat.lastIndexOf(')'));
    } catch (IOException e) {
      return true; // It ended meanwhile.
    }
  }

  private static boolean contains(byte[] text, byte[] part) {
    return new String(text, StandardCharsets.ISO_8859_1)
        .contains(new String(part, StandardCharsets.ISO_8859_1));
  }
}
