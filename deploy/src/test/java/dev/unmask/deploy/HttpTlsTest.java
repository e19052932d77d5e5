package dev.unmask.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.unmask.gateway.GatewayServer;
import dev.unmask.tls.Authority;
import io.grpc.util.AdvancedTlsX509KeyManager;
import io.grpc.util.AdvancedTlsX509TrustManager;
import io.grpc.util.CertificateUtils;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManager;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A gateway's HTTP by the certificates that its gRPC has. */
class HttpTlsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir private Path folder;

  @BeforeEach
  void issue() {
    issue(new Authority("ours"));
  }

  @Test
  void get_byTls_isAnswered() throws Exception {
    try (var gateway = gateway(Map.of())) {
      assertThat(status("https", gateway, client(Optional.empty()))).isEqualTo(200);
    }
  }

  @Test
  void get_inPlainText_isRefused() {
    try (var gateway = gateway(Map.of())) {
      assertThatThrownBy(() -> status("http", gateway, HttpClient.newHttpClient()))
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void get_ofAnAuthorityThatIsNotTrusted_isRefusedByTheClient() throws Exception {
    try (var gateway = gateway(Map.of())) {
      new Authority("other").trust(folder.resolve("trust.pem"));
      var client = client(Optional.empty());
      assertThatThrownBy(() -> status("https", gateway, client)).isInstanceOf(SSLException.class);
    }
  }

  @Test
  void get_whereClientsMustShowACertificate_isAnsweredToThoseThatDo() throws Exception {
    try (var gateway = gateway(Map.of("unmask.tls.client-auth", "require"))) {
      assertThat(status("https", gateway, client(Optional.of("client")))).isEqualTo(200);
      var nobody = client(Optional.empty());
      assertThatThrownBy(() -> status("https", gateway, nobody)).isInstanceOf(IOException.class);
    }
  }

  @Test
  void replacedCertificate_isShownToNewConnections() throws Exception {
    try (var gateway = gateway(Map.of())) {
      issue(new Authority("next"));
      var client = client(Optional.empty());
      await()
          .atMost(PATIENCE)
          .ignoreExceptionsInstanceOf(SSLException.class)
          .until(() -> status("https", gateway, client) == 200);
    }
  }

  private void issue(Authority authority) {
    authority.trust(folder.resolve("trust.pem"));
    authority.issue(folder, "gateway", "localhost");
    authority.issue(folder, "client", "client.example");
  }

  private GatewayServer gateway(Map<String, Object> more) {
    var settings = new HashMap<String, Object>(more);
    settings.put("grpc.server.port", 0);
    settings.put("micronaut.server.port", 0);
    settings.put("unmask.tls.certificate", folder.resolve("gateway.pem").toString());
    settings.put("unmask.tls.key", folder.resolve("gateway.key").toString());
    settings.put("unmask.tls.trust", folder.resolve("trust.pem").toString());
    return GatewayServer.start(settings);
  }

  private static int status(String scheme, GatewayServer gateway, HttpClient client)
      throws IOException, InterruptedException {
    var uri = "%s://localhost:%d/health".formatted(scheme, gateway.httpPort().orElseThrow());
    var request = HttpRequest.newBuilder(URI.create(uri)).timeout(PATIENCE).build();
    return client.send(request, BodyHandlers.discarding()).statusCode();
  }

  /** A client that trusts what is trusted now, and may show a certificate. */
  private HttpClient client(Optional<String> name) throws GeneralSecurityException, IOException {
    var trust = AdvancedTlsX509TrustManager.newBuilder().build();
    try (var file = Files.newInputStream(folder.resolve("trust.pem"))) {
      trust.updateTrustCredentials(CertificateUtils.getX509Certificates(file));
    }
    var identity = new AdvancedTlsX509KeyManager();
    if (name.isPresent()) {
      identity.updateIdentityCredentials(
          folder.resolve(name.get() + ".pem").toFile(),
          folder.resolve(name.get() + ".key").toFile());
    }
    var context = SSLContext.getInstance("TLS");
    context.init(new KeyManager[] {identity}, new TrustManager[] {trust}, null);
    return HttpClient.newBuilder().sslContext(context).build();
  }
}
