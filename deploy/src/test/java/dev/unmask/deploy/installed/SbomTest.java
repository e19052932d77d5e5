package dev.unmask.deploy.installed;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an installation says of its own jars. */
class SbomTest {
  private static final String CLASSIFIER = "classifier=";

  @TempDir private Path logs;
  private Path folder;
  private List<JsonNode> components;

  @BeforeEach
  void read() throws IOException {
    folder = Installation.built(logs).folder();
    var bom = new ObjectMapper().readTree(folder.resolve("sbom.cdx.json").toFile());
    assertThat(bom.path("bomFormat").asText()).isEqualTo("CycloneDX");
    components = StreamSupport.stream(bom.required("components").spliterator(), false).toList();
  }

  @Test
  void components_areTheJarsThatAreThere() throws IOException {
    try (var files = Files.list(folder.resolve("lib"))) {
      var jars =
          files
              .map(file -> file.getFileName().toString())
              .filter(name -> name.endsWith(".jar"))
              .toList();
      assertThat(components)
          .extracting(SbomTest::jar)
          .containsExactlyInAnyOrderElementsOf(jars)
          .hasSizeGreaterThan(50);
    }
  }

  @Test
  void components_ofOthers_haveAChecksumAndAnAddress() {
    assertThat(components)
        .filteredOn(component -> !component.path("group").asText().equals("dev.unmask"))
        .allSatisfy(component -> {
          assertThat(component.path("hashes")).as(jar(component)).isNotEmpty();
          assertThat(component.path("purl").asText()).startsWith("pkg:maven/");
        });
  }

  @Test
  void versions_areReleasesAndOneOfAKind() {
    assertThat(components)
        .filteredOn(component -> component.path("version").asText().endsWith("-SNAPSHOT"))
        .extracting(component -> component.path("group").asText())
        .containsOnly("dev.unmask");
    assertThat(versions("io.grpc", Set.of())).hasSize(1);
    assertThat(versions("io.netty", Set.of("netty-tcnative"))).hasSize(1);
    assertThat(versions("com.fasterxml.jackson.core", Set.of("jackson-annotations"))).hasSize(1);
  }

  private Set<String> versions(String group, Set<String> but) {
    return components.stream()
        .filter(component -> component.path("group").asText().equals(group))
        .filter(component -> but.stream().noneMatch(component.path("name").asText()::startsWith))
        .map(component -> component.path("version").asText())
        .collect(Collectors.toSet());
  }

  /** The name of a component's file: of several kinds of one jar, its purl says which. */
  private static String jar(JsonNode component) {
    var purl = component.path("purl").asText();
    int at = purl.indexOf(CLASSIFIER);
    var kind = at < 0 ? "" : "-" + purl.substring(at + CLASSIFIER.length()).replaceFirst("&.*", "");
    return component.path("name").asText()
        + "-"
        + component.path("version").asText()
        + kind
        + ".jar";
  }
}
