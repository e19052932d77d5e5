package dev.unmask.worker.pages;

import dev.unmask.worker.engine.HostMemory;
import io.grpc.ManagedChannel;
import java.time.Duration;
import java.util.Map;

/** What a worker has of this package, wired for tests. */
final class SharingWorker implements AutoCloseable {
  static final Duration LONG = Duration.ofSeconds(30);
  static final Patience PATIENT = new Patience(LONG, LONG, LONG);

  final SettableClock clock = new SettableClock();
  final PageCounts counts = new PageCounts();
  final SharedForwards forwards;
  private final ManagedChannel channel;
  private final Publisher publisher;

  SharingWorker(int port, Patience patience, Map<String, byte[]> secrets) {
    channel = PageChannels.open("127.0.0.1:" + port);
    var cache = new PageCache(channel, new Pause(clock), patience);
    publisher = new Publisher(cache, counts);
    forwards = new SharedForwards(cache, publisher, counts, secrets, HostMemory::unpinned);
  }

  SharingWorker(int port) {
    this(port, PATIENT, Forwards.SECRETS);
  }

  Fetched fetch(int number, Need need) {
    return forwards.fetch(Forwards.context(number), Forwards.NAMESPACE, need);
  }

  void publish(int number, Need need) {
    forwards.publish(Forwards.context(number), Forwards.NAMESPACE, Forwards.forward(number, need));
  }

  @Override
  public void close() {
    publisher.close();
    channel.shutdownNow();
  }
}
