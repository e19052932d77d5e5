package dev.unmask.gateway.access.tenants;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.unmask.gateway.access.Issuer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys of an issuer that publishes them by HTTPS. */
class IssuerKeysTest {
  private static final String PASSWORD = "changeit";

  private final SSLSocketFactory usual = HttpsURLConnection.getDefaultSSLSocketFactory();
  private final AtomicInteger fetches = new AtomicInteger();
  private volatile String published = new Issuer("first").jwks();
  private HttpsServer server;
  private JWKSource<SecurityContext> keys;

  @TempDir private Path folder;

  @BeforeEach
  void publish() throws Exception {
    var tls = tls();
    HttpsURLConnection.setDefaultSSLSocketFactory(tls.getSocketFactory());
    var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    server = HttpsServer.create(address, 0);
    server.setHttpsConfigurator(new HttpsConfigurator(tls));
    server.createContext(
        "/keys",
        exchange -> {
          fetches.incrementAndGet();
          var text = published.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, text.length);
          exchange.getResponseBody().write(text);
          exchange.close();
        });
    server.start();
    var base = "https://localhost:" + server.getAddress().getPort();
    // A JVM's first handshake may take longer than the library waits for keys.
    var first = (HttpsURLConnection) URI.create(base).toURL().openConnection();
    assertThat(first.getResponseCode()).isEqualTo(404);
    keys = IssuerKeys.at(base + "/keys");
  }

  @AfterEach
  void stop() {
    server.stop(0);
    HttpsURLConnection.setDefaultSSLSocketFactory(usual);
  }

  @Test
  void key_askedForTwice_isFetchedOnce() throws Exception {
    assertThat(fetches).hasValue(0);
    assertThat(knows("first")).isTrue();
    assertThat(knows("first")).isTrue();
    assertThat(fetches).hasValue(1);
  }

  @Test
  void key_publishedLater_isFetchedWhenATokenNamesIt() throws Exception {
    assertThat(knows("first")).isTrue();
    published = new Issuer("second").jwks();
    assertThat(knows("second")).isTrue();
  }

  /** Whoever makes up names of keys must not have the issuer asked for each. */
  @Test
  void key_ofAnUnknownName_isFetchedNotTooOften() throws Exception {
    assertThat(knows("first")).isTrue();
    assertThat(knows("made up")).isFalse();
    assertThatThrownBy(() -> knows("made up, too")).isInstanceOf(KeySourceException.class);
    assertThat(fetches).hasValue(2);
  }

  @Test
  void key_urlThatFails_isKept() throws Exception {
    assertThat(knows("first")).isTrue();
    server.stop(0);
    assertThat(knows("first")).isTrue();
  }

  private boolean knows(String keyId) throws KeySourceException {
    var selector = new JWKSelector(new JWKMatcher.Builder().keyID(keyId).build());
    return !keys.get(selector, null).isEmpty();
  }

  /** A certificate for localhost that is trusted because it is this one, made by the JDK's tool. */
  private SSLContext tls() throws IOException, GeneralSecurityException, InterruptedException {
    var file = folder.resolve("keys.p12");
    var keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    var command =
        List.of(
            keytool,
            "-genkeypair",
            "-alias",
            "own",
            "-keyalg",
            "EC",
            "-dname",
            "CN=localhost",
            "-ext",
            "san=dns:localhost",
            "-keystore",
            file.toString(),
            "-storepass",
            PASSWORD);
    var made = new ProcessBuilder(command).redirectErrorStream(true).start();
    var said = new String(made.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(made.waitFor()).as(said).isZero();
    var store = KeyStore.getInstance(file.toFile(), PASSWORD.toCharArray());
    var own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    own.init(store, PASSWORD.toCharArray());
    var trusted = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trusted.init(store);
    var context = SSLContext.getInstance("TLS");
    context.init(own.getKeyManagers(), trusted.getTrustManagers(), null);
    return context;
  }
}
