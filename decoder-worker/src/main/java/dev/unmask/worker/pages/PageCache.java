package dev.unmask.worker.pages;

import dev.unmask.page.PageKey;
import dev.unmask.pagecache.v1.FindPagesRequest;
import dev.unmask.pagecache.v1.PageCacheServiceGrpc;
import dev.unmask.pagecache.v1.PageCacheServiceGrpc.PageCacheServiceBlockingV2Stub;
import dev.unmask.pagecache.v1.ReportPagesRequest;
import dev.unmask.pagecache.v1.WritePagesResponse;
import dev.unmask.worker.pages.lease.Acquired;
import dev.unmask.worker.pages.lease.LeaseCalls;
import dev.unmask.worker.pages.lease.LeaseTimes;
import dev.unmask.worker.pages.mapping.MappedPages;
import dev.unmask.worker.pages.placement.Home;
import dev.unmask.worker.pages.placement.Pauses;
import dev.unmask.worker.pages.placement.Placed;
import dev.unmask.worker.pages.transfer.Lanes;
import dev.unmask.worker.pages.transfer.Miss;
import dev.unmask.worker.pages.transfer.NamedPage;
import dev.unmask.worker.pages.transfer.PageWriteCall.Shipment;
import dev.unmask.worker.pages.transfer.ParallelRead;
import dev.unmask.worker.pages.transfer.ParallelWrite;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.Status;
import io.grpc.StatusException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;

/**
 * A client of the cache-service, of one instance or many: all calls about a state go to the
 * instance that keeps it. Blocks its caller no longer than its {@link Patience}; asks no instance
 * while its pause is on, and nobody while nobody can be reached. Never throws because of the
 * service. Safe for several threads.
 */
public final class PageCache {
  private final Channel channel;
  private final Pauses pauses;
  private final Optional<MappedPages> mapped;
  private final Patience patience;
  private final Lanes lanes;
  private final AtomicInteger turn = new AtomicInteger();
  private final Finding finding;

  /**
   * Talks through one channel.
   *
   * @param channel to all instances; the caller closes it
   * @param lanes that pages take to an instance at once; the channel has them
   */
  public PageCache(Channel channel, Pauses pauses, Patience patience, Lanes lanes) {
    this(channel, pauses, patience, lanes, Optional.empty());
  }

  /**
   * Talks through one channel.
   *
   * @param channel to all instances; the caller closes it
   * @param lanes that pages take to an instance at once; the channel has them
   * @param mapped reads pages out of the files of the only instance, as long as that works
   */
  public PageCache(
      Channel channel,
      Pauses pauses,
      Patience patience,
      Lanes lanes,
      Optional<MappedPages> mapped) {
    this.channel = channel;
    this.pauses = pauses;
    this.patience = patience;
    this.lanes = lanes;
    this.mapped = mapped;
    this.finding = new Finding(patience.waiting());
  }

  /** Whether a call could be made now, as far as is known. */
  boolean reachable() {
    return pauses.open();
  }

  /** Which pages are there, as {@link #find(Home, List, Duration, Runnable)}. */
  Answer<List<Long>> find(Home home, List<PageKey> keys) {
    return find(home, keys, patience.find(), () -> {});
  }

  /**
   * Which pages are there.
   *
   * @param wait after which it counts as failed; an answer within its {@link Patience} takes that
   *     back
   * @param answered hears that an answer came, in time or not
   * @return for each page the length of its record; 0 if it is not there
   */
  Answer<List<Long>> find(Home home, List<PageKey> keys, Duration wait, Runnable answered) {
    var request =
        FindPagesRequest.newBuilder()
            .setNamespace(home.namespace())
            .addAllKeys(keys.stream().map(PageKey::toMessage).toList())
            .build();
    var placed = new Placed(home.key(), pauses);
    Runnable heard =
        () -> {
          succeeded(placed);
          answered.run();
        };
    var answer =
        ask(
            placed,
            way -> {
              var stub = PageCacheServiceGrpc.newFutureStub(way);
              var call = stub.withDeadlineAfter(patience.find()).findPages(request);
              return finding.await(call, wait, heard).getLengthsList();
            });
    return switch (answer) {
      case Answer.Got<List<Long>>(List<Long> lengths) when lengths.size() != keys.size() ->
          new Answer.None<>(Miss.DAMAGED);
      case Answer.Got<List<Long>> got -> got;
      case Answer.None<List<Long>> none -> none;
    };
  }

