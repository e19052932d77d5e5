package dev.unmask.gateway;

import dev.unmask.tls.TlsFiles;
import io.micronaut.http.server.netty.ssl.ServerSslBuilder;
import io.micronaut.http.ssl.ServerSslConfiguration;
import io.netty.handler.ssl.SslContext;
import java.util.Optional;

/**
 * HTTP by TLS only, where the service has a certificate, on the port that plain HTTP would have.
 */
final class HttpTls implements ServerSslBuilder {
  private final Optional<SslContext> context;
  private final ServerSslConfiguration settings = new ServerSslConfiguration();

  /** Of the ways to say the port, the one that leaves {@code micronaut.server.port} its meaning. */
  @SuppressWarnings("deprecation")
  HttpTls(TlsFiles files, int port) {
    context = files.http();
    settings.setEnabled(context.isPresent());
    settings.setPort(port);
  }

  @Override
  public ServerSslConfiguration getSslConfiguration() {
    return settings;
  }

  @Override
  public Optional<SslContext> build() {
    return context;
  }
}
