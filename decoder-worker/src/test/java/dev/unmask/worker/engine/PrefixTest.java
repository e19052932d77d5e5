package dev.unmask.worker.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import dev.unmask.worker.rows.Mechanism;
import dev.unmask.worker.rows.Predictions;
import dev.unmask.worker.rows.Step;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** First forwards that go on from another request's lower layers: sharing mode SHALLOW. */
class PrefixTest {
  private static final int PROMPT = 70;
  private static final int GENERATION = 26;
  private static final int POSITIONS = PROMPT + GENERATION;
  private static final int PREFIX = 64;

  private TorchEngine engine;

  @AfterEach
  void close() {
    engine.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {TinyModels.LLADA, TinyModels.DREAM})
  void lend_ownPrefix_equalsTheFullForward(String model) {
    engine = TinyModels.load(model);
    int[] canvas = canvas(1, 2);
    int layers = engine.pageLayout().layers();
    for (int depth = 1; depth <= layers; depth++) {
      try (var full = engine.open(PROMPT, GENERATION);
          var shallow = engine.open(PROMPT, GENERATION)) {
        full.watch(PREFIX, IntStream.range(1, layers).toArray());
        var computed = full.step(refresh(canvas));
        lend(full, depth, shallow);
        var found = shallow.step(refresh(canvas));
        assertSame(found, computed);
        assertThat(found.rowsComputed())
            .isEqualTo(Math.ceilDiv(POSITIONS * layers - PREFIX * depth, layers));
        assertSame(shallow.step(block(canvas)), full.step(block(canvas)));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {TinyModels.LLADA, TinyModels.DREAM})
  void lend_anothersPrefix_changesTheAnswerAndNoLaterRefresh(String model) {
    engine = TinyModels.load(model);
    int[] canvas = canvas(1, 2);
    try (var donor = donor(canvas(1, 3), 1);
        var full = engine.open(PROMPT, GENERATION);
        var shallow = engine.open(PROMPT, GENERATION)) {
      lend(donor, 1, shallow);
      var computed = full.step(refresh(canvas));
      assertThat(shallow.step(refresh(canvas)).confidences()).isNotEqualTo(computed.confidences());
      var later = shallow.step(refresh(canvas));
      assertSame(later, computed);
      assertThat(later.rowsComputed()).isEqualTo(POSITIONS);
    }
  }

  /**
   * Layer 0's keys and values are of tokens and positions alone, so its hidden states differ only.
   */
  @ParameterizedTest
  @ValueSource(strings = {TinyModels.LLADA, TinyModels.DREAM})
  void exportPrefix_otherSuffix_hasTheSameLowestLayer(String model) {
    engine = TinyModels.load(model);
    try (var one = donor(canvas(1, 2), 1);
        var other = donor(canvas(1, 3), 1);
        var first = one.exportPrefix(PREFIX, 1);
        var second = other.exportPrefix(PREFIX, 1)) {
      assertThat(first.layout().layers()).isEqualTo(1);
      for (int span = 0; span < PREFIX / 32; span++) {
        assertThat(first.page(0, span)).isEqualTo(second.page(0, span));
      }
      assertThat(first.predictions()).isNotEqualTo(second.predictions());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {TinyModels.LLADA, TinyModels.DREAM})
  void run_inCompany_answersAsAlone(String model) {
    engine = TinyModels.load(model);
    int[] canvas = canvas(1, 2);
    int[] other = canvas(7, 8);
    int layers = engine.pageLayout().layers();
    try (var donor = donor(canvas(1, 3), IntStream.range(1, layers).toArray());
        var deep = lent(donor, layers - 1);
        var flat = lent(donor, 1);
        var alone = lent(donor, 1);
        var watched = engine.open(PROMPT, GENERATION);
        var retaining = engine.open(PROMPT, GENERATION);
        var rolling = engine.open(PROMPT, GENERATION)) {
      watched.watch(PREFIX, 1);
      var rollout = Steps.with(refresh(other), new Mechanism.Overwrite(true));
      var retain =
          Steps.with(refresh(other), new Mechanism.Retain(PROMPT, POSITIONS, PREFIX / 2, 3));
      var outcomes =
          engine.run(
              List.of(
                  new Turn(deep, refresh(canvas)),
                  new Turn(rolling, rollout),
                  new Turn(watched, refresh(other)),
                  new Turn(donor, block(canvas(1, 3))),
                  new Turn(flat, refresh(canvas)),
                  new Turn(retaining, retain)));
      assertClose(predictions(outcomes.get(4)), alone.step(refresh(canvas)));
      var plain = alone(other);
      assertClose(predictions(outcomes.get(1)), plain);
      assertClose(predictions(outcomes.get(2)), plain);
      assertClose(predictions(outcomes.get(3)), alone(canvas(1, 3)));
      assertClose(predictions(outcomes.get(5)), plain);
      try (var again = donor(other, 1)) {
        assertSamePrefix(watched, again);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {TinyModels.LLADA, TinyModels.DREAM})
  void run_forwardFailedForAnother_isMadeAgain(String model) {
    engine = TinyModels.load(model);
    int[] canvas = canvas(1, 2);
    int[] beyond = canvas.clone();
    beyond[3] = engine.shape().vocabulary();
    try (var donor = donor(canvas(1, 3), 1);
        var shallow = lent(donor, 1);
        var alone = lent(donor, 1);
        var bad = engine.open(PROMPT, GENERATION)) {
      var outcomes =
          engine.run(List.of(new Turn(shallow, refresh(canvas)), new Turn(bad, refresh(beyond))));
      assertThat(outcomes.get(1)).isInstanceOf(TurnOutcome.Failed.class);
      assertClose(predictions(outcomes.get(0)), alone.step(refresh(canvas)));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {TinyModels.LLADA, TinyModels.DREAM})
  void export_afterALentPrefix_isRefused(String model) {
    engine = TinyModels.load(model);
    try (var donor = donor(canvas(1, 3), 1);
        var shallow = lent(donor, 1)) {
      shallow.watch(PREFIX, 1);
      shallow.step(refresh(canvas(1, 2)));
      assertThatIllegalStateException().isThrownBy(() -> shallow.export(0));
      assertThatIllegalStateException().isThrownBy(() -> shallow.exportPrefix(PREFIX, 1));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {TinyModels.LLADA, TinyModels.DREAM})
  void lend_whatDoesNotFit_isRefused(String model) {
    engine = TinyModels.load(model);
    try (var donor = donor(canvas(1, 3), 1);
        var prefix = donor.exportPrefix(PREFIX, 1);
        var forward = donor.export(POSITIONS);
        var tooShort = engine.open(PREFIX - 1, GENERATION);
        var begun = engine.open(PROMPT, GENERATION);
        var probing = lent(donor, 1)) {
      assertThatIllegalArgumentException().isThrownBy(() -> tooShort.lend(prefix));
      assertThatIllegalArgumentException().isThrownBy(() -> begun.lend(forward));
      assertThatIllegalArgumentException().isThrownBy(() -> begun.restore(prefix));
      begun.step(refresh(canvas(1, 2)));
      assertThatIllegalStateException().isThrownBy(() -> begun.lend(prefix));
      assertThatIllegalStateException().isThrownBy(() -> begun.exportPrefix(PREFIX, 1));
      var rollout = Steps.with(refresh(canvas(1, 2)), new Mechanism.Overwrite(true));
      assertThatIllegalArgumentException()
          .isThrownBy(() -> probing.step(rollout))
          .withMessageContaining("plain refresh");
    }
  }

  private ModelState donor(int[] canvas, int... depths) {
    var donor = engine.open(PROMPT, GENERATION);
    donor.watch(PREFIX, depths);
    donor.step(refresh(canvas));
    return donor;
  }

  private ModelState lent(ModelState donor, int depth) {
    var state = engine.open(PROMPT, GENERATION);
    lend(donor, depth, state);
    return state;
  }

  private static void lend(ModelState donor, int depth, ModelState state) {
    try (var prefix = donor.exportPrefix(PREFIX, depth)) {
      state.lend(prefix);
    }
  }

  private static void assertSamePrefix(ModelState actual, ModelState expected) {
    try (var one = actual.exportPrefix(PREFIX, 1);
        var other = expected.exportPrefix(PREFIX, 1)) {
      var states = one.predictions().asFloatBuffer();
      var wanted = other.predictions().asFloatBuffer();
      assertThat(states.remaining()).isEqualTo(wanted.remaining());
      while (states.hasRemaining()) {
        assertThat(states.get()).isCloseTo(wanted.get(), within(1e-4f));
      }
    }
  }

  private Predictions alone(int[] canvas) {
    try (var state = engine.open(PROMPT, GENERATION)) {
      return state.step(refresh(canvas));
    }
  }

  private static Predictions predictions(TurnOutcome outcome) {
    assertThat(outcome).isInstanceOf(TurnOutcome.Predicted.class);
    return ((TurnOutcome.Predicted) outcome).predictions();
  }

  /** A canvas whose shared and whose own tokens come from a seed each. */
  private int[] canvas(long shared, long own) {
    int mask = engine.traits().maskToken();
    var prefix = new Random(shared);
    var rest = new Random(own);
    int[] canvas = new int[POSITIONS];
    Arrays.setAll(
        canvas, i -> i >= PROMPT ? mask : i < PREFIX ? prefix.nextInt(mask) : rest.nextInt(mask));
    return canvas;
  }

  private Step refresh(int[] canvas) {
    return Steps.refresh(canvas, predicting());
  }

  private Step block(int[] canvas) {
    return Steps.rows(1, canvas, predicting(), predicting());
  }

  private int[] predicting() {
    int shift = engine.traits().predictionShift();
    return Steps.range(PROMPT - shift, POSITIONS - shift);
  }

  private static void assertClose(Predictions actual, Predictions expected) {
    assertThat(actual.tokens()).isEqualTo(expected.tokens());
    for (int i = 0; i < expected.confidences().length; i++) {
      assertThat(actual.confidences()[i]).isCloseTo(expected.confidences()[i], within(1e-5f));
    }
  }

  private static void assertSame(Predictions actual, Predictions expected) {
    assertThat(actual.tokens()).isEqualTo(expected.tokens());
    assertThat(actual.confidences()).isEqualTo(expected.confidences());
  }
}
