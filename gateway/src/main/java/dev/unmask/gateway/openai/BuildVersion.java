package dev.unmask.gateway.openai;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Properties;

/**
 * The version Maven wrote into our jar.
 *
 * @param text as it is, or that there is none
 */
record BuildVersion(String text) {
  private static final String WRITTEN = "/META-INF/maven/dev.unmask/unmask-gateway/pom.properties";

  static BuildVersion read() {
    var properties = new Properties();
    try (var in = BuildVersion.class.getResourceAsStream(WRITTEN)) {
      if (in != null) {
        properties.load(in);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new BuildVersion(properties.getProperty("version", "(not from a jar)"));
  }
}
