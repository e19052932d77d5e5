package dev.unmask.gateway.config;

import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Who may call.
 *
 * @param tenants file that names the tenants; empty: everybody is one tenant
 * @param namespace whose states that one shares; 1 to 64 characters of [a-z0-9-]
 */
public record AccessSettings(Optional<Path> tenants, String namespace) {
  private static final Pattern NAMESPACE = Pattern.compile("[a-z0-9-]{1,64}");

  public AccessSettings {
    if (!NAMESPACE.matcher(namespace).matches()) {
      throw new IllegalArgumentException(
          "unmask.gateway.namespace must be 1 to 64 characters of [a-z0-9-], was " + namespace);
    }
  }
}
