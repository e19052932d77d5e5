package dev.unmask.bench.transport;

import dev.unmask.worker.pages.mapping.MappedPages;
import dev.unmask.worker.pages.placement.PageChannels;
import dev.unmask.worker.pages.transfer.Lanes;
import io.grpc.ManagedChannel;
import java.time.Duration;
import java.time.InstantSource;

/** Out of the slab's files, asked over a Unix domain socket where pages are; checked as always. */
final class MappedWay implements Way {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Shape shape;
  private final ManagedChannel channel;
  private final MappedPages mapped = new MappedPages(InstantSource.system());

  MappedWay(String target, Shape shape) {
    this.shape = shape;
    this.channel = PageChannels.open(target, new Lanes(1));
  }

  @Override
  public String name() {
    return "mapped";
  }

  @Override
  public boolean writes() {
    return false;
  }

  @Override
  public Caller caller() {
    return new Copying(channel, mapped, Pages.of(shape.pages(), shape.bytes()));
  }

  @Override
  public void close() {
    channel.shutdownNow();
  }

  private record Copying(ManagedChannel channel, MappedPages mapped, Pages memory)
      implements Caller {
    @Override
    public void read(long first, int count) {
      if (!mapped.read(channel, Pages.NAMESPACE, memory.named(first, count), PATIENCE)) {
        throw new IllegalStateException("not there");
      }
    }

    @Override
    public int write(long first, int count) {
      throw new UnsupportedOperationException("mapped read-only");
    }
  }
}
