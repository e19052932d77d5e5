package dev.unmask.worker.pages;

import dev.unmask.contract.Limits;
import dev.unmask.pagecache.v1.WritePagesResponse;
import dev.unmask.worker.pages.placement.Home;
import dev.unmask.worker.pages.transfer.NamedPage;
import dev.unmask.worker.pages.transfer.PageWriteCall.Shipment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ThreadFactory;
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
    this(cache, counts, Thread.ofPlatform().daemon().name("page-publisher").factory());
  }

  /**
   * Starts the writer.
   *
   * @param threads makes its thread
   */
  public Publisher(PageCache cache, PageCounts counts, ThreadFactory threads) {
    this.cache = cache;
    this.counts = counts;
    this.writer = threads.newThread(this::run);
    writer.start();
  }

  /** Takes a publication over; never blocks. */
  public void offer(Publication publication) {
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

  /** Who waits for the states is told when all of them are stored, and not before. */
  private void publish(Publication publication) {
    boolean encoded = false;
    boolean stored = true;
    for (var shipments : publication.shipments().entrySet()) {
      var absent = absent(shipments.getKey(), shipments.getValue());
      boolean wanted = absent.filter(all -> !all.isEmpty()).isPresent();
      if (wanted && !encoded) {
        publication.room().transcription().encode();
        encoded = true;
      }
      stored &= absent.isPresent() && (!wanted || send(shipments.getKey(), absent.get()));
    }
    if (stored) {
      publication.lease().fulfilled();
    }
  }

  /** What the service does not have; empty if it does not say. */
  private Optional<List<Shipment>> absent(Home home, List<Shipment> shipments) {
    var keys = shipments.stream().flatMap(all -> all.pages().stream()).map(NamedPage::key).toList();
    return switch (cache.find(home, keys)) {
      case Answer.None<List<Long>> _ -> {
        counts.drop();
        yield Optional.empty();
      }
      case Answer.Got<List<Long>>(List<Long> lengths) -> {
        var next = lengths.iterator();
        yield Optional.of(
            shipments.stream()
                .map(shipment -> shipment.keeping(_ -> next.next() == 0))
                .filter(shipment -> !shipment.pages().isEmpty())
                .toList());
      }
    };
  }

  private boolean send(Home home, List<Shipment> shipments) {
    return switch (cache.write(home, shipments)) {
      case Answer.None<WritePagesResponse> _ -> {
        counts.drop();
        yield false;
      }
      case Answer.Got<WritePagesResponse>(WritePagesResponse response) -> {
        counts.stored(response.getStored());
        yield response.getRefused() == 0;
      }
    };
  }
}
