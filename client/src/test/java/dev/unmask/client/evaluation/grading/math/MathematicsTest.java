package dev.unmask.client.evaluation.grading.math;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class MathematicsTest {
  @ParameterizedTest
  @MethodSource("equal")
  void areEqual_sameMathematics_isTrueBothWays(Pair pair) {
    assertThat(Mathematics.areEqual(pair.a(), pair.b())).isTrue();
    assertThat(Mathematics.areEqual(pair.b(), pair.a())).isTrue();
  }

  @ParameterizedTest
  @MethodSource("unequal")
  void areEqual_otherMathematics_isFalseBothWays(Pair pair) {
    assertThat(Mathematics.areEqual(pair.a(), pair.b())).isFalse();
    assertThat(Mathematics.areEqual(pair.b(), pair.a())).isFalse();
  }

  @ParameterizedTest
  @MethodSource("equal")
  void areEqual_itself_isTrue(Pair pair) {
    assertThat(Mathematics.areEqual(pair.a(), pair.a())).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2^{2^{2^{2^{2^{2}}}}}",
        "9^{9^{9^{9}}}",
        "((((((((((999999999!)!)!)!)!)!)!)!)!)!)",
        "\\sin(10^{10^{10}})",
        "x^{1000000000000}",
        "1e999999999",
        "\\binom{999999999}{499999999}",
        "(1+x)^{(1+x)^{(1+x)^{(1+x)^{(1+x)}}}}"
      })
  void areEqual_hugeNumbers_endsSoon(String huge) {
    Assertions.assertTimeoutPreemptively(
        Duration.ofSeconds(20),
        () -> assertThat(Mathematics.areEqual(huge, "y^{" + huge + "}")).isFalse());
  }

  @ParameterizedTest
  @ValueSource(strings = {"(", "{", "\\frac", "\\sqrt{", "-", "|", "\\sin ", "x^", "1,"})
  void areEqual_endlessNesting_endsSoon(String piece) {
    Assertions.assertTimeoutPreemptively(
        Duration.ofSeconds(20),
        () -> assertThat(Mathematics.areEqual(piece.repeat(900 / piece.length()), "7")).isFalse());
  }

  @Test
  void areEqual_manyMembers_endsSoon() {
    var many = "x^2+\\sin x,".repeat(80) + "1";
    var others = "x^2+\\cos x,".repeat(80) + "1";

    Assertions.assertTimeoutPreemptively(
        Duration.ofSeconds(20), () -> assertThat(Mathematics.areEqual(many, others)).isFalse());
  }

  @Test
  void areEqual_veryLongText_isComparedAsText() {
    var text = "1+".repeat(5_000) + "1";

    assertThat(Mathematics.areEqual(text, text)).isTrue();
    assertThat(Mathematics.areEqual(text, "5001")).isFalse();
  }

  record Pair(String a, String b) {}

  private static List<Pair> equal() throws IOException {
    return pairs("equal.txt");
  }

  private static List<Pair> unequal() throws IOException {
    return pairs("unequal.txt");
  }

  private static List<Pair> pairs(String name) throws IOException {
    try (var text = MathematicsTest.class.getResourceAsStream(name)) {
      return new String(text.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .map(line -> line.split(" \\|\\| ?", 2))
          .map(sides -> new Pair(sides[0], sides[1]))
          .toList();
    }
  }
}
