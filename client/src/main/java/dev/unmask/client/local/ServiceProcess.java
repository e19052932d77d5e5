package dev.unmask.client.local;

import dev.unmask.contract.Limits;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** A service in a process of its own. */
public final class ServiceProcess implements Service {
  private final String name;
  private final Process process;
  private final CompletableFuture<Integer> port = new CompletableFuture<>();
  private volatile Optional<String> httpAddress = Optional.empty();
  private volatile Optional<String> metricsAddress = Optional.empty();
  private volatile boolean closing;

  private ServiceProcess(String name, Process process) {
    this.name = name;
    this.process = process;
  }

  /** Forwards what the process prints until it ends, and tells when it ended by itself. */
  static ServiceProcess watching(
      Role role, String name, Process process, PrintStream log, Consumer<String> deaths) {
    var service = new ServiceProcess(name, process);
    // No virtual thread: reading a pipe takes a carrier away from the others.
    Thread.ofPlatform()
        .daemon()
        .name(name + "-watch")
        .start(() -> service.watch(role, log, deaths));
    return service;
  }

  @Override
  public String name() {
    return name;
  }

  /** The process, for those who want to do it harm. */
  public ProcessHandle handle() {
    return process.toHandle();
  }

  @Override
  public String address() {
    try {
      return "127.0.0.1:" + port.get(Limits.PROCESS_START_TIME.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new IllegalStateException(name + " was not ready in " + Limits.PROCESS_START_TIME, e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause().getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while " + name + " started", e);
    }
  }

  /** Told before the service says that it is ready. */
  @Override
  public Optional<String> httpAddress() {
    var _ = address();
    return httpAddress;
  }

  @Override
  public Optional<String> metricsAddress() {
    var _ = address();
    return metricsAddress;
  }

  @Override
  public void close() {
    closing = true;
    process.destroy();
    try {
      if (!process.waitFor(Limits.PROCESS_STOP_TIME.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  private void watch(Role role, PrintStream log, Consumer<String> deaths) {
    forward(role, log);
    ended(process.onExit().join().exitValue(), deaths);
  }

  private void forward(Role role, PrintStream log) {
    var ready = "READY " + role.word() + " ";
    var http = "HTTP " + role.word() + " ";
    var metrics = "METRICS " + role.word() + " ";
    try (BufferedReader lines = process.inputReader()) {
      for (var line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith(http)) {
          httpAddress = Optional.of(here(line, http));
        } else if (line.startsWith(metrics)) {
          metricsAddress = Optional.of(here(line, metrics));
        } else if (line.startsWith(ready)) {
          port.complete(Integer.valueOf(line.substring(ready.length()).strip()));
        } else {
          log.println("[" + name + "] " + line);
        }
      }
    } catch (IOException e) {
      if (!closing) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static String here(String line, String beginning) {
    return "127.0.0.1:" + line.substring(beginning.length()).strip();
  }

  private void ended(int exitCode, Consumer<String> deaths) {
    var message = name + " ended with exit code " + exitCode;
    port.completeExceptionally(new IllegalStateException(message));
    if (!closing) {
      deaths.accept(message);
    }
  }
}
