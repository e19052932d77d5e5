package dev.unmask.deploy.installed;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.Yaml;

/**
 * The chart, as Helm itself renders it for a release {@code unmask} in the namespace {@code prod}.
 *
 * @param folder a copy of it. Helm as a library takes the cluster for a Kubernetes 1.20, which the
 *     chart refuses, so that the copy does not say what it needs
 */
public record Chart(Path folder) {
  static final Path SOURCE = Path.of("helm", "unmask");
  static final String RELEASE = "unmask";
  static final String NAMESPACE = "prod";

  /** Sets of values that the tests render; the first one has no values of its own. */
  static final List<String> VALUES =
      List.of("", "gpu", "three", "alone", "tls", "everything", "small");

  /** Copies the chart into a folder. */
  public static Chart copiedTo(Path folder) {
    try (var files = Files.walk(SOURCE)) {
      for (var file : files.filter(Files::isRegularFile).toList()) {
        var copy = folder.resolve(SOURCE.relativize(file));
        Files.createDirectories(copy.getParent());
        Files.writeString(copy, Files.readString(file).replaceAll("(?m)^kubeVersion:.*$", ""));
      }
      return new Chart(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What Chart.yaml says. */
  static Map<String, Object> about() {
    try {
      return new Yaml().load(Files.readString(SOURCE.resolve("Chart.yaml")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  LintResult lint() {
    return new Helm(folder).lint().strict().call();
  }

  /**
   * Renders it with a set of values.
   *
   * @throws IllegalStateException with Helm's own words, if a value is refused
   */
  public List<Manifest> rendered(String values) {
    var command = new Helm(folder).template().withName(RELEASE).withNamespace(NAMESPACE);
    if (!values.isEmpty()) {
      command.withValuesFile(Path.of("src", "test", "resources", "charts", values + ".yaml"));
    }
    return Manifest.read(command.call());
  }

  /** Renders it with one value. */
  List<Manifest> rendered(String value, Object to) {
    var command = new Helm(folder).template().withName(RELEASE).withNamespace(NAMESPACE);
    return Manifest.read(command.set(value, to).call());
  }
}
