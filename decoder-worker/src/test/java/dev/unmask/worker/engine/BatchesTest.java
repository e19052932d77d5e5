package dev.unmask.worker.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.unmask.worker.engine.host.StoredForward;
import dev.unmask.worker.rows.Mechanism;
import dev.unmask.worker.rows.Predictions;
import dev.unmask.worker.rows.Step;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Who fails when something fails in a forward that several share. */
class BatchesTest {
  private static final int PROMPT = 6;
  private static final int GENERATION = 8;
  private static final int[] BLOCK = Steps.range(PROMPT, PROMPT + 4);

  private static TorchEngine engine;

  @BeforeAll
  static void load() {
    engine = TinyModels.load(TinyModels.LLADA);
  }

  @AfterAll
  static void close() {
    engine.close();
  }

  @Test
  void run_oneStepAttendsToWhatIsNotStored_failsAlone() {
    try (var good = open();
        var bad = open()) {
      var outcomes =
          engine.run(List.of(new Turn(bad, block(canvas())), new Turn(good, refresh(canvas()))));
      assertThat(failure(outcomes.get(0))).hasMessageContaining("not stored");
      assertSame(outcomes.get(1), alone(canvas()));
    }
  }

  @Test
  void run_oneTokenIsNotInTheVocabulary_failsAlone() {
    int[] beyond = canvas();
    beyond[2] = engine.shape().vocabulary();
    try (var first = open();
        var bad = open();
        var last = open()) {
      var outcomes =
          engine.run(
              List.of(
                  new Turn(first, refresh(canvas())),
                  new Turn(bad, refresh(beyond)),
                  new Turn(last, refresh(canvas()))));
      assertThat(failure(outcomes.get(1))).isNotNull();
      assertSame(outcomes.get(0), alone(canvas()));
      assertSame(outcomes.get(2), alone(canvas()));
      assertSame(engine.run(List.of(new Turn(first, block(canvas())))).getFirst(), alone(canvas()));
    }
  }

  @Test
  void run_forwardFailed_makesNoStepAgainThatLooksBack() {
    int[] beyond = canvas();
    beyond[2] = engine.shape().vocabulary();
    try (var bad = open();
        var looksBack = open();
        var good = open()) {
      looksBack.step(Steps.with(refresh(canvas()), layers(true)));
      var again = Steps.with(refresh(canvas()), layers(false));
      var outcomes =
          engine.run(
              List.of(
                  new Turn(bad, refresh(beyond)),
                  new Turn(looksBack, again),
                  new Turn(good, refresh(canvas()))));
      assertThat(failure(outcomes.get(1))).isNotNull();
      assertSame(outcomes.get(2), alone(canvas()));
    }
  }

  private static Mechanism layers(boolean all) {
    var moved = all ? OptionalInt.empty() : OptionalInt.of(2);
    return new Mechanism.LayerRefresh(PROMPT, all, all, moved);
  }

  @Test
  void run_oneRequestsStateIsNotNumbers_failsAlone() {
    try (var good = open();
        var bad = open()) {
      bad.restore(nowhere());
      var outcomes =
          engine.run(List.of(new Turn(bad, refresh(canvas())), new Turn(good, refresh(canvas()))));
      assertThat(failure(outcomes.get(0))).hasMessageContaining("no number");
      assertSame(outcomes.get(1), alone(canvas()));
    }
  }

  /** A stored forward of which not one element is a number. */
  private static StoredForward nowhere() {
    var forward = StoredForward.allocate(engine.pageLayout(), PROMPT + GENERATION, GENERATION);
    for (int layer = 0; layer < forward.layout().layers(); layer++) {
      fill(forward.layer(layer).asFloatBuffer());
    }
    fill(forward.predictions().asFloatBuffer());
    return forward;
  }

  private static void fill(FloatBuffer floats) {
    while (floats.hasRemaining()) {
      floats.put(Float.NaN);
    }
  }

  private static ModelState open() {
    return engine.open(PROMPT, GENERATION);
  }

  private static int[] canvas() {
    int[] canvas = Steps.range(3, 3 + PROMPT + GENERATION);
    Arrays.fill(canvas, PROMPT, canvas.length, engine.traits().maskToken());
    return canvas;
  }

  private static Step refresh(int[] canvas) {
    return Steps.refresh(canvas, BLOCK);
  }

  private static Step block(int[] canvas) {
    return Steps.rows(1, canvas, BLOCK, BLOCK);
  }

  private static Predictions alone(int[] canvas) {
    try (var state = open()) {
      return state.step(refresh(canvas));
    }
  }

  private static RuntimeException failure(TurnOutcome outcome) {
    assertThat(outcome).isInstanceOf(TurnOutcome.Failed.class);
    return ((TurnOutcome.Failed) outcome).cause();
  }

  private static void assertSame(TurnOutcome outcome, Predictions expected) {
    assertThat(outcome).isInstanceOf(TurnOutcome.Predicted.class);
    var predictions = ((TurnOutcome.Predicted) outcome).predictions();
    assertThat(predictions.tokens()).isEqualTo(expected.tokens());
    for (int i = 0; i < expected.confidences().length; i++) {
      assertThat(predictions.confidences()[i]).isCloseTo(expected.confidences()[i], within(1e-5f));
    }
  }
}
