package dev.unmask.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.unmask.decoder.v1.DecoderServiceGrpc;
import dev.unmask.decoder.v1.DecoderServiceGrpc.DecoderServiceImplBase;
import dev.unmask.decoder.v1.GetLoadRequest;
import dev.unmask.decoder.v1.GetLoadResponse;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsFilesTest {
  private final Authority authority = new Authority("ours");
  private final List<Server> servers = new ArrayList<>();
  private final List<ManagedChannel> channels = new ArrayList<>();

  private final AtomicInteger answered = new AtomicInteger();
  @TempDir private Path folder;

  @BeforeEach
  void issue() {
    authority.trust(folder.resolve("trust.pem"));
    authority.issue(folder, "server", "localhost");
    authority.issue(folder, "client", "gateway.example");
  }

  @AfterEach
  void stop() {
    channels.forEach(ManagedChannel::shutdownNow);
    servers.forEach(Server::shutdownNow);
  }

  @Test
  void call_bothKnown_isAnswered() {
    assertThat(call(mutual(), client())).isEqualTo("answer");
  }

  @Test
  void call_namesExpectedAndShown_isAnswered() {
    var server = with(settings("server", "require"), "peers", "other.example, gateway.example");
    var client = with(settings("client", "none"), "peers", "localhost");
    assertThat(call(server, client)).isEqualTo("answer");
  }

  @Test
  void call_serverOfAnotherAuthority_isRefused() {
    new Authority("ours").issue(folder, "server", "localhost");
    refused(mutual(), client());
  }

  @Test
  void call_serverExpired_isRefused() {
    authority.issue(folder, "server", past(), "localhost");
    refused(mutual(), client());
  }

  @Test
  void call_serverOfAnotherName_isRefused() {
    authority.issue(folder, "server", "elsewhere.example");
    refused(mutual(), client());
  }

  /** As a gateway connects to the addresses of a name. */
  @Test
  void call_toAnAddress_asksForTheNameItIsTheAddressOf() {
    int port = serve(files(mutual()));
    assertThat(ask(channel(port, "localhost:" + port))).isEqualTo("answer");
    refusedBy(channel(port, "elsewhere.example:" + port));
    refusedBy(channel(port, "127.0.0.1:" + port));
  }

  @Test
  void call_serverOfAnotherNameThanExpected_isRefused() {
    refused(mutual(), with(settings("client", "none"), "peers", "cache.example"));
  }

  @Test
  void call_clientWithoutCertificate_isRefused() {
    refused(mutual(), Map.of("unmask.tls.trust", folder.resolve("trust.pem").toString()));
  }

  @Test
  void call_clientOfAnotherAuthority_isRefused() {
    new Authority("ours").issue(folder, "client", "gateway.example");
    refused(mutual(), client());
  }

  @Test
  void call_clientExpired_isRefused() {
    authority.issue(folder, "client", past(), "gateway.example");
    refused(mutual(), client());
  }

  @Test
  void call_clientOfAnotherNameThanExpected_isRefused() {
    refused(with(settings("server", "require"), "peers", "worker.example"), client());
  }

  @Test
  void call_inPlainText_isRefused() {
    refused(mutual(), Map.of());
  }

  @Test
  void refresh_everythingReplaced_isUsedByNewConnectionsAndOldOnesGoOn() {
    var serverFiles = files(mutual());
    int port = serve(serverFiles);
    var before = channel(port, files(client()));
    assertThat(ask(before)).isEqualTo("answer");
    var next = new Authority("next");
    next.trust(folder.resolve("trust.pem"));
    next.issue(folder, "server", "localhost");
    next.issue(folder, "client", "gateway.example");
    refusedBy(channel(port, files(client())));
    serverFiles.refresh();
    assertThat(ask(channel(port, files(client())))).isEqualTo("answer");
    assertThat(ask(before)).isEqualTo("answer");
  }

  @Test
  void refresh_certificateWithoutItsKey_keepsWhatWas() throws IOException {
    var serverFiles = files(mutual());
    int port = serve(serverFiles);
    var key = Files.readString(folder.resolve("server.key"));
    new Authority("next").issue(folder, "server", "localhost");
    Files.writeString(folder.resolve("server.key"), key);
    serverFiles.refresh();
    assertThat(ask(channel(port, files(client())))).isEqualTo("answer");
  }

  @Test
  void new_filesThatAreNone_areNamed() throws IOException {
    Files.writeString(folder.resolve("trust.pem"), "nothing");
    assertThatThrownBy(() -> files(client())).hasMessageContaining("trust.pem");
    Files.delete(folder.resolve("client.key"));
    assertThatThrownBy(() -> files(client())).hasMessageContaining("client.key");
  }

  private static Instant past() {
    return Instant.now().minusSeconds(60);
  }

  private void refused(Map<String, String> server, Map<String, String> client) {
    refusedBy(channel(serve(files(server)), files(client)));
  }

  /** Before anything of the call was heard. */
  private void refusedBy(ManagedChannel channel) {
    int before = answered.get();
    var failure = catchThrowableOfType(StatusRuntimeException.class, () -> ask(channel));
    assertThat(failure).isNotNull();
    assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
    assertThat(answered).hasValue(before);
  }

  private String call(Map<String, String> server, Map<String, String> client) {
    return ask(channel(serve(files(server)), files(client)));
  }

  private static String ask(ManagedChannel channel) {
    return DecoderServiceGrpc.newBlockingStub(channel)
        .withDeadlineAfter(20, TimeUnit.SECONDS)
        .getLoad(GetLoadRequest.getDefaultInstance())
        .getWorker();
  }

  private ManagedChannel channel(int port, TlsFiles files) {
    var channel = files.protect(NettyChannelBuilder.forAddress("localhost", port)).build();
    channels.add(channel);
    return channel;
  }

  private ManagedChannel channel(int port, String authority) {
    var channel =
        files(client())
            .protect(NettyChannelBuilder.forAddress("127.0.0.1", port))
            .overrideAuthority(authority)
            .build();
    channels.add(channel);
    return channel;
  }

  private int serve(TlsFiles files) {
    var builder = NettyServerBuilder.forPort(0).addService(new Answering());
    files.protect(builder);
    try {
      var server = builder.build().start();
      servers.add(server);
      return server.getPort();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private Map<String, String> mutual() {
    return settings("server", "require");
  }

  private Map<String, String> client() {
    return settings("client", "none");
  }

  private Map<String, String> settings(String name, String clientAuth) {
    return Map.of(
        "unmask.tls.certificate", folder.resolve(name + ".pem").toString(),
        "unmask.tls.key", folder.resolve(name + ".key").toString(),
        "unmask.tls.trust", folder.resolve("trust.pem").toString(),
        "unmask.tls.client-auth", clientAuth);
  }

  private static Map<String, String> with(Map<String, String> settings, String key, String value) {
    var more = new HashMap<>(settings);
    more.put("unmask.tls." + key, value);
    return more;
  }

  private static TlsFiles files(Map<String, String> settings) {
    return new TlsFiles(TlsSettings.read(key -> Optional.ofNullable(settings.get(key))));
  }

  private final class Answering extends DecoderServiceImplBase {
    @Override
    public void getLoad(GetLoadRequest request, StreamObserver<GetLoadResponse> observer) {
      answered.incrementAndGet();
      observer.onNext(GetLoadResponse.newBuilder().setWorker("answer").build());
      observer.onCompleted();
    }
  }
}
