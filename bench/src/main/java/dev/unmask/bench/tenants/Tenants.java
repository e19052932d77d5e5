package dev.unmask.bench.tenants;

import dev.unmask.client.Credentials;
import dev.unmask.gateway.access.ApiKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Optional;

/**
 * Two tenants, each with a key and a namespace, who are both granted another one.
 *
 * @param file that names them to a gateway
 */
public record Tenants(Path file, Credentials a, Credentials b) {
  /** The namespace that both are granted. */
  public static final String GRANTED = "docs";

  /** What workers must know to share states of these namespaces. */
  public static final Map<String, Object> SECRETS =
      Map.of(
          "unmask.worker.namespaces.a",
          "the secret of tenant a",
          "unmask.worker.namespaces.b",
          "the secret of tenant b",
          "unmask.worker.namespaces." + GRANTED,
          "the secret of what is granted");

  /**
   * Writes the file.
   *
   * @param quotasOfA in YAML's short form, e.g. {@code {requests-per-second: 2}}
   */
  public static Tenants write(String quotasOfA) throws IOException {
    var random = new SecureRandom();
    var a = ApiKey.from(random);
    var b = ApiKey.from(random);
    var text =
        """
        tenants:
          - {name: a, keys: [%s], public-namespaces: [%s], quotas: %s}
          - {name: b, keys: [%s], public-namespaces: [%s]}
        """
            .formatted(a.digest().hex(), GRANTED, quotasOfA, b.digest().hex(), GRANTED);
    var file = Files.createTempDirectory("tenants").resolve("tenants.yml");
    return new Tenants(Files.writeString(file, text), bearer(a), bearer(b));
  }

  private static Credentials bearer(ApiKey key) {
    return new Credentials(
        Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(key.reveal()));
  }
}
