package dev.unmask.worker.pages;

import dev.unmask.contract.Limits;
import dev.unmask.pagecache.v1.WritePagesResponse;
import dev.unmask.worker.pages.transfer.NamedPage;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes pages behind the requests: one writer, a short queue, and what does not fit is dropped,
 * because a lost page costs speed and a blocked decode loop costs everybody. Only pages that the
 * service does not have are sent. Safe for several threads.
 */
public final class Publisher implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Publisher.class);

  private final PageCache cache;
  private final PageCounts counts;
  private final BlockingQueue<Publication> waiting =
      new ArrayBlockingQueue<>(Limits.PAGE_PUBLISH_QUEUE);
  private final Thread writer;

  /** Starts the writer. */
  public Publisher(PageCache cache, PageCounts counts) {
    this.cache = cache;
    this.counts = counts;
    this.writer = Thread.ofPlatform().daemon().name("page-publisher").start(this::run);
  }

  /** Takes a publication over; never blocks. */
  void offer(Publication publication) {
    if (!waiting.offer(publication)) {
      counts.drop();
      publication.close();
    }
  }

  /** Ends the writer, in the middle of a publication if need be. */
  @Override
  public void close() {
    writer.interrupt();
    try {
      writer.join(Limits.PAGE_WRITE_TIME);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    var left = new ArrayList<Publication>();
    waiting.drainTo(left);
    left.forEach(Publication::close);
  }

  private void run() {
    while (!Thread.currentThread().isInterrupted()) {
      try (var publication = waiting.take()) {
        publish(publication);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } catch (RuntimeException e) {
        // A bug; it costs this publication, not the ones after it.
        LOG.error("a state was not published", e);
        counts.drop();
      }
    }
  }

  private void publish(Publication publication) {
    switch (cache.find(publication.state())) {
      case Answer.None<List<Long>> none -> counts.drop();
      case Answer.Got<List<Long>>(List<Long> lengths) -> {
        var all = publication.pages();
        var absent = new ArrayList<NamedPage>();
        for (int i = 0; i < lengths.size(); i++) {
          if (lengths.get(i) == 0) {
            absent.add(all.get(i));
          }
        }
        send(publication, absent);
      }
    }
  }

  /** Who waits for the state is told when all of it is stored, and not before. */
  private void send(Publication publication, List<NamedPage> pages) {
    if (pages.isEmpty()) {
      publication.lease().fulfilled();
      return;
    }
    publication.room().transcription().encode();
    switch (cache.write(publication.state(), publication.cost(), pages)) {
      case Answer.None<WritePagesResponse> none -> counts.drop();
      case Answer.Got<WritePagesResponse>(WritePagesResponse response) -> {
        counts.stored(response.getStored());
        if (response.getRefused() == 0) {
          publication.lease().fulfilled();
        }
      }
    }
  }
}
