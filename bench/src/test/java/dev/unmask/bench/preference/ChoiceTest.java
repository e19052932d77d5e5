package dev.unmask.bench.preference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unmask.contract.rules.RequestRules;
import dev.unmask.type.v1.DecodingSpec;
import dev.unmask.type.v1.Model;
import dev.unmask.type.v1.ModelFamily;
import dev.unmask.type.v1.ModelIdentity;
import dev.unmask.type.v1.Preference;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ChoiceTest {
  @Test
  void of_methodsThatCostLessAndLoseMore_givesEachPreferenceWhatItMayLose() {
    var best = measured("best", 96, 900);
    var oneLess = measured("one less", 95, 800);
    var twoLess = measured("two less", 94, 700);
    var threeLess = measured("three less", 93, 600);
    var tenLess = measured("ten less", 86, 500);
    var elevenLess = measured("eleven less", 85, 400);
    var chosen = Choice.of(List.of(elevenLess, tenLess, threeLess, twoLess, oneLess, best));
    assertThat(chosen)
        .containsEntry(Preference.PREFERENCE_QUALITY, oneLess)
        .containsEntry(Preference.PREFERENCE_BALANCED, threeLess)
        .containsEntry(Preference.PREFERENCE_LATENCY, tenLess)
        .hasSize(3);
  }

  @Test
  void of_equalRows_takesFewerStepsThenTheFirst() {
    var first = measured("first", 5, 500, 100);
    var second = measured("second", 4, 500, 100);
    var third = measured("third", 4, 500, 100);
    assertThat(Choice.of(List.of(first, second, third)).values()).containsOnly(second);
  }

  @Test
  void of_timesThatDifferByATenth_takesFewerRows() {
    var soon = measured("soon", 4, 500, 100);
    var nearly = measured("nearly", 9, 400, 110);
    var late = measured("late", 9, 300, 111);
    assertThat(Choice.of(List.of(soon, nearly, late)).values()).containsOnly(nearly);
  }

  @Test
  void of_oneMethod_isEverybodys() {
    var only = measured("only", 1, 1);
    assertThat(Choice.of(List.of(only)).values()).hasSize(3).containsOnly(only);
  }

  @Test
  void candidates_areMethodsOfTheirModelsWithNamesOfTheirOwn() {
    assertFit(Candidate.ofFullAttention(), ModelFamily.MODEL_FAMILY_LLADA, 0);
    assertFit(Candidate.ofFullAttention(), ModelFamily.MODEL_FAMILY_DREAM, 0);
    assertFit(Candidate.ofBlockCausal(), ModelFamily.MODEL_FAMILY_FAST_DLLM_V2, 32);
  }

  private static void assertFit(List<Candidate> candidates, ModelFamily family, int block) {
    var rules =
        RequestRules.of(
            Model.newBuilder()
                .setIdentity(ModelIdentity.newBuilder().setFamily(family))
                .setContextLength(2048)
                .setBlockLength(block)
                .build());
    assertThat(candidates)
        .allSatisfy(candidate ->
            assertThat(rules.violations(candidate.spec())).as(candidate.name()).isEmpty());
    assertThat(candidates.stream().map(Candidate::name).collect(Collectors.toSet()))
        .hasSameSizeAs(candidates);
  }

  /** One that costs alike in rows and time. */
  private static Measured measured(String name, int right, double rows) {
    return new Measured(candidate(name), 100, right, rows / 100, rows, rows);
  }

  /** One that answers well. */
  private static Measured measured(String name, double steps, double rows, double nanos) {
    return new Measured(candidate(name), 100, 90, steps, rows, nanos);
  }

  private static Candidate candidate(String name) {
    return new Candidate(name, DecodingSpec.getDefaultInstance());
  }
}
