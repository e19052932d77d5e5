package dev.unmask.tls;

import dev.unmask.contract.Limits;
import io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.util.AdvancedTlsX509KeyManager;
import io.grpc.util.AdvancedTlsX509TrustManager;
import io.grpc.util.AdvancedTlsX509TrustManager.Verification;
import io.grpc.util.CertificateUtils;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLException;

/**
 * TLS of one service, for those that connect to it and for those it connects to. When files are
 * replaced, connections made from then on use the new ones; those that stand go on. Safe for any
 * thread.
 */
public final class TlsFiles {
  private final TlsSettings settings;
  private final List<WatchedFiles> files = new ArrayList<>();
  private final Optional<AdvancedTlsX509KeyManager> identity;
  private final Optional<AdvancedTlsX509TrustManager> ofClients;
  private final Optional<AdvancedTlsX509TrustManager> ofServers;

  /**
   * Reads the files for the first time.
   *
   * @throws IllegalArgumentException naming the file and what is wrong with it
   */
  public TlsFiles(TlsSettings settings) {
    this.settings = settings;
    identity =
        settings.certificate().flatMap(chain -> settings.key().map(key -> identity(chain, key)));
    var named = Verification.CERTIFICATE_AND_HOST_NAME_VERIFICATION;
    var anyName = Verification.CERTIFICATE_ONLY_VERIFICATION;
    ofClients = settings.trust().map(authorities -> trust(authorities, anyName));
    ofServers =
        settings
            .trust()
            .map(authorities -> trust(authorities, settings.peers().isEmpty() ? named : anyName));
  }

  /** No TLS. */
  public static TlsFiles none() {
    return new TlsFiles(TlsSettings.read(_ -> Optional.empty()));
  }

  /** Looks whether files changed, and uses those that did. */
  public synchronized void refresh() {
    files.forEach(WatchedFiles::refresh);
  }

  /** Lets a server be reached by TLS only, if there is a certificate. */
  public void protect(NettyServerBuilder server) {
    server().ifPresent(server::sslContext);
  }

  /** Lets a channel connect by TLS, if there is whom to trust; else in plain text. */
  public NettyChannelBuilder protect(NettyChannelBuilder channel) {
    return client().map(channel::sslContext).orElseGet(channel::usePlaintext);
  }

  /** What a server of HTTP is reached by, if there is a certificate. */
  public Optional<SslContext> http() {
    return identity.map(own -> built(server(own)));
  }

  private Optional<SslContext> server() {
    return identity.map(own -> built(GrpcSslContexts.configure(server(own))));
  }

  private SslContextBuilder server(AdvancedTlsX509KeyManager own) {
    var context = SslContextBuilder.forServer(own);
    if (settings.clientAuth() == TlsSettings.ClientAuth.REQUIRE) {
      ofClients.ifPresent(context::trustManager);
      context.clientAuth(ClientAuth.REQUIRE);
    }
    return context;
  }

  private Optional<SslContext> client() {
    return ofServers.map(trusted -> {
      var context = SslContextBuilder.forClient().trustManager(trusted);
      identity.ifPresent(context::keyManager);
      return built(GrpcSslContexts.configure(context));
    });
  }

  /** A connection made anew shows its certificates anew, soon after a session's. */
  private static SslContext built(SslContextBuilder context) {
    try {
      return context.sessionTimeout(Limits.TLS_SESSION_TIME.toSeconds()).build();
    } catch (SSLException e) {
      throw new IllegalStateException("this platform has no such TLS", e);
    }
  }

  private AdvancedTlsX509KeyManager identity(Path certificate, Path key) {
    var identity = new AdvancedTlsX509KeyManager();
    files.add(
        new WatchedFiles(
            List.of(certificate, key),
            contents -> {
              var chain = CertificateUtils.getX509Certificates(stream(contents.get(0)));
              if (chain.length == 0) {
                throw new CertificateException("no certificate");
              }
              var secret = CertificateUtils.getPrivateKey(stream(contents.get(1)));
              KeyPairs.check(chain[0], secret);
              identity.updateIdentityCredentials(chain, secret);
            }));
    return identity;
  }

  private AdvancedTlsX509TrustManager trust(Path authorities, Verification verification) {
    try {
      var trust =
          AdvancedTlsX509TrustManager.newBuilder()
              .setVerification(verification)
              .setSslSocketAndEnginePeerVerifier(new PeerNames(settings.peers()))
              .build();
      files.add(
          new WatchedFiles(
              List.of(authorities),
              contents -> {
                var believed = CertificateUtils.getX509Certificates(stream(contents.getFirst()));
                if (believed.length == 0) {
                  throw new CertificateException("no certificate");
                }
                trust.updateTrustCredentials(believed);
              }));
      return trust;
    } catch (CertificateException e) {
      throw new IllegalStateException("this platform has no X.509", e);
    }
  }

  private static ByteArrayInputStream stream(byte[] content) {
    return new ByteArrayInputStream(content);
  }
}
