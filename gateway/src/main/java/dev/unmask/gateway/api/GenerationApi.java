package dev.unmask.gateway.api;

import dev.unmask.gateway.session.Dispatcher;
import dev.unmask.generation.v1.DetokenizeRequest;
import dev.unmask.generation.v1.DetokenizeResponse;
import dev.unmask.generation.v1.GenerateRequest;
import dev.unmask.generation.v1.GenerateResponse;
import dev.unmask.generation.v1.GenerationServiceGrpc.GenerationServiceImplBase;
import dev.unmask.generation.v1.GetModelRequest;
import dev.unmask.generation.v1.GetModelResponse;
import dev.unmask.generation.v1.ListModelsRequest;
import dev.unmask.generation.v1.ListModelsResponse;
import dev.unmask.generation.v1.TokenizeRequest;
import dev.unmask.generation.v1.TokenizeResponse;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import jakarta.inject.Singleton;

/** The generation service of the gateway. Thread-safe. */
@Singleton
public final class GenerationApi extends GenerationServiceImplBase {
  private final Dispatcher dispatcher;

  /** The service in front of a dispatcher. */
  public GenerationApi(Dispatcher dispatcher) {
    this.dispatcher = dispatcher;
  }

  @Override
  public void generate(GenerateRequest request, StreamObserver<GenerateResponse> client) {
    dispatcher.generate(request, (ServerCallStreamObserver<GenerateResponse>) client);
  }

  @Override
  public void listModels(ListModelsRequest request, StreamObserver<ListModelsResponse> client) {
    dispatcher.listModels(client);
  }

  @Override
  public void getModel(GetModelRequest request, StreamObserver<GetModelResponse> client) {
    dispatcher.getModel(request, client);
  }

  @Override
  public void tokenize(TokenizeRequest request, StreamObserver<TokenizeResponse> client) {
    dispatcher.tokenize(request, client);
  }

  @Override
  public void detokenize(DetokenizeRequest request, StreamObserver<DetokenizeResponse> client) {
    dispatcher.detokenize(request, client);
  }
}
