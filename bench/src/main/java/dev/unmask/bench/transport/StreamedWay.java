package dev.unmask.bench.transport;

import dev.unmask.pagecache.v1.ReadPagesRequest;
import dev.unmask.worker.pages.placement.PageChannels;
import dev.unmask.worker.pages.transfer.PageReadCall;
import dev.unmask.worker.pages.transfer.PageWriteCall;
import dev.unmask.worker.pages.transfer.PageWriteCall.Shipment;
import dev.unmask.worker.pages.transfer.Receipt;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.StatusException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * gRPC, with what a worker has for it: checked pages in memory that the engine takes. A caller has
 * a connection of its own, as a worker has and as Redis's clients are given.
 */
final class StreamedWay implements Way {
  private static final long DEADLINE_SECONDS = 30;

  private final String name;
  private final String target;
  private final Shape shape;

  StreamedWay(String name, String target, Shape shape) {
    this.name = name;
    this.target = target;
    this.shape = shape;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Caller caller() {
    return new Streaming(PageChannels.open(target), Pages.of(shape.pages(), shape.bytes()));
  }

  private record Streaming(ManagedChannel channel, Pages memory) implements Caller {
    @Override
    public void read(long first, int count) {
      var pages = memory.named(first, count);
      var request = ReadPagesRequest.newBuilder().setNamespace(Pages.NAMESPACE);
      pages.forEach(page -> request.addKeys(page.key().toMessage()));
      var receipt = new Receipt(pages);
      var status = PageReadCall.run(channel, options(), request.build(), receipt);
      if (!receipt.whole()) {
        throw new IllegalStateException(status + " " + receipt.miss());
      }
    }

    @Override
    public int write(long first, int count) {
      var pages = memory.named(first, count);
      var shipment = new Shipment(Pages.NAMESPACE, pages.getFirst().key(), Duration.ZERO, pages);
      try {
        return PageWriteCall.run(channel, options(), List.of(shipment)).getStored();
      } catch (StatusException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public void close() {
      channel.shutdownNow();
    }

    private static CallOptions options() {
      return CallOptions.DEFAULT.withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS);
    }
  }
}
