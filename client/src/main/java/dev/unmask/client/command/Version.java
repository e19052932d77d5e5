package dev.unmask.client.command;

import java.io.IOException;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** The version Maven wrote into our jar. */
final class Version implements IVersionProvider {
  private static final String WRITTEN = "/META-INF/maven/dev.unmask/unmask-client/pom.properties";

  @Override
  public String[] getVersion() throws IOException {
    var properties = new Properties();
    try (var in = Version.class.getResourceAsStream(WRITTEN)) {
      if (in != null) {
        properties.load(in);
      }
    }
    return new String[] {"unmask " + properties.getProperty("version", "(not from a jar)")};
  }
}
