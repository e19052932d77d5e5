package dev.unmask.worker.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.unmask.worker.model.Checkpoint;
import dev.unmask.worker.rows.Mechanism;
import dev.unmask.worker.rows.Step;
import dev.unmask.worker.rows.Wanted;
import dev.unmask.worker.sampling.Sampling;
import dev.unmask.worker.scoring.Confidence;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The shipped block-causal checkpoint, held to the code it was trained with. */
class MiniBlockProbeTest {
  private static final Path MODEL = Path.of("../models/unmask-mini-block");
  private static final int BLOCK = 32;

  @Test
  void step_promptOfTheTrainingCode_predictsTheSame() throws IOException {
    var probe = new ObjectMapper().readTree(TinyModels.folder("mini-block-probe.json").toFile());
    int[] tokens = TinyModels.ints(probe.required("tokens"));
    int[] expected = TinyModels.ints(probe.required("argmax"));
    float[] shares = TinyModels.floats(probe.required("max_prob"));
    int[] rows = Steps.range(0, tokens.length);
    var step =
        new Step(
            0,
            rows,
            tokens,
            new Mechanism.BlockCausal(BLOCK),
            rows,
            new int[0],
            Wanted.of(Confidence.MAX_PROBABILITY, Sampling.GREEDY),
            Optional.empty());
    try (var checkpoint = Checkpoint.open(MODEL);
        var engine = TorchEngine.load(checkpoint, TinyModels.CPU);
        var state = engine.open(1, tokens.length - 1)) {
      assertThat(engine.traits().causalBlock()).hasValue(BLOCK);
      var predictions = state.step(step);
      assertThat(predictions.tokens()).isEqualTo(expected);
      for (int row : rows) {
        assertThat(predictions.confidences()[row]).isCloseTo(shares[row], within(1e-3f));
      }
    }
  }
}
