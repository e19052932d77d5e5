package dev.unmask.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unmask.cache.CacheServer;
import dev.unmask.decoder.v1.DecodeRequest;
import dev.unmask.decoder.v1.DecodeResponse;
import dev.unmask.decoder.v1.DecoderServiceGrpc;
import dev.unmask.type.v1.Commit;
import dev.unmask.type.v1.DecodingSpec;
import dev.unmask.type.v1.Prompt;
import dev.unmask.type.v1.Usage;
import io.grpc.Context;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two workers and a cache-service, asked for the same new prompt at the same time. */
@Timeout(180)
class OneComputesTest {
  private static final int REQUESTS = 16;
  private static final int GENERATION = 64;

  @TempDir private static Path directory;
  private static CacheServer cache;
  private static final List<WorkerServer> WORKERS = new ArrayList<>();
  private static final List<ManagedChannel> CHANNELS = new ArrayList<>();

  @BeforeAll
  static void start() {
    cache =
        CacheServer.start(
            new HashMap<>(
                Map.of("unmask.cache.directory", directory.toString(), "grpc.server.port", 0)));
    for (var name : List.of("one", "two")) {
      var worker =
          WorkerServer.start(
              Map.of(
                  "grpc.server.port",
                  0,
                  "unmask.worker.name",
                  name,
                  "unmask.worker.models",
                  "../models/unmask-mini-llada",
                  "unmask.worker.threads",
                  1,
                  "unmask.worker.cache",
                  "127.0.0.1:" + cache.port(),
                  "unmask.worker.fetch",
                  "always",
                  "unmask.worker.namespaces.default",
                  "a secret that both share"));
      WORKERS.add(worker);
      CHANNELS.add(
          ManagedChannelBuilder.forAddress("127.0.0.1", worker.port()).usePlaintext().build());
    }
  }

  @AfterAll
  static void stop() {
    CHANNELS.forEach(ManagedChannel::shutdownNow);
    WORKERS.forEach(WorkerServer::close);
    cache.close();
  }

  private record Answered(List<Commit> commits, Usage usage) {}

  @Test
  void decode_manyFirstRequestsOfAPrompt_oneComputesItsFirstForward() throws Exception {
    var request = request("How many boxes are left? ".repeat(60));
    var answers = new ArrayList<Answered>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var asked =
          IntStream.range(0, REQUESTS)
              .<Callable<Answered>>mapToObj(i -> () -> ask(CHANNELS.get(i % 2), request))
              .toList();
      for (var answer : threads.invokeAll(asked)) {
        answers.add(answer.get());
      }
    }

    assertThat(answers).filteredOn(answer -> answer.usage().getPagesHit() == 0).hasSize(1);
    assertThat(answers).extracting(Answered::commits).containsOnly(answers.getFirst().commits());
    int canvas = answers.getFirst().usage().getPromptTokens() + GENERATION;
    long most = answers.stream().mapToLong(a -> a.usage().getRowsComputed()).max().orElseThrow();
    assertThat(answers)
        .filteredOn(answer -> answer.usage().getPagesHit() > 0)
        .allMatch(answer -> answer.usage().getRowsComputed() == most - canvas);
  }

  @Test
  void decode_firstOfTwoCancelled_theOtherAnswersAllTheSame() throws Exception {
    var request = request("How many books are lent? ".repeat(60));
    var cancelled = Context.current().withCancellation();
    cancelled.run(() -> stub(CHANNELS.getFirst()).decode(request).next());
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var other = threads.submit(() -> ask(CHANNELS.getLast(), request));
      cancelled.cancel(null);

      var answer = other.get(60, TimeUnit.SECONDS);
      assertThat(answer.commits()).isEqualTo(ask(CHANNELS.getFirst(), request).commits());
    }
  }

  private static DecodeRequest request(String prompt) {
    return DecodeRequest.newBuilder()
        .setRequestId("request")
        .setModel("unmask-mini-llada")
        .setNamespace("default")
        .setPrompt(Prompt.newBuilder().setText(prompt))
        .setSpec(DecodingSpec.newBuilder().setGenerationLength(GENERATION))
        .build();
  }

  private static DecoderServiceGrpc.DecoderServiceBlockingStub stub(ManagedChannel channel) {
    return DecoderServiceGrpc.newBlockingStub(channel).withDeadlineAfter(2, TimeUnit.MINUTES);
  }

  private static Answered ask(ManagedChannel channel, DecodeRequest request) {
    var commits = new ArrayList<Commit>();
    var usage = Usage.getDefaultInstance();
    var events = stub(channel).decode(request);
    while (events.hasNext()) {
      DecodeResponse event = events.next();
      commits.addAll(event.getDelta().getCommitsList());
      usage = event.hasClosed() ? event.getClosed().getUsage() : usage;
    }
    return new Answered(commits, usage);
  }
}
