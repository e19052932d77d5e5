package dev.unmask.client.options;

import dev.unmask.client.Credentials;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Who asks a gateway, as options. */
public final class CallerOptions {
  @Mixin private TlsOptions tls = new TlsOptions();

  @Option(
      names = "--api-key",
      paramLabel = "KEY",
      defaultValue = "${env:UNMASK_API_KEY:-}",
      description =
          "API key or token for the gateway; better in UNMASK_API_KEY, where the system's list of"
              + " processes does not show it")
  private String apiKey = "";

  /** What the options say. */
  public Credentials credentials() {
    return tls.credentials(Optional.of(apiKey).filter(given -> !given.isBlank()));
  }
}
