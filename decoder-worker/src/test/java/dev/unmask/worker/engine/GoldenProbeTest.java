package dev.unmask.worker.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.unmask.worker.engine.forward.CanvasMemory;
import dev.unmask.worker.engine.forward.CanvasSize;
import dev.unmask.worker.engine.forward.Forward;
import dev.unmask.worker.engine.forward.Room;
import dev.unmask.worker.engine.host.PageLayout;
import dev.unmask.worker.engine.host.StoredForward;
import dev.unmask.worker.rows.Mechanism;
import java.nio.ByteBuffer;
import org.assertj.core.data.Offset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One full forward against what the families' original code computed. */
class GoldenProbeTest {
  private static final Offset<Float> TOLERANCE = within(1e-4f);
  private static final int POSITIONS = 32;

  @ParameterizedTest
  @ValueSource(strings = {TinyModels.LLADA, TinyModels.DREAM})
  void forward_probePrompt_givesTheOriginalsLogits(String model) {
    var probe = TinyModels.probe(model);
    int[] canvas = TinyModels.ints(probe.get("input_ids"));
    int[] rows = Steps.range(0, POSITIONS);
    int[] wanted = TinyModels.ints(probe.get("logits_positions"));
    var size = new CanvasSize(POSITIONS / 2, POSITIONS / 2);
    try (var engine = TinyModels.load(model);
        var memory = new CanvasMemory(engine.program(), size, Room.of(POSITIONS, 0), 0);
        var forward = new Forward(engine.program());
        var logits = engine.program().call("logits")) {
      var step = Steps.with(Steps.refresh(canvas, rows), new Mechanism.Fresh());
      var place = forward.add(memory, step, wanted);
      forward.run();
      float[] actual = logits.value(forward.hidden(place)).tensor().toFloatArray();
      int vocabulary = engine.shape().vocabulary();
      for (int row = 0; row < wanted.length; row++) {
        float[] expected = TinyModels.floats(probe.get("logits").get(row));
        for (int token = 0; token < vocabulary; token++) {
          assertThat(actual[row * vocabulary + token])
              .as("row %d token %d", row, token)
              .isCloseTo(expected[token], TOLERANCE);
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {TinyModels.LLADA, TinyModels.DREAM})
  void step_probePrompt_predictsTheOriginalsTokens(String model) {
    var probe = TinyModels.probe(model);
    int[] canvas = TinyModels.ints(probe.get("input_ids"));
    int[] expectedTokens = TinyModels.ints(probe.get("argmax_all"));
    float[] expectedShares = TinyModels.floats(probe.get("maxprob_all"));
    try (var engine = TinyModels.load(model)) {
      int shift = engine.traits().predictionShift();
      int[] scored = Steps.range(0, POSITIONS - shift);
      try (var state = engine.open(shift, POSITIONS - shift)) {
        var predictions = state.step(Steps.refresh(canvas, scored));
        assertThat(predictions.rowsComputed()).isEqualTo(POSITIONS);
        for (int row : scored) {
          assertThat(predictions.tokens()[row]).isEqualTo(expectedTokens[row]);
          assertThat(predictions.confidences()[row]).isCloseTo(expectedShares[row], TOLERANCE);
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {TinyModels.LLADA, TinyModels.DREAM})
  void export_probePrompt_givesTheOriginalsKeysAndValues(String model) {
    var probe = TinyModels.probe(model);
    int[] canvas = TinyModels.ints(probe.get("input_ids"));
    try (var engine = TinyModels.load(model);
        var state = engine.open(POSITIONS / 2, POSITIONS / 2)) {
      state.step(
          Steps.refresh(canvas, new int[] {POSITIONS - 1 - engine.traits().predictionShift()}));
      try (var forward = state.export(POSITIONS)) {
        int[] positions = TinyModels.ints(probe.get("kv_positions"));
        for (var entry : probe.get("kv")) {
          check(forward, positions, entry);
        }
      }
    }
  }

  private static void check(StoredForward forward, int[] positions, JsonNode expected) {
    var page = forward.page(expected.get("layer").asInt(), 0);
    for (int i = 0; i < positions.length; i++) {
      check(forward.layout(), page, 0, positions[i], expected.get("k_roped").get(i));
      check(forward.layout(), page, 1, positions[i], expected.get("v").get(i));
    }
  }

  private static void check(
      PageLayout layout, ByteBuffer page, int part, int position, JsonNode expected) {
    int heads = layout.kvHeads();
    int size = layout.headSize();
    for (int head = 0; head < heads; head++) {
      for (int i = 0; i < size; i++) {
        int element = ((part * heads + head) * POSITIONS + position) * size + i;
        assertThat(page.getFloat(element * Float.BYTES))
            .isCloseTo(expected.get(head * size + i).floatValue(), TOLERANCE);
      }
    }
  }
}
