package dev.unmask.gateway.config;

import java.util.regex.Pattern;

/**
 * What every request is given on its way in.
 *
 * @param namespace whose states it may share; 1 to 64 characters of [a-z0-9-]
 */
public record AdmissionSettings(String namespace) {
  private static final Pattern NAMESPACE = Pattern.compile("[a-z0-9-]{1,64}");

  public AdmissionSettings {
    if (!NAMESPACE.matcher(namespace).matches()) {
      throw new IllegalArgumentException(
          "unmask.gateway.namespace must be 1 to 64 characters of [a-z0-9-], was " + namespace);
    }
  }
}
