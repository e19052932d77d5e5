package dev.unmask.worker.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Requests come and go; what they took comes back. */
@EnabledOnOs(OS.LINUX)
class NativeMemoryTest {
  private static final int PROMPT = 448;
  private static final int GENERATION = 64;
  private static final int ROUNDS = 8;
  private static final int REQUESTS = 25;

  /** A leaked state weighs 1 MiB a request here, a leaked hidden state 16 KiB a step. */
  private static final long SLACK_BYTES = 256 << 10;

  @Test
  void manyRequests_allClosed_leaveMemoryFlat() {
    try (var engine = TinyModels.load(TinyModels.LLADA)) {
      assertThat(ResidentMemory.leastGrowth(ROUNDS, () -> serve(engine))).isLessThan(SLACK_BYTES);
    }
  }

  private static void serve(TorchEngine engine) {
    int[] canvas = new int[PROMPT + GENERATION];
    Arrays.fill(canvas, PROMPT, canvas.length, engine.traits().maskToken());
    int[] block = Steps.range(PROMPT, PROMPT + GENERATION);
    for (int request = 0; request < REQUESTS; request++) {
      try (var first = engine.open(PROMPT, GENERATION);
          var second = engine.open(PROMPT, GENERATION)) {
        first.step(Steps.refresh(canvas, block));
        try (var forward = first.export(canvas.length)) {
          second.restore(forward);
        }
        second.step(Steps.refresh(canvas, block));
        for (int step = 1; step < 4; step++) {
          second.step(Steps.rows(step, canvas, block, block));
        }
      }
    }
  }
}
