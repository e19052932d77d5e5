package dev.unmask.tls;

import dev.unmask.contract.Limits;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Looks after TLS files every {@link Limits#TLS_REFRESH}, on a thread of its own, until closed. */
public final class TlsRefresh implements AutoCloseable {
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("tls-refresh").factory());
  private final TlsFiles files;

  /** Begins to look after files. */
  public TlsRefresh(TlsFiles files) {
    this.files = files;
    long pause = Limits.TLS_REFRESH.toMillis();
    var _ = thread.scheduleWithFixedDelay(files::refresh, pause, pause, TimeUnit.MILLISECONDS);
  }

  /** What it looks after. */
  public TlsFiles files() {
    return files;
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
