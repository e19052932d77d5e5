package dev.unmask.worker.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Requests come and go; what they took comes back. */
@EnabledOnOs(OS.LINUX)
class NativeMemoryTest {
  private static final int PROMPT = 448;
  private static final int GENERATION = 64;
  private static final int REQUESTS = 150;

  /** A leaked state weighs 1 MiB a request here, a leaked hidden state 16 KiB a step. */
  private static final long SLACK_BYTES = 24L << 20;

  @Test
  void manyRequests_allClosed_leaveMemoryFlat() {
    try (var engine = TinyModels.load(TinyModels.LLADA)) {
      serve(engine, REQUESTS / 3);
      long before = residentBytes();
      serve(engine, REQUESTS);
      assertThat(residentBytes() - before).isLessThan(SLACK_BYTES);
    }
  }

  private static void serve(TorchEngine engine, int requests) {
    int[] canvas = new int[PROMPT + GENERATION];
    Arrays.fill(canvas, PROMPT, canvas.length, engine.traits().maskToken());
    int[] block = Steps.range(PROMPT, PROMPT + GENERATION);
    for (int request = 0; request < requests; request++) {
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

  private static long residentBytes() {
    try {
      var pages = List.of(Files.readString(Path.of("/proc/self/statm")).split(" ", -1));
      return Long.parseLong(pages.get(1)) * 4096;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
