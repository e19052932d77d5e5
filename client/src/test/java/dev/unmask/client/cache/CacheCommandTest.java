package dev.unmask.client.cache;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.unmask.cache.CacheServer;
import dev.unmask.page.PageKey;
import dev.unmask.page.PageRecord;
import dev.unmask.pagecache.v1.PageCacheServiceGrpc;
import dev.unmask.pagecache.v1.WritePagesRequest;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.StatusException;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What operators ask, of a real cache-service. */
class CacheCommandTest {
  private static final int LENGTH = 1000;

  @TempDir private Path directory;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private CacheServer server;

  @BeforeEach
  void start() {
    server =
        CacheServer.start(
            Map.of("unmask.cache.directory", directory.toString(), "grpc.server.port", 0));
    write(1);
    write(2);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void status_tellsSlotsNamespacesAndPages() {
    assertThat(run("status")).isZero();
    assertThat(printed()).contains("alice").contains("2 stored").contains("s3-fifo");
  }

  @Test
  void states_thenPinThenEvict_ruleThem() {
    run("states", "alice");
    assertThat(printed().lines()).hasSize(2).allMatch(line -> line.contains("1 pages"));
    String first = printed().lines().findFirst().orElseThrow().substring(0, 64);

    out.reset();
    run("pin", "alice", first);
    assertThat(printed()).isEqualTo("1 states pinned\n");
    out.reset();
    run("states", "alice");
    assertThat(printed().lines().filter(line -> line.endsWith("pinned"))).hasSize(1);
    out.reset();
    run("evict", "alice");
    assertThat(printed()).isEqualTo("2 states evicted\n");
  }

  @Test
  void quota_belowWhatIsHeld_givesStatesUp() {
    assertThat(run("quota", "alice", "1")).isZero();
    run("states", "alice");
    assertThat(printed()).isEmpty();
  }

  @Test
  void pin_noState_isRefusedByName() {
    var err = new ByteArrayOutputStream();
    var line = line();
    line.setExecutionExceptionHandler((failure, _, _) -> {
      err.writeBytes(failure.getMessage().getBytes(UTF_8));
      return 1;
    });
    assertThat(line.execute("--cache", address(), "pin", "alice", "xyz")).isEqualTo(1);
    assertThat(err.toString(UTF_8)).contains("64 hexadecimal digits");
  }

  private int run(String... arguments) {
    var all = new String[arguments.length + 2];
    all[0] = "--cache";
    all[1] = address();
    System.arraycopy(arguments, 0, all, 2, arguments.length);
    return line().execute(all);
  }

  private CommandLine line() {
    return new CommandLine(new CacheCommand(new PrintStream(out, true, UTF_8)));
  }

  private String address() {
    return "127.0.0.1:" + server.port();
  }

  private String printed() {
    return out.toString(UTF_8);
  }

  private void write(int number) {
    byte[] digest = new byte[PageKey.BYTES];
    Arrays.fill(digest, (byte) number);
    var key = PageKey.of(digest);
    var record = ByteBuffer.allocate(LENGTH);
    PageRecord.seal(key, record);
    var channel = Grpc.newChannelBuilder(address(), InsecureChannelCredentials.create()).build();
    try {
      var call = PageCacheServiceGrpc.newBlockingV2Stub(channel).writePages();
      assertThat(
              call.write(
                  WritePagesRequest.newBuilder()
                      .setNamespace("alice")
                      .setKey(key.toMessage())
                      .setLength(LENGTH)
                      .setData(ByteString.copyFrom(record.array()))
                      .build()))
          .isTrue();
      call.halfClose();
      assertThat(call.read().getStored()).isEqualTo(1);
    } catch (InterruptedException | StatusException e) {
      throw new AssertionError(e);
    } finally {
      channel.shutdownNow();
    }
  }
}
