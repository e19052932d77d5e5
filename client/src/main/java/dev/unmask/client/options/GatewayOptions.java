package dev.unmask.client.options;

import dev.unmask.client.UnmaskClient;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which gateway to ask. */
public final class GatewayOptions {
  /** Where {@code up} puts a gateway unless told otherwise. */
  public static final int DEFAULT_PORT = 7301;

  @Option(
      names = "--gateway",
      paramLabel = "HOST:PORT",
      defaultValue = "127.0.0.1:" + DEFAULT_PORT,
      description = "gateway to ask (default: ${DEFAULT-VALUE})")
  private String target = "";

  @Mixin private CallerOptions caller = new CallerOptions();

  /** Connects with the first call. */
  public UnmaskClient connect() {
    return UnmaskClient.connect(target, caller.credentials());
  }
}
