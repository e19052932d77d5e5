package dev.unmask.bench.simulation.worker;

import dev.unmask.bench.simulation.cache.CacheNode;
import dev.unmask.bench.simulation.link.Link;
import dev.unmask.worker.pages.placement.InstancePicker;
import dev.unmask.worker.pages.placement.Rendezvous;
import io.grpc.Attributes;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.LoadBalancer;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import java.util.List;
import java.util.Optional;

/** A worker's channel to all cache-services: the worker's own picker chooses among those there. */
final class CacheChannel extends Channel {
  /** A line to one of them. */
  record Way(CacheNode cache, Link link) {}

  private static final class Line extends LoadBalancer.Subchannel {
    private final Link link;

    Line(Link link) {
      this.link = link;
    }

    @Override
    public void shutdown() {
      // Lines stay.
    }

    @Override
    public void requestConnection() {
      // It is there or not.
    }

    @Override
    public Attributes getAttributes() {
      return Attributes.EMPTY;
    }
  }

  private record Wanted(CallOptions options, MethodDescriptor<?, ?> method) {
    LoadBalancer.PickSubchannelArgs args() {
      return new LoadBalancer.PickSubchannelArgs() {
        @Override
        public CallOptions getCallOptions() {
          return options;
        }

        @Override
        public Metadata getHeaders() {
          return new Metadata();
        }

        @Override
        public MethodDescriptor<?, ?> getMethodDescriptor() {
          return method;
        }
      };
    }
  }

  private final List<Way> ways;
  private final Link nowhere;

  /**
   * Lines to all.
   *
   * @param nowhere a line to nobody
   */
  CacheChannel(List<Way> ways, Link nowhere) {
    this.ways = List.copyOf(ways);
    this.nowhere = nowhere;
  }

  @Override
  public <Q, A> ClientCall<Q, A> newCall(MethodDescriptor<Q, A> method, CallOptions options) {
    return way(new Wanted(options, method)).newCall(method, options);
  }

  private Link way(Wanted wanted) {
    var ready =
        ways.stream()
            .filter(way -> way.cache().server().isPresent())
            .map(way ->
                new InstancePicker.Ready(
                    way.cache().name(),
                    way.cache().starts(),
                    Rendezvous.seed(way.cache().name()),
                    List.of(new Line(way.link()))))
            .toList();
    return ready.isEmpty()
        ? nowhere
        : Optional.ofNullable(
                new InstancePicker(ready).pickSubchannel(wanted.args()).getSubchannel())
            .map(line -> ((Line) line).link)
            .orElse(nowhere);
  }

  void breakOff() {
    ways.forEach(way -> way.link().breakOff());
  }

  @Override
  public String authority() {
    return "simulated";
  }
}
