package dev.unmask.worker.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unmask.type.v1.DecodingSpec;
import dev.unmask.worker.caching.CachePolicy;
import dev.unmask.worker.method.Compatibility;
import dev.unmask.worker.scoring.Confidence;
import dev.unmask.worker.unmask.UnmaskPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** That the contract, the code and docs/methods.md name the same methods. */
class MethodsDocumentTest {
  private static final Path DOCUMENT = Path.of("../docs/methods.md");
  private static final Pattern ROW = Pattern.compile("^\\| `(\\w+)` \\|", Pattern.MULTILINE);

  @Test
  void unmaskPolicies_contractCodeAndDocument_areTheSame() throws IOException {
    var expected = permitted(UnmaskPolicy.class);

    assertThat(cases("unmask")).containsExactlyInAnyOrderElementsOf(expected);
    assertThat(rows("Unmask policies")).containsExactlyInAnyOrderElementsOf(expected);
  }

  @Test
  void cachePolicies_contractCodeAndDocument_areTheSame() throws IOException {
    var expected = permitted(CachePolicy.class);

    assertThat(cases("cache")).containsExactlyInAnyOrderElementsOf(expected);
    assertThat(rows("Cache policies")).containsExactlyInAnyOrderElementsOf(expected);
  }

  @Test
  void confidences_contractCodeAndDocument_areTheSame() throws IOException {
    var expected = Stream.of(Confidence.values()).map(Enum::name).toList();

    assertThat(values(dev.unmask.type.v1.Confidence.getDescriptor().getName()))
        .containsExactlyInAnyOrderElementsOf(expected);
    assertThat(rows("Confidences")).containsExactlyInAnyOrderElementsOf(expected);
  }

  @Test
  void compatibilities_contractAndCode_areTheSame() {
    assertThat(values(dev.unmask.type.v1.Compatibility.getDescriptor().getName()))
        .containsExactlyInAnyOrderElementsOf(
            Stream.of(Compatibility.values()).map(Enum::name).toList());
  }

  private static List<String> permitted(Class<?> sealed) {
    return Stream.of(sealed.getPermittedSubclasses()).map(Class::getSimpleName).toList();
  }

  private static List<String> cases(String oneof) {
    return DecodingSpec.getDescriptor().getOneofs().stream()
        .filter(o -> o.getName().equals(oneof))
        .flatMap(o -> o.getFields().stream())
        .map(field -> field.getMessageType().getName())
        .toList();
  }

  /** Names of an enum of the contract without its prefix, but for the unspecified one. */
  private static List<String> values(String name) {
    String prefix = name.toUpperCase(Locale.ROOT) + "_";
    return DecodingSpec.getDescriptor().getFile().findEnumTypeByName(name).getValues().stream()
        .filter(value -> value.getNumber() != 0)
        .map(value -> value.getName().substring(prefix.length()))
        .toList();
  }

  private static List<String> rows(String heading) throws IOException {
    String document = Files.readString(DOCUMENT) + "\n## ";
    int start = document.indexOf("## " + heading + "\n");
    String section = document.substring(start, document.indexOf("\n## ", start));
    return ROW.matcher(section).results().map(match -> match.group(1)).toList();
  }
}
