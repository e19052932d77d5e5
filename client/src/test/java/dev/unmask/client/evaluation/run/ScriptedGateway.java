package dev.unmask.client.evaluation.run;

import dev.unmask.client.UnmaskClient;
import dev.unmask.contract.Problem;
import dev.unmask.contract.Problems;
import dev.unmask.generation.v1.GenerateRequest;
import dev.unmask.generation.v1.GenerateResponse;
import dev.unmask.generation.v1.GenerationServiceGrpc;
import dev.unmask.generation.v1.TokenizeRequest;
import dev.unmask.generation.v1.TokenizeResponse;
import dev.unmask.type.v1.Model;
import dev.unmask.type.v1.ModelFamily;
import dev.unmask.type.v1.ModelIdentity;
import dev.unmask.type.v1.TokenIds;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.InsecureServerCredentials;
import io.grpc.Server;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;

/**
 * A gateway on a real port whose answers are made by a function of the request. Its tokens are the
 * lengths of words; {@code <|startoftext|>} is one word.
 */
final class ScriptedGateway extends GenerationServiceGrpc.GenerationServiceImplBase
    implements AutoCloseable {
  static final Model MODEL =
      Model.newBuilder()
          .setIdentity(
              ModelIdentity.newBuilder().setName("mini").setFamily(ModelFamily.MODEL_FAMILY_LLADA))
          .setEndOfSequenceToken(103)
          .build();

  /** What comes back. */
  sealed interface Reply {
    record Events(List<GenerateResponse> events) implements Reply {}

    record Refusal(Problem problem) implements Reply {}
  }

  private final Server server;
  private final Function<GenerateRequest, Reply> script;
  private final List<GenerateRequest> requests = Collections.synchronizedList(new ArrayList<>());

  ScriptedGateway(Function<GenerateRequest, Reply> script) throws IOException {
    this.script = script;
    this.server =
        Grpc.newServerBuilderForPort(0, InsecureServerCredentials.create())
            .addService(this)
            .build()
            .start();
  }

  UnmaskClient client() {
    return new UnmaskClient(
        Grpc.newChannelBuilder("127.0.0.1:" + server.getPort(), InsecureChannelCredentials.create())
            .build());
  }

  List<GenerateRequest> requests() {
    return requests;
  }

  @Override
  public void generate(GenerateRequest request, StreamObserver<GenerateResponse> observer) {
    requests.add(request);
    switch (script.apply(request)) {
      case Reply.Events(var events) -> {
        events.forEach(observer::onNext);
        observer.onCompleted();
      }
      case Reply.Refusal(var problem) -> observer.onError(Problems.toStatus(problem));
    }
  }

  @Override
  public void tokenize(TokenizeRequest request, StreamObserver<TokenizeResponse> observer) {
    var prompt = request.getPrompt();
    var text =
        prompt.hasText() ? prompt.getText() : prompt.getConversation().getMessages(0).getContent();
    var tokens = TokenIds.newBuilder();
    for (var word : List.of(text.strip().split("\\s+", -1))) {
      tokens.addIds(word.length());
    }
    observer.onNext(TokenizeResponse.newBuilder().setTokens(tokens).build());
    observer.onCompleted();
  }

  @Override
  public void close() {
    server.shutdownNow();
  }
}
