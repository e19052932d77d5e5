package dev.unmask.gateway.loopback;

import dev.unmask.generation.v1.DetokenizeRequest;
import dev.unmask.generation.v1.DetokenizeResponse;
import dev.unmask.generation.v1.GenerateRequest;
import dev.unmask.generation.v1.GenerateResponse;
import dev.unmask.generation.v1.GenerationServiceGrpc;
import dev.unmask.generation.v1.GenerationServiceGrpc.GenerationServiceStub;
import dev.unmask.generation.v1.ListModelsRequest;
import dev.unmask.generation.v1.ListModelsResponse;
import dev.unmask.generation.v1.TokenizeRequest;
import dev.unmask.generation.v1.TokenizeResponse;
import dev.unmask.type.v1.Model;
import io.grpc.Channel;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The generation service as streams with demand: an event is taken from it only when one was asked
 * for, and a stream that is cancelled cancels its call. Failures are gRPC's statuses. Safe for any
 * thread.
 */
public final class Loopback {
  private final GenerationServiceStub stub;

  /** The service behind a channel. */
  public Loopback(Channel channel) {
    this.stub = GenerationServiceGrpc.newStub(channel);
  }

  /** Decodes one canvas; the call's deadline is the service's own where none is given. */
  public Flux<GenerateResponse> generate(
      GenerateRequest request, Caller caller, Optional<Duration> deadline) {
    return Flux.defer(() -> {
      var called = caller.on(stub);
      var timed =
          deadline
              .map(time -> called.withDeadlineAfter(time.toNanos(), TimeUnit.NANOSECONDS))
              .orElse(called);
      return PulledCall.of(request, timed::generate);
    });
  }

  /** All models that can be asked for now. */
  public Mono<List<Model>> models(Caller caller) {
    return PulledCall.<ListModelsRequest, ListModelsResponse>of(
            ListModelsRequest.getDefaultInstance(), caller.on(stub)::listModels)
        .single()
        .map(ListModelsResponse::getModelsList);
  }

  /** The tokens of a prompt. */
  public Mono<List<Integer>> tokenize(TokenizeRequest request, Caller caller) {
    return PulledCall.<TokenizeRequest, TokenizeResponse>of(request, caller.on(stub)::tokenize)
        .single()
        .map(answer -> answer.getTokens().getIdsList());
  }

  /** The text of tokens. */
  public Mono<String> detokenize(DetokenizeRequest request, Caller caller) {
    return PulledCall.<DetokenizeRequest, DetokenizeResponse>of(
            request, caller.on(stub)::detokenize)
        .single()
        .map(DetokenizeResponse::getText);
  }
}
