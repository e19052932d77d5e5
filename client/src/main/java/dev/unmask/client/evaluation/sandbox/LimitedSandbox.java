package dev.unmask.client.evaluation.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * Runs a command under the system's limits alone. It can read what its user can read and reach the
 * network; the superuser's commands run as a user whom nobody else is.
 */
final class LimitedSandbox implements Sandbox {
  private final int user;
  private final Fence.Strangers strangers;

  /**
   * @param user whose limits count, 0 for the superuser
   */
  LimitedSandbox(int user, Fence.Strangers strangers) {
    this.user = user;
    this.strangers = strangers;
  }

  @Override
  public Outcome run(Job job) throws IOException, InterruptedException {
    var folder = Files.createTempDirectory("unmask-sandbox");
    try {
      return user == 0 ? runAsStranger(job, folder) : runAsUser(job, folder);
    } finally {
      delete(folder);
    }
  }

  private Outcome runAsStranger(Job job, Path folder) throws IOException, InterruptedException {
    int stranger = strangers.next();
    Files.setAttribute(folder, "unix:uid", stranger);
    var command = new ArrayList<>(Commands.limits(job.bounds(), job.bounds().processes()));
    command.addAll(Fence.SUPERUSER.leaving(stranger));
    return run(job, command, folder, Kin.ofUser(stranger));
  }

  private Outcome runAsUser(Job job, Path folder) throws IOException, InterruptedException {
    int processes = Kin.threadsOf(user) + job.bounds().processes();
    var command = new ArrayList<>(Commands.limits(job.bounds(), processes));
    command.addAll(List.of("setpriv", "--inh-caps=-all", "--no-new-privs", "--"));
    return run(job, command, folder, Kin.withWord(UUID.randomUUID().toString()));
  }

  private static Outcome run(Job job, List<String> command, Path folder, Kin kin)
      throws IOException, InterruptedException {
    command.addAll(job.command());
    var environment = new HashMap<>(kin.environment());
    environment.put("HOME", folder.toString());
    environment.put("TMPDIR", folder.toString());
    var process = Commands.start(Commands.detached(command), folder, environment);
    return new Watch(process, job, "").end(first -> killAll(first, kin));
  }

  private static void killAll(Process first, Kin kin) throws IOException, InterruptedException {
    // By its handle: the process itself would close its streams with what is not read yet.
    first.toHandle().destroyForcibly();
    kin.kill();
    if (!first.waitFor(Watch.GRACE.toSeconds(), TimeUnit.SECONDS)) {
      throw new IOException("process " + first.pid() + " could not be killed");
    }
  }

  private static void delete(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
