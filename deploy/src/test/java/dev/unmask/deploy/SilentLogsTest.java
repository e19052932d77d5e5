package dev.unmask.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import dev.unmask.cache.CacheServer;
import dev.unmask.client.ClientException;
import dev.unmask.client.Credentials;
import dev.unmask.client.UnmaskClient;
import dev.unmask.gateway.GatewayServer;
import dev.unmask.gateway.access.ApiKey;
import dev.unmask.service.RunningService;
import dev.unmask.worker.WorkerServer;
import io.grpc.Status;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Services that say all they can say of a fleet's work do not say what is asked, or a secret. */
class SilentLogsTest {
  private static final Path MODEL =
      Path.of("..", "models", "unmask-mini-llada").toAbsolutePath().normalize();
  private static final String PROMPT = "Zanzibar-7141";
  private static final String SECRET = "Quagmire-2718-of-a-namespace";
  private static final ApiKey KEY = ApiKey.from(new Random(11));
  private static final String GUESS = "umk_Wrongful-3141";
  private static final String TOKEN = "eyJhbGciOiJub25lIn0.Trombone-1618.x";

  private final Logger ours = (Logger) LoggerFactory.getLogger("dev.unmask");
  private final Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
  private final Everything said = new Everything();
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final PrintStream out = System.out;
  private final PrintStream err = System.err;
  private final Deque<RunningService> services = new ArrayDeque<>();

  @TempDir private Path folder;

  @BeforeEach
  void listen() {
    said.start();
    root.addAppender(said);
    ours.setLevel(Level.TRACE);
    var both = new PrintStream(printed, true, StandardCharsets.UTF_8);
    System.setOut(both);
    System.setErr(both);
  }

  @AfterEach
  void stop() {
    services.forEach(RunningService::close);
    System.setOut(out);
    System.setErr(err);
    ours.setLevel(Level.INFO);
    root.detachAppender(said);
  }

  @Test
  void fleet_askedInEveryWay_saysNeitherPromptsNorSecrets() throws Exception {
    var gateway = fleet();
    try (var client = client(gateway, KEY.reveal())) {
      assertThat(client.ask(Fleet.quick("", PROMPT), _ -> {}).tokens()).isNotEmpty();
      assertThat(client.ask(Fleet.quick("", PROMPT), _ -> {}).tokens()).isNotEmpty();
      assertThat(refusal(client, "nobody", PROMPT)).isEqualTo(Status.Code.NOT_FOUND);
    }
    for (var credential : List.of(GUESS, TOKEN)) {
      try (var stranger = client(gateway, credential)) {
        assertThat(refusal(stranger, "", PROMPT)).isEqualTo(Status.Code.UNAUTHENTICATED);
      }
    }
    int http = services.getFirst().httpPort().orElseThrow();
    assertThat(post(http, KEY.reveal(), "[{'role':'user','content':'%s'}]")).isEqualTo(200);
    assertThat(post(http, KEY.reveal(), "[{'role':'%s','content':''}]")).isEqualTo(400);
    assertThat(post(http, GUESS, "[{'role':'user','content':'%s'}]")).isEqualTo(401);
    services.forEach(RunningService::close);
    services.clear();
    System.out.flush();
    assertThat(said.lines).as("or nobody listened").isNotEmpty();
    assertThat(String.join("\n", said.lines) + printed.toString(StandardCharsets.UTF_8))
        .doesNotContain(PROMPT, SECRET, KEY.reveal(), GUESS, "Trombone");
  }

  private String fleet() throws IOException {
    var cache =
        started(
            CacheServer.start(
                Map.of(
                    "grpc.server.port",
                    0,
                    "unmask.cache.directory",
                    folder.resolve("pages").toString())));
    var worker =
        started(
            WorkerServer.start(
                Map.of(
                    "grpc.server.port",
                    0,
                    "unmask.worker.models",
                    MODEL.toString(),
                    "unmask.worker.device",
                    "cpu",
                    "unmask.worker.cache",
                    cache,
                    "unmask.worker.namespaces.a",
                    SECRET)));
    var tenants = "tenants: [{name: a, keys: [%s]}]".formatted(KEY.digest().hex());
    var file = Files.writeString(folder.resolve("tenants.yml"), tenants);
    return started(
        GatewayServer.start(
            Map.of(
                "grpc.server.port",
                0,
                "micronaut.server.port",
                0,
                "unmask.gateway.tenants",
                file.toString(),
                "unmask.gateway.workers",
                worker)));
  }

  private String started(RunningService service) {
    services.addFirst(service);
    return "localhost:" + service.port();
  }

  private static UnmaskClient client(String gateway, String credential) {
    return UnmaskClient.connect(
        gateway,
        new Credentials(
            Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(credential)));
  }

  private static Status.Code refusal(UnmaskClient client, String worker, String prompt) {
    return catchThrowableOfType(
            ClientException.class, () -> client.ask(Fleet.quick(worker, prompt), _ -> {}))
        .code();
  }

  private static int post(int port, String credential, String messages) throws Exception {
    var body = "{'model':'unmask-mini-llada','max_tokens':64,'messages':" + messages + "}";
    try (var client = HttpClient.newHttpClient()) {
      var request =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/v1/chat/completions"))
              .timeout(Fleet.PATIENCE)
              .header("Content-Type", "application/json")
              .header("Authorization", "Bearer " + credential)
              .POST(BodyPublishers.ofString(body.replace("%s", PROMPT).replace('\'', '"')));
      return client.send(request.build(), BodyHandlers.discarding()).statusCode();
    }
  }

  /** Each line, with what it was thrown. */
  private static final class Everything extends AppenderBase<ILoggingEvent> {
    private final Queue<String> lines = new ConcurrentLinkedQueue<>();

    @Override
    protected void append(ILoggingEvent event) {
      lines.add(event.getLoggerName() + " " + event.getFormattedMessage());
      Optional.ofNullable(event.getThrowableProxy())
          .map(ThrowableProxyUtil::asString)
          .ifPresent(lines::add);
    }
  }
}
