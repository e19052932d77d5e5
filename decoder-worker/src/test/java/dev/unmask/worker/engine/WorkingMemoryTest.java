package dev.unmask.worker.engine;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import dev.unmask.worker.engine.program.ComputeType;
import dev.unmask.worker.engine.program.TorchProgram;
import dev.unmask.worker.engine.program.WeightLoader;
import dev.unmask.worker.engine.program.WeightType;
import dev.unmask.worker.model.Checkpoint;
import org.junit.jupiter.api.Test;

class WorkingMemoryTest {
  private static final long BYTES = 1 << 20;

  @Test
  void reserve_bytes_takesThemUntilItsResultIsClosed() {
    try (var checkpoint = Checkpoint.open(TinyModels.folder(TinyModels.LLADA));
        var program =
            TorchProgram.load(checkpoint, Device.cpu(), ComputeType.FLOAT32, WeightType.FLOAT32)) {
      new WeightLoader(program, checkpoint).load(ComputeType.FLOAT32);
      try (var call = program.call("reserve")) {
        assertThat(call.number(BYTES).tensor().getShape().size()).isEqualTo(BYTES);
      }
    }
  }
}
