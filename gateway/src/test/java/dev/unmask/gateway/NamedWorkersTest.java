package dev.unmask.gateway;

import static dev.unmask.gateway.Story.model;
import static dev.unmask.gateway.Story.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.unmask.generation.v1.GenerateResponse;
import dev.unmask.generation.v1.GenerationServiceGrpc;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A gateway in a process of its own, with the flags it is shipped with, knows its workers by a name
 * only. The JDK looks names up in a file of ours there, behind its own cache.
 */
class NamedWorkersTest {
  private static final String NAME = "workers.test";
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @TempDir private Path folder;
  private final FakeWorker one = FakeWorker.start("w1", model("mini"));
  private final FakeWorker two =
      FakeWorker.start(
          "w2",
          new InetSocketAddress(InetAddress.ofLiteral("127.0.0.2"), one.port()),
          model("mini"));
  private Process gateway;
  private ManagedChannel channel;

  @BeforeEach
  void start() throws IOException {
    nameHas("127.0.0.1");
    gateway = gateway();
    var output = new InputStreamReader(gateway.getInputStream(), StandardCharsets.UTF_8);
    var ready = new BufferedReader(output).readLine();
    int port = Integer.parseInt(ready.replace("READY gateway ", ""));
    channel = NettyChannelBuilder.forAddress("127.0.0.1", port).usePlaintext().build();
  }

  @AfterEach
  void stop() {
    channel.shutdownNow();
    gateway.destroyForcibly();
    one.close();
    two.close();
  }

  @Test
  @Timeout(60)
  void workers_comeAndGoWithTheAddressesOfTheName() throws Exception {
    assertThat(answer("w1")).isEqualTo(Status.Code.OK);
    assertThat(answer("w2")).isEqualTo(Status.Code.NOT_FOUND);

    nameHas("127.0.0.1", "127.0.0.2");
    await().atMost(PATIENCE).until(() -> answer("w2") == Status.Code.OK);

    var _ = one.next();
    one.script(_ -> {});
    var kept = generate("w1");
    var call = one.next();
    one.script(Story::tell);
    nameHas("127.0.0.2");
    await().atMost(PATIENCE).until(() -> answer("w1") == Status.Code.NOT_FOUND);
    Story.tell(call);
    assertThat(last(kept).hasClosed()).isTrue();
    await().atMost(PATIENCE).until(() -> one.watchers() == 0);

    nameHas();
    assertThat(answer("w2")).isEqualTo(Status.Code.OK);
  }

  @Test
  @Timeout(60)
  void worker_atAnAddressOfIpv6_isOneToo() throws Exception {
    try (var three = atIpv6()) {
      nameHas("127.0.0.1", "::1");
      await().atMost(PATIENCE).until(() -> answer("w3") == Status.Code.OK);
      assertThat(three.arrived()).isEqualTo(1);
    }
  }

  private FakeWorker atIpv6() {
    var address = new InetSocketAddress(InetAddress.ofLiteral("::1"), one.port());
    try {
      return FakeWorker.start("w3", address, model("mini"));
    } catch (UncheckedIOException e) {
      return Assumptions.abort("no IPv6 here: " + e.getMessage());
    }
  }

  private static GenerateResponse last(Iterator<GenerateResponse> events) {
    var last = events.next();
    while (events.hasNext()) {
      last = events.next();
    }
    return last;
  }

  private Status.Code answer(String worker) {
    try {
      return last(generate(worker)).hasClosed() ? Status.Code.OK : Status.Code.UNKNOWN;
    } catch (StatusRuntimeException e) {
      return e.getStatus().getCode();
    }
  }

  private Iterator<GenerateResponse> generate(String worker) {
    return GenerationServiceGrpc.newBlockingStub(channel)
        .withDeadlineAfter(PATIENCE.toSeconds(), TimeUnit.SECONDS)
        .generate(request().setWorker(worker).build());
  }

  private void nameHas(String... addresses) throws IOException {
    var lines = new StringBuilder("127.0.0.1 localhost\n");
    List.of(addresses).forEach(address -> lines.append(address + " " + NAME + "\n"));
    Files.writeString(folder.resolve("hosts"), lines);
  }

  private Process gateway() throws IOException {
    var command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "@" + Path.of("..", "jvm.flags"),
            "-Djdk.net.hosts.file=" + folder.resolve("hosts"),
            "-cp",
            System.getProperty("java.class.path"),
            GatewayServer.class.getName(),
            "--grpc.server.port=0",
            "--unmask.gateway.http=false",
            "--unmask.gateway.poll-interval=50ms",
            "--unmask.gateway.discovery-interval=1s",
            "--unmask.gateway.workers=dns:///" + NAME + ":" + one.port());
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }
}
