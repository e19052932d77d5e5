package dev.unmask.deploy.installed;

import static dev.unmask.deploy.installed.Manifest.objects;
import static dev.unmask.deploy.installed.Manifest.words;

import com.google.gson.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the chart becomes with a set of values.
 *
 * @param values their name
 * @param manifests all objects
 */
record Rendering(String values, List<Manifest> manifests) {
  Stream<Manifest> workloads() {
    return manifests.stream().filter(Manifest::workload);
  }

  Stream<Manifest> of(String kind) {
    return manifests.stream().filter(manifest -> manifest.kind().equals(kind));
  }

  Manifest named(String kind, String name) {
    return of(kind).filter(manifest -> manifest.name().equals(name)).findFirst().orElseThrow();
  }

  /** The only workload whose pods have these labels. */
  Manifest selected(JsonObject selector) {
    Map<String, String> wanted =
        words(selector.has("matchLabels") ? selector.getAsJsonObject("matchLabels") : selector);
    var found =
        workloads().filter(w -> w.labels().entrySet().containsAll(wanted.entrySet())).toList();
    if (wanted.isEmpty() || found.size() != 1) {
      throw new IllegalStateException(wanted + " selects " + found);
    }
    return found.getFirst();
  }

  /** Ports of a workload's container, by their names. */
  static Map<String, Integer> ports(Manifest workload) {
    return objects(workload.container(), "ports")
        .collect(
            Collectors.toMap(
                port -> port.get("name").getAsString(),
                port -> port.get("containerPort").getAsInt()));
  }

  /** Names of a workload's volumes, claims of its template included. */
  static Set<String> volumes(Manifest workload) {
    var claims =
        objects(workload.spec(), "volumeClaimTemplates")
            .map(claim -> claim.getAsJsonObject("metadata"));
    return Stream.concat(objects(workload.pod(), "volumes"), claims)
        .map(volume -> volume.get("name").getAsString())
        .collect(Collectors.toSet());
  }

  @Override
  public String toString() {
    return values.isEmpty() ? "no values" : values;
  }
}
