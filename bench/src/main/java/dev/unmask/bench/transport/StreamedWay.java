package dev.unmask.bench.transport;

import dev.unmask.pagecache.v1.WritePagesResponse;
import dev.unmask.worker.pages.Answer;
import dev.unmask.worker.pages.PageCache;
import dev.unmask.worker.pages.Patience;
import dev.unmask.worker.pages.placement.Home;
import dev.unmask.worker.pages.placement.PageChannels;
import dev.unmask.worker.pages.placement.Pauses;
import dev.unmask.worker.pages.transfer.Lanes;
import dev.unmask.worker.pages.transfer.Miss;
import dev.unmask.worker.pages.transfer.PageWriteCall.Shipment;
import io.grpc.ManagedChannel;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/**
 * gRPC, with what a worker has for it: checked pages in memory that the engine takes. A caller has
 * connections of its own, as a worker has and as Redis's clients are given.
 */
final class StreamedWay implements Way {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final String name;
  private final String target;
  private final Shape shape;
  private final Lanes lanes;

  StreamedWay(String name, String target, Shape shape, Lanes lanes) {
    this.name = lanes.most() == 1 ? name : name + ", " + lanes.most() + " connections";
    this.target = target;
    this.shape = shape;
    this.lanes = lanes;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Caller caller() {
    var channel = PageChannels.open(target, lanes);
    var patience = new Patience(PATIENCE, PATIENCE, PATIENCE);
    var cache = new PageCache(channel, new Pauses(InstantSource.system()), patience, lanes);
    return new Streaming(channel, cache, Pages.of(shape.pages(), shape.bytes()));
  }

  private record Streaming(ManagedChannel channel, PageCache cache, Pages memory)
      implements Caller {
    @Override
    public void read(long first, int count) {
      var pages = memory.named(first, count);
      var reading = cache.read(new Home(Pages.NAMESPACE, pages.getFirst().key()), pages);
      if (reading.sound() < count) {
        throw new IllegalStateException("only " + reading.sound() + " pages: " + reading.miss());
      }
    }

    @Override
    public int write(long first, int count) {
      var pages = memory.named(first, count);
      var state = pages.getFirst().key();
      var shipment = new Shipment(Pages.NAMESPACE, state, Duration.ZERO, pages);
      return switch (cache.write(new Home(Pages.NAMESPACE, state), List.of(shipment))) {
        case Answer.Got<WritePagesResponse>(WritePagesResponse response) -> response.getStored();
        case Answer.None<WritePagesResponse>(Miss miss) ->
            throw new IllegalStateException("not written: " + miss);
      };
    }

    @Override
    public void close() {
      channel.shutdownNow();
    }
  }
}
