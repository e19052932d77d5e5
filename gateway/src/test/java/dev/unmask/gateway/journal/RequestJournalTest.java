package dev.unmask.gateway.journal;

import static dev.unmask.gateway.Story.model;
import static dev.unmask.gateway.Story.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.unmask.gateway.FakeWorker;
import dev.unmask.gateway.Harness;
import dev.unmask.gateway.access.ApiKey;
import dev.unmask.generation.v1.GenerationServiceGrpc.GenerationServiceBlockingStub;
import dev.unmask.type.v1.Prompt;
import io.grpc.Metadata;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.MetadataUtils;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** The log of a gateway with a tenant whose prompts it may hold, and one whose it may not. */
class RequestJournalTest {
  private static final String SECRET = "my \"own\"\nsecret";

  private final ApiKey open = ApiKey.from(new Random(1));
  private final ApiKey closed = ApiKey.from(new Random(2));
  private final FakeWorker worker = FakeWorker.start("w1", model("mini"));
  private final Logger logger = (Logger) LoggerFactory.getLogger("dev.unmask");
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();

  @TempDir private Path folder;
  private Harness harness;

  @BeforeEach
  void start() throws IOException {
    var tenants =
        Files.writeString(
            folder.resolve("tenants.yml"),
            """
            tenants:
              - {name: open, keys: [%s], log-prompts: true}
              - {name: closed, namespace: space, keys: [%s]}
            """
                .formatted(open.digest().hex(), closed.digest().hex()));
    harness =
        Harness.with(
            Map.of(
                "unmask.gateway.workers", worker.address(),
                "unmask.gateway.tenants", tenants.toString()));
    log.start();
    logger.addAppender(log);
  }

  @AfterEach
  void stop() {
    logger.detachAppender(log);
    harness.close();
    worker.close();
  }

  @Test
  void request_ofATenantThatSaidNothing_isALineWithoutItsPrompt() {
    ask(closed);
    assertThat(line())
        .containsEntry("tenant", "closed")
        .containsEntry("namespace", "space")
        .containsEntry("status", "ok")
        .containsEntry("method", "default/default")
        .containsKeys("request", "prompt_tokens", "completion_tokens", "steps", "ms")
        .doesNotContainKeys("prompt", "trace");
    assertThat(everything()).doesNotContain("secret");
  }

  @Test
  void request_ofATenantThatOptedIn_hasItsPromptOnTheSameLine() {
    ask(open);
    var prompt = line().get("prompt");
    assertThat(prompt).isEqualTo("{\"text\":\"my \\\"own\\\"\\nsecret\"}");
  }

  @Test
  void request_refused_isALineToo() {
    var unknown = request().setModel("none").build();
    assertThatThrownBy(() -> as(closed).generate(unknown).hasNext())
        .isInstanceOf(StatusRuntimeException.class);
    assertThat(line())
        .containsEntry("status", "not_found")
        .containsEntry("tenant", "closed")
        .doesNotContainKeys("request", "model");
  }

  @Test
  void request_ofNobodyWeKnow_isNoLine() {
    assertThatThrownBy(() -> harness.generate(request().build()))
        .isInstanceOf(StatusRuntimeException.class);
    ask(closed);
    assertThat(lines()).hasSize(1);
  }

  private void ask(ApiKey key) {
    var asked = request().setPrompt(Prompt.newBuilder().setText(SECRET)).build();
    as(key).generate(asked).forEachRemaining(_ -> {});
  }

  private GenerationServiceBlockingStub as(ApiKey key) {
    var headers = new Metadata();
    headers.put(
        Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER),
        "Bearer " + key.reveal());
    return harness.blocking().withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers));
  }

  private Map<String, String> line() {
    await().until(() -> !lines().isEmpty());
    return lines().getFirst().getKeyValuePairs().stream()
        .collect(Collectors.toMap(pair -> pair.key, pair -> String.valueOf(pair.value)));
  }

  private List<ILoggingEvent> lines() {
    return List.copyOf(log.list).stream()
        .filter(event -> event.getFormattedMessage().equals("request over"))
        .toList();
  }

  private String everything() {
    return List.copyOf(log.list).stream()
        .map(event -> event.getFormattedMessage() + event.getKeyValuePairs())
        .collect(Collectors.joining("\n"));
  }
}
