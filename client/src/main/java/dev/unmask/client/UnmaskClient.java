package dev.unmask.client;

import dev.unmask.contract.Limits;
import dev.unmask.generation.v1.DetokenizeRequest;
import dev.unmask.generation.v1.GenerateRequest;
import dev.unmask.generation.v1.GenerateResponse;
import dev.unmask.generation.v1.GenerationServiceGrpc;
import dev.unmask.generation.v1.GetModelRequest;
import dev.unmask.generation.v1.ListModelsRequest;
import dev.unmask.generation.v1.TokenizeRequest;
import dev.unmask.type.v1.Model;
import dev.unmask.type.v1.Prompt;
import dev.unmask.type.v1.TokenIds;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A connection to one gateway. Safe for use by many threads; calls block. Every failure is a {@link
 * ClientException}.
 *
 * <pre>{@code
 * try (var client = UnmaskClient.connect("127.0.0.1:7301")) {
 *   System.out.println(client.ask(request, event -> {}).text());
 * }
 * }</pre>
 */
public final class UnmaskClient implements AutoCloseable {
  private final ManagedChannel channel;
  private final GenerationServiceGrpc.GenerationServiceBlockingStub stub;

  /** Talks over a channel of the caller's making and closes it in the end. */
  public UnmaskClient(ManagedChannel channel) {
    this.channel = channel;
    this.stub = GenerationServiceGrpc.newBlockingStub(channel);
  }

  /** Talks to {@code host:port} in plain text. Connects with the first call. */
  public static UnmaskClient connect(String target) {
    return connect(target, Credentials.none());
  }

  /** Talks to {@code host:port} as somebody. Connects with the first call. */
  public static UnmaskClient connect(String target, Credentials credentials) {
    return new UnmaskClient(
        credentials.channel(target).maxInboundMessageSize(Limits.MESSAGE_BYTES).build());
  }

  /**
   * Starts a generation that may take {@link Limits#REQUEST_TIME}; its events come as it is read.
   */
  public Generation generate(GenerateRequest request) {
    return generate(request, Limits.REQUEST_TIME);
  }

  /** Starts a generation that fails with DEADLINE_EXCEEDED after {@code deadline}. */
  public Generation generate(GenerateRequest request, Duration deadline) {
    return Generation.start(() -> within(deadline).generate(request));
  }

  /** Generates to the end; {@code listener} sees every event as it comes. */
  public Answer ask(GenerateRequest request, Consumer<GenerateResponse> listener) {
    var transcript = new Transcript(request.getGiven().getTokensList());
    try (var generation = generate(request)) {
      generation.forEachRemaining(event -> {
        transcript.add(event);
        listener.accept(event);
      });
    }
    return transcript.answer();
  }

  /** The models that workers serve now, by name. */
  public List<Model> models() {
    return query(s -> s.listModels(ListModelsRequest.getDefaultInstance()).getModelsList());
  }

  /** One model; NOT_FOUND when no worker serves it. */
  public Model model(String name) {
    return query(s -> s.getModel(GetModelRequest.newBuilder().setModel(name).build()).getModel());
  }

  /** Renders and tokenizes a prompt as a generation would. An empty name means the only model. */
  public TokenIds tokenize(String model, Prompt prompt) {
    var request = TokenizeRequest.newBuilder().setModel(model).setPrompt(prompt).build();
    return query(s -> s.tokenize(request).getTokens());
  }

  /** Text of tokens, special tokens included. An empty name means the only model. */
  public String detokenize(String model, TokenIds tokens) {
    var request = DetokenizeRequest.newBuilder().setModel(model).setTokens(tokens).build();
    return query(s -> s.detokenize(request).getText());
  }

  /** Ends all calls and the connection, waiting for at most {@link Limits#QUERY_TIME}. */
  @Override
  public void close() {
    channel.shutdownNow();
    try {
      channel.awaitTermination(Limits.QUERY_TIME.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private <T> T query(Query<T> query) {
    return ClientException.translating(() -> query.ask(within(Limits.QUERY_TIME)));
  }

  private GenerationServiceGrpc.GenerationServiceBlockingStub within(Duration deadline) {
    return stub.withDeadlineAfter(deadline);
  }

  /** A call that asks for facts. */
  private interface Query<T> {
    T ask(GenerationServiceGrpc.GenerationServiceBlockingStub stub) throws StatusRuntimeException;
  }
}
