package dev.unmask.client.options;

import dev.unmask.client.Credentials;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** TLS towards a service, as options. */
public final class TlsOptions {
  @Option(
      names = "--tls-trust",
      paramLabel = "FILE",
      scope = ScopeType.INHERIT,
      description = "connect by TLS and believe these authorities (PEM)")
  private Optional<Path> trust = Optional.empty();

  @Option(
      names = "--tls-certificate",
      paramLabel = "FILE",
      scope = ScopeType.INHERIT,
      description = "show this certificate (PEM), where one is required")
  private Optional<Path> certificate = Optional.empty();

  @Option(
      names = "--tls-key",
      paramLabel = "FILE",
      scope = ScopeType.INHERIT,
      description = "key of the certificate (PEM, PKCS#8)")
  private Optional<Path> key = Optional.empty();

  /** With no secret beside TLS's. */
  public Credentials credentials() {
    return credentials(Optional.empty());
  }

  Credentials credentials(Optional<String> bearer) {
    return new Credentials(trust, certificate, key, bearer);
  }
}
