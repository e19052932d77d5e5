package dev.unmask.client.cache;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.unmask.client.UnmaskClient;
import dev.unmask.client.local.Cluster;
import dev.unmask.client.local.Plan;
import dev.unmask.client.local.Secret;
import dev.unmask.client.local.SharedProcess;
import dev.unmask.generation.v1.GenerateRequest;
import dev.unmask.pagecache.v1.GetCapabilitiesRequest;
import dev.unmask.pagecache.v1.PageCacheServiceGrpc;
import dev.unmask.pagecache.v1.SlotClass;
import dev.unmask.type.v1.Prompt;
import dev.unmask.type.v1.Usage;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Against all three services in this process, on a shipped checkpoint. */
class WarmCommandTest {
  private static final List<String> PROMPTS =
      List.of("Question: What is 3 + 4?\nAnswer:", "Question: What is 5 + 6?\nAnswer:");

  /** Surefire runs in the module's folder. */
  private static final Path MODEL =
      Path.of("..", "models", "unmask-mini-llada").toAbsolutePath().normalize();

  @TempDir private Path folder;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  @Test
  void warm_listOfPrompts_arePublishedAndHit() throws IOException {
    var file =
        Files.write(folder.resolve("prompts.txt"), PROMPTS.stream().map(this::line).toList());
    try (var cluster = Cluster.start(plan(), new SharedProcess());
        var client = UnmaskClient.connect(cluster.gatewayAddress())) {
      cluster.awaitModels();

      int code =
          new CommandLine(new WarmCommand(new PrintStream(out, true, UTF_8)))
              .execute(
                  "--gateway", cluster.gatewayAddress(), "--raw", "--prompt-file", file.toString());

      assertThat(code).isZero();
      assertThat(out.toString(UTF_8)).isEqualTo("2 prompts warmed\n");
      awaitPublished(cluster);
      assertThat(PROMPTS).allMatch(prompt -> ask(client, prompt).getPagesHit() > 0);
    }
  }

  private String line(String prompt) {
    return "{\"prompt\": \"%s\"}".formatted(prompt.replace("\n", "\\n"));
  }

  private Plan plan() {
    return new Plan(
        List.of(MODEL),
        new Plan.Services(1, 1),
        List.of("cpu"),
        0,
        folder.resolve("pages"),
        Secret.random(new SecureRandom()));
  }

  /** Pages are written behind the requests: all are there once their number rests. */
  private static void awaitPublished(Cluster cluster) {
    var cache = cluster.services().getFirst().address();
    var channel = Grpc.newChannelBuilder(cache, InsecureChannelCredentials.create()).build();
    try {
      var last = new AtomicLong(-1);
      await()
          .pollInterval(Duration.ofMillis(300))
          .until(() -> {
            long now = pages(channel);
            return now > 0 && last.getAndSet(now) == now;
          });
    } finally {
      channel.shutdownNow();
    }
  }

  private static long pages(ManagedChannel channel) {
    return PageCacheServiceGrpc.newBlockingStub(channel)
        .getCapabilities(GetCapabilitiesRequest.getDefaultInstance())
        .getSlotClassesList()
        .stream()
        .mapToLong(SlotClass::getUsed)
        .sum();
  }

  private static Usage ask(UnmaskClient client, String prompt) {
    var request = GenerateRequest.newBuilder().setPrompt(Prompt.newBuilder().setText(prompt));
    return client.ask(request.build(), _ -> {}).usage();
  }
}
