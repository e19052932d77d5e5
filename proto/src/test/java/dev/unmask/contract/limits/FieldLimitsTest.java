package dev.unmask.contract.limits;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.TextFormat.ParseException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FieldLimitsTest {
  private static final Path CONTRACT = Path.of("src", "main", "java", "dev", "unmask", "contract");
  private static final Pattern NAMED = Pattern.compile("Limits\\.([A-Z_]+)");

  /** Bounds what is told of fields, and none of them. */
  private static final Set<String> OF_ANSWERS = Set.of("VIOLATION_BYTES");

  static List<FieldLimit> fields() {
    return FieldLimits.ALL;
  }

  @ParameterizedTest
  @MethodSource("fields")
  void field_atAndBeyondItsBound_isRefusedBeyondOnlyAndSaysSo(FieldLimit limit)
      throws ParseException {
    assertThat(limit.at()).as("at %s", limit.bound()).isEmpty();
    assertThat(limit.beyond())
        .singleElement()
        .satisfies(broken -> assertThat(broken.description()).contains(limit.bound()));
  }

  @Test
  void constants_ofTheRules_eachBoundAFieldOfTheTable() throws IOException {
    var named = new TreeSet<String>();
    for (var folder : List.of("rules", "combination", "preference")) {
      try (var files = Files.list(CONTRACT.resolve(folder))) {
        for (var file : files.toList()) {
          NAMED.matcher(Files.readString(file)).results().forEach(r -> named.add(r.group(1)));
        }
      }
    }
    named.removeAll(OF_ANSWERS);
    assertThat(FieldLimits.ALL).extracting(FieldLimit::constant).containsAll(named);
  }
}
