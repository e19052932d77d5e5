package dev.unmask.bench.sharing;

import dev.unmask.bench.sharing.HitEqualsMiss.Answer;
import dev.unmask.bench.sharing.HitEqualsMiss.Question;
import dev.unmask.decoder.v1.DecodeRequest;
import dev.unmask.decoder.v1.DecodeResponse;
import dev.unmask.decoder.v1.DecoderServiceGrpc;
import dev.unmask.type.v1.Closed;
import dev.unmask.type.v1.Sharing;
import dev.unmask.worker.WorkerServer;
import io.grpc.Context;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A real worker in this process, asked directly. */
record Worker(String name, WorkerServer server, ManagedChannel channel) implements AutoCloseable {
  /**
   * Starts a worker.
   *
   * @param cache host:port of its cache-service, or empty
   */
  static Worker start(String name, List<Path> models, String cache) {
    Map<String, Object> settings = new HashMap<>();
    settings.put("grpc.server.port", 0);
    settings.put("unmask.worker.name", name);
    settings.put("unmask.worker.models", models.stream().map(Path::toString).toList());
    settings.put("unmask.worker.namespaces.default", "a secret that all five share");
    settings.put("unmask.worker.cache", cache);
    settings.put("unmask.worker.fetch", "always");
    // Threads of several workers that wait for each other on busy cores cost more than they gain.
    settings.put("unmask.worker.threads", 1);
    var server = WorkerServer.start(settings);
    return new Worker(
        name,
        server,
        ManagedChannelBuilder.forAddress("127.0.0.1", server.port()).usePlaintext().build());
  }

  Answer ask(Question question) {
    return ask(request(question).build());
  }

  /** Asks with terms of sharing. */
  Answer ask(Question question, Sharing sharing) {
    return ask(request(question).setSharing(sharing).build());
  }

  /** Has it compute and store the first forward, and leaves. */
  void begin(Question question, Sharing sharing) {
    var request = request(question).setSharing(sharing).build();
    try (var call = Context.current().withCancellation()) {
      call.run(() -> {
        var events = DecoderServiceGrpc.newBlockingStub(channel).decode(request);
        while (!events.next().hasDelta()) {}
      });
    }
  }

  private DecodeRequest.Builder request(Question question) {
    return DecodeRequest.newBuilder()
        .setRequestId(name)
        .setModel(question.model())
        .setNamespace("default")
        .setPrompt(question.prompt())
        .setSpec(question.spec());
  }

  private Answer ask(DecodeRequest request) {
    var events = DecoderServiceGrpc.newBlockingStub(channel).decode(request);
    var tokens = new ArrayList<List<Integer>>();
    var confidences = new ArrayList<Float>();
    var text = new StringBuilder();
    var closed = Closed.getDefaultInstance();
    while (events.hasNext()) {
      DecodeResponse event = events.next();
      for (var commit : event.getDelta().getCommitsList()) {
        tokens.add(List.of(commit.getPosition(), commit.getToken()));
        confidences.add(commit.getConfidence());
      }
      text.append(event.getCommitted().getText());
      closed = event.hasClosed() ? event.getClosed() : closed;
    }
    return new Answer(tokens, confidences, text.toString(), closed);
  }

  @Override
  public void close() {
    channel.shutdownNow();
    server.close();
  }
}
