package dev.unmask.bench.simulation.size;

import dev.unmask.bench.simulation.gateway.GatewayNode;
import dev.unmask.bench.simulation.link.Link;
import dev.unmask.bench.simulation.link.Weather;
import dev.unmask.bench.simulation.time.Host;
import dev.unmask.bench.simulation.time.Timeline;
import dev.unmask.generation.v1.GenerateRequest;
import dev.unmask.generation.v1.GenerateResponse;
import dev.unmask.generation.v1.GenerationServiceGrpc;
import dev.unmask.type.v1.DecodingSpec;
import dev.unmask.type.v1.Prompt;
import dev.unmask.type.v1.TokenIds;
import io.grpc.Metadata;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.List;

/** Requests that come at random times, at a steady rate, each of a prompt of its own. */
final class Load {
  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);
  private static final int VOCABULARY = 1 << 19;
  private static final double MILLISECOND = 1e6;
  private static final double SECOND = 1e9;

  private final Timeline timeline;
  private final List<Link> gateways;
  private final double perSecond;
  private final List<Double> waits = new ArrayList<>();
  private boolean measuring;
  private boolean over;
  private int number;
  private int underWay;
  private int failed;

  /** Requests that begin now. */
  Load(Timeline timeline, List<GatewayNode> gateways, Weather weather, double perSecond) {
    this.timeline = timeline;
    this.perSecond = perSecond;
    var host = new Host(timeline);
    this.gateways =
        gateways.stream()
            .map(gateway -> new Link(timeline, host, gateway::server, weather, _ -> false))
            .toList();
    next();
  }

  /** Waits count from now on. */
  void measure() {
    waits.clear();
    failed = 0;
    measuring = true;
  }

  /** No more come. */
  void stop() {
    over = true;
  }

  /** From asking to the first event, in milliseconds. */
  List<Double> waits() {
    return waits;
  }

  int failed() {
    return failed;
  }

  int underWay() {
    return underWay;
  }

  private void next() {
    double pause = -Math.log(1 - timeline.random().nextDouble()) / perSecond;
    timeline.after(
        Math.round(pause * SECOND),
        () -> {
          if (!over) {
            ask();
            next();
          }
        });
  }

  private void ask() {
    underWay++;
    var headers = new Metadata();
    headers.put(AUTHORIZATION, "all");
    GenerationServiceGrpc.newStub(gateways.get(number % gateways.size()))
        .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers))
        .generate(request(), new Answer(timeline.now()));
  }

  private GenerateRequest request() {
    int one = number++;
    var tokens = TokenIds.newBuilder().addIds(one % VOCABULARY).addIds(one / VOCABULARY + 1);
    return GenerateRequest.newBuilder()
        .setPrompt(Prompt.newBuilder().setTokens(tokens))
        .setSpec(DecodingSpec.newBuilder().setGenerationLength(32))
        .build();
  }

  private final class Answer implements StreamObserver<GenerateResponse> {
    private final long asked;
    private boolean begun;

    Answer(long asked) {
      this.asked = asked;
    }

    @Override
    public void onNext(GenerateResponse event) {
      if (!begun && measuring) {
        waits.add((timeline.now() - asked) / MILLISECOND);
      }
      begun = true;
    }

    @Override
    public void onError(Throwable failure) {
      failed++;
      underWay--;
    }

    @Override
    public void onCompleted() {
      underWay--;
    }
  }
}
