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
 * Two tenants, each with a key.
 *
 * @param file that names them to a gateway
 */
record Tenants(Path file, Credentials a, Credentials b) {
  /** What workers must know to share a tenant's states. */
  static final Map<String, Object> SECRETS =
      Map.of(
          "unmask.worker.namespaces.a",
          "the secret of tenant a",
          "unmask.worker.namespaces.b",
          "the secret of tenant b");

  /**
   * Writes the file.
   *
   * @param quotasOfA in YAML's short form, e.g. {@code {requests-per-second: 2}}
   */
  static Tenants write(String quotasOfA) throws IOException {
    var random = new SecureRandom();
    var a = ApiKey.from(random);
    var b = ApiKey.from(random);
    var text =
        """
        tenants:
          - {name: a, keys: [%s], quotas: %s}
          - {name: b, keys: [%s]}
        """
            .formatted(a.digest().hex(), quotasOfA, b.digest().hex());
    var file = Files.createTempDirectory("tenants").resolve("tenants.yml");
    return new Tenants(Files.writeString(file, text), bearer(a), bearer(b));
  }

  private static Credentials bearer(ApiKey key) {
    return new Credentials(
        Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(key.reveal()));
  }
}