  /**
   * What came of reading pages.
   *
   * @param sound how many are filled and sound: the first ones
   * @param miss why the others are not; empty if there are none
   */
  public record Reading(int sound, Optional<Miss> miss) {}

  /** Fills pages, in their order. When it returns, nothing touches their memory any more. */
  public Reading read(Home home, List<NamedPage> pages) {
    if (pauses.unreached().on()) {
      return new Reading(0, Optional.of(Miss.PAUSED));
    }
    var placed = new Placed(home.key(), pauses);
    if (mapped.isPresent()
        && mapped.get().read(placed.over(channel), home.namespace(), pages, patience.find())) {
      succeeded(placed);
      return new Reading(pages.size(), Optional.empty());
    }
    var read =
        ParallelRead.run(lanes, lanes(placed), within(patience.read()), home.namespace(), pages);
    read.damaged().ifPresent(page -> report(home, page));
    return new Reading(read.sound(), read.miss().or(() -> missed(placed, read, pages.size())));
  }

  /** Why pages are missing where their call does not say. */
  private Optional<Miss> missed(Placed placed, ParallelRead.Outcome read, int pages) {
    if (!read.status().isOk()) {
      return Optional.of(failed(placed, read.status()));
    }
    succeeded(placed);
    return read.sound() == pages ? Optional.empty() : Optional.of(Miss.DAMAGED);
  }

  /** Has the store look at its copy, and take it away if that is damaged, too. */
  private void report(Home home, NamedPage page) {
    var request =
        ReportPagesRequest.newBuilder()
            .setNamespace(home.namespace())
            .addKeys(page.key().toMessage())
            .build();
    var _ = ask(home, way -> calls(way).withDeadlineAfter(patience.find()).reportPages(request));
  }

  /**
   * Stores pages of states that have one home. When it returns, nothing touches their memory any
   * more.
   *
   * @return what became of them, or why they were not all taken
   */
  public Answer<WritePagesResponse> write(Home home, List<Shipment> shipments) {
    var placed = new Placed(home.key(), pauses);
    var options = within(patience.write());
    return ask(placed, _ -> ParallelWrite.run(lanes, lanes(placed), options, shipments));
  }

  /** Asks to compute a state; waits as long as that says if another one does. */
  Answer<Acquired> acquire(State state, LeaseTimes times) {
    return ask(
        state.home(),
        way ->
            new LeaseCalls(way, state.home().namespace(), state.name(), patience.find())
                .acquire(times));
  }

  private static CallOptions within(Duration time) {
    return CallOptions.DEFAULT.withDeadlineAfter(time.toNanos(), TimeUnit.NANOSECONDS);
  }

  private static PageCacheServiceBlockingV2Stub calls(Channel way) {
    return PageCacheServiceGrpc.newBlockingV2Stub(way);
  }

  /** The ways of an instance's lanes; calls at one time begin with different ones. */
  private IntFunction<Channel> lanes(Placed placed) {
    int first = Math.floorMod(turn.getAndIncrement(), lanes.most());
    return lane -> placed.over(channel, first + lane);
  }

  /** A call that blocks, over the way to an instance. */
  @FunctionalInterface
  private interface Asking<T> {
    T answer(Channel way) throws StatusException, InterruptedException;
  }

  private <T> Answer<T> ask(Home home, Asking<T> asking) {
    return ask(new Placed(home.key(), pauses), asking);
  }

  private <T> Answer<T> ask(Placed placed, Asking<T> asking) {
    if (pauses.unreached().on()) {
      return new Answer.None<>(Miss.PAUSED);
    }
    try {
      var answer = asking.answer(placed.over(channel));
      succeeded(placed);
      return new Answer.Got<>(answer);
    } catch (StatusException e) {
      return new Answer.None<>(failed(placed, e.getStatus()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Answer.None<>(Miss.FAILED);
    }
  }

  private void succeeded(Placed placed) {
    placed.pause().succeeded();
    pauses.unreached().succeeded();
  }

  private Miss failed(Placed placed, Status status) {
    if (placed.avoided()) {
      return Miss.PAUSED;
    }
    if (blames(status.getCode()) && !Thread.currentThread().isInterrupted()) {
      placed.pause().failed();
    }
    return status.getCode() == Status.Code.DEADLINE_EXCEEDED ? Miss.LATE : Miss.FAILED;
  }

  /** A service that knows no leases is well otherwise. */
  private static boolean blames(Status.Code code) {
    return code != Status.Code.UNIMPLEMENTED;
  }
}
