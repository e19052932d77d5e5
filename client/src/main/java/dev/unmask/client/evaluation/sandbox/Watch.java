package dev.unmask.client.evaluation.sandbox;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Feeds a started command, listens to it and sees to its end. */
final class Watch {
  /** Longest that a sandbox may take to be set up, and killed processes to be gone. */
  static final Duration GRACE = Duration.ofSeconds(10);

  private static final int CHUNK_BYTES = 1 << 13;

  private final Process process;
  private final Job job;
  private final String greeting;
  private final ByteArrayOutputStream heard = new ByteArrayOutputStream();
  private final CompletableFuture<Process> greeted = new CompletableFuture<>();
  private final CompletableFuture<Process> overflow = new CompletableFuture<>();

  /**
   * @param greeting what the sandbox says before the command does, in ASCII; the command's time
   *     runs from there
   */
  Watch(Process process, Job job, String greeting) {
    this.process = process;
    this.job = job;
    this.greeting = greeting;
  }

  /** Ends a command with all its descendants and returns when they are gone. */
  @FunctionalInterface
  interface Killing {
    void kill(Process process) throws IOException, InterruptedException;
  }

  /**
   * Waits for the command's end, or brings it about; in both cases nothing of it is left.
   *
   * @throws IOException when the greeting did not come, with what came instead
   */
  Outcome end(Killing killing) throws IOException, InterruptedException {
    var feeding = Thread.ofVirtual().start(this::feed);
    var listening = Thread.ofVirtual().start(this::listen);
    boolean inTime;
    try {
      inTime = happens(greeted, GRACE) && happens(overflow, job.bounds().wallTime());
    } finally {
      killing.kill(process);
    }
    if (!feeding.join(GRACE) || !listening.join(GRACE)) {
      throw new IOException("a process of " + job.command().getFirst() + " could not be killed");
    }
    return outcome(inTime);
  }

  /** Whether something happened, or the command ended, within a time. */
  private boolean happens(CompletableFuture<Process> event, Duration within)
      throws InterruptedException {
    try {
      CompletableFuture.anyOf(process.onExit(), event)
          .get(within.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      throw new IllegalStateException(e); // Neither of them fails.
    }
  }

  private Outcome outcome(boolean inTime) throws IOException {
    var text = heard.toString(StandardCharsets.UTF_8);
    if (!text.startsWith(greeting)) {
      throw new IOException(
          text.isBlank() ? "nothing was said" : text.strip().replaceAll("\\s*\n\\s*", " "));
    }
    var said = text.substring(greeting.length());
    if (overflow.isDone()) {
      return new Outcome(Outcome.Ending.TALKED_TOO_MUCH, process.exitValue(), said);
    }
    var ending = inTime ? Outcome.Ending.EXITED : Outcome.Ending.TIMED_OUT;
    return new Outcome(ending, process.exitValue(), said);
  }

  /** A command need not read what it is given. */
  private void feed() {
    try (var input = process.getOutputStream()) {
      input.write(job.input().getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      // It ended or closed its input first; how it ended tells whether that was right.
    }
  }

  private void listen() {
    try (var output = process.getInputStream()) {
      var chunk = new byte[CHUNK_BYTES];
      for (int n = 0; n >= 0 && !overflow.isDone(); n = output.read(chunk)) {
        hear(chunk, n);
      }
    } catch (IOException e) {
      // The stream breaks when the command is killed; what was heard stands.
    }
  }

  private void hear(byte[] chunk, int n) {
    int room = job.bounds().outputBytes() + greeting.length() - heard.size();
    heard.write(chunk, 0, Math.min(n, room));
    if (heard.size() >= greeting.length()) {
      greeted.complete(process);
    }
    if (n > room) {
      overflow.complete(process);
    }
  }
}
