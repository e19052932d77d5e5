package dev.unmask.gateway.discovery;

import static dev.unmask.gateway.Story.model;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.unmask.gateway.FakeWorker;
import dev.unmask.gateway.OwnGateway;
import dev.unmask.gateway.Story;
import io.grpc.Status;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A gateway that knows its workers by a name only. Its JDK looks names up in a file of ours, behind
 * the cache that it has of them.
 */
@Timeout(60)
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
  private OwnGateway gateway;

  @BeforeEach
  void start() throws IOException {
    nameHas("127.0.0.1");
    gateway =
        OwnGateway.start(
            List.of("-Djdk.net.hosts.file=" + folder.resolve("hosts")),
            "dns:///" + NAME + ":" + one.port());
  }

  @AfterEach
  void stop() {
    gateway.close();
    one.close();
    two.close();
  }

  @Test
  void workers_comeAndGoWithTheAddressesOfTheName() throws Exception {
    assertThat(gateway.answer("w1")).isEqualTo(Status.Code.OK);
    assertThat(gateway.answer("w2")).isEqualTo(Status.Code.NOT_FOUND);

    nameHas("127.0.0.1", "127.0.0.2");
    await().atMost(PATIENCE).until(() -> gateway.answer("w2") == Status.Code.OK);

    var held = new CompletableFuture<FakeWorker.Call>();
    one.script(held::complete);
    var kept = gateway.generate("w1");
    var call = held.get();
    one.script(Story::tell);
    nameHas("127.0.0.2");
    await().atMost(PATIENCE).until(() -> gateway.answer("w1") == Status.Code.NOT_FOUND);
    Story.tell(call);
    assertThat(OwnGateway.last(kept).hasClosed()).isTrue();
    await().atMost(PATIENCE).until(() -> one.watchers() == 0);

    nameHas();
    assertThat(gateway.answer("w2")).isEqualTo(Status.Code.OK);
  }

  @Test
  void worker_atAnAddressOfIpv6_isOneToo() throws Exception {
    try (var three = atIpv6()) {
      nameHas("127.0.0.1", "::1");
      await().atMost(PATIENCE).until(() -> gateway.answer("w3") == Status.Code.OK);
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

  private void nameHas(String... addresses) throws IOException {
    var lines = new StringBuilder("127.0.0.1 localhost\n");
    List.of(addresses).forEach(address -> lines.append(address + " " + NAME + "\n"));
    Files.writeString(folder.resolve("hosts"), lines);
  }
}
