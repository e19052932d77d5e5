package dev.unmask.worker.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.unmask.type.v1.Model;
import dev.unmask.worker.shallow.DepthFile;
import dev.unmask.worker.shallow.DepthTable;
import dev.unmask.worker.text.ChatTemplate.Turn;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is measured, on a document short enough for a test, and what follows from it. */
class DriftStudyTest {
  private static final int LAYERS = 8;
  private static final String DOCUMENT =
      "Staff of Foster and Sons.\n- Tina: driver, room 498, 39 years\n- James: clerk, room 490, 17"
          + " years\n- Flora: accountant, room 251, 24 years\n\nQuestion: What is the role of ";

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"unmask-mini-llada", "unmask-mini-dream"})
  void run_shortDocument_measuresEveryDepthAndLayer(String model) throws IOException {
    var done = new ArrayList<Integer>();
    var plan =
        new DriftPlan(
            List.of(question("Tina", "driver"), question("Flora", "accountant")),
            List.of(1., .5),
            32);
    var findings = DriftStudy.run(Path.of("../models", model), plan, done::add);

    assertThat(done).containsExactly(1, 2);
    assertThat(findings.shares()).containsExactly(.5, 1.);
    for (double share : findings.shares()) {
      var alone = findings.at(share, 0);
      assertThat(alone.questions()).isEqualTo(2);
      assertThat(alone.right()).isEqualTo(2);
      for (int depth = 1; depth <= LAYERS; depth++) {
        var found = findings.at(share, depth);
        double spared = found.shared() * depth / LAYERS;
        assertThat(found.firstRows())
            .isBetween(alone.firstRows() - spared, alone.firstRows() - spared + 1);
      }
    }
    assertThat(findings.documents()).singleElement().satisfies(one -> assertThat(one).hasSize(9));
    assertThat(findings.drift()).hasSize(LAYERS);
    assertThat(findings.drift().getFirst().keys().relative()).isZero();
    assertThat(findings.drift().getFirst().values().relative()).isZero();
    assertThat(findings.drift().getFirst().hidden().relative()).isPositive();
    assertThat(findings.drift().getLast().values().relative())
        .isGreaterThan(findings.drift().get(1).values().relative());

    DriftFile.write(folder, findings, "a test");
    byte[] weights = findings.model().getIdentity().getWeightsDigest().toByteArray();
    assertThat(DepthFile.read(folder, weights, LAYERS)).isEqualTo(findings.table());
    assertThat(folder).isDirectoryNotContaining("glob:**.part");
    assertThat(DriftReport.of(findings)).contains(model, "8 (all: naive)");
  }

  @Test
  void run_oneQuestionOfADocument_isRefused() {
    var plan = new DriftPlan(List.of(question("Tina", "driver")), DriftPlan.SHARES, 32);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DriftStudy.run(Path.of("../models/unmask-mini-llada"), plan, _ -> {}))
        .withMessageContaining("one question only");
  }

  @Test
  void run_blockCausalModel_isRefused() {
    var questions = List.of(question("Tina", "driver"), question("James", "clerk"));
    var plan = new DriftPlan(questions, DriftPlan.SHARES, 32);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DriftStudy.run(Path.of("../models/unmask-mini-block"), plan, _ -> {}))
        .withMessageContaining("drifts nowhere");
  }

  /** One question in a hundred may be lost; a depth behind one that loses more does not count. */
  @Test
  void table_firstDepthThatLosesMore_endsIt() {
    assertThat(table(90, 90, 89, 89, 88, 90)).isEqualTo(3);
    assertThat(table(90, 92, 93, 91, 90, 90)).isEqualTo(4);
    assertThat(table(90, 88, 90, 90, 90, 90)).isZero();
    assertThat(table(0, 0, 0, 0, 0, 0)).isEqualTo(4);
  }

  /** The depth that follows from right answers by depth, the last being all layers. */
  private static int table(int... right) {
    var trials =
        IntStream.range(0, right.length)
            .mapToObj(depth ->
                new Finding(1, depth, 100, right[depth], 0, 0, 0, Duration.ZERO, Duration.ZERO))
            .toList();
    var drift = IntStream.range(0, right.length - 1).mapToObj(LayerDrift::new).toList();
    var findings = new Findings(Model.getDefaultInstance(), 32, trials, List.of(), drift);
    assertThat(findings.table().bounds()).extracting(DepthTable.Bound::share).containsExactly(1.);
    return findings.table().bounds().getFirst().depth();
  }

  private static DriftQuestion question(String name, String answer) {
    return new DriftQuestion(
        "staff", List.of(new Turn("user", DOCUMENT + name + "?")), text -> text.endsWith(answer));
  }
}
