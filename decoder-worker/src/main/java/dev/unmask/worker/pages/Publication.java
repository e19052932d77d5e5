package dev.unmask.worker.pages;

import dev.unmask.worker.pages.transfer.NamedPage;
import java.util.List;

/**
 * Pages to publish.
 *
 * @param namespace whose they are
 * @param pages views of one forward
 * @param release gives the forward's memory back
 */
record Publication(String namespace, List<NamedPage> pages, Runnable release)
    implements AutoCloseable {
  @Override
  public void close() {
    release.run();
  }
}
