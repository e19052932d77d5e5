package dev.unmask.client.evaluation.progress;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.unmask.client.evaluation.report.Samples;
import dev.unmask.client.evaluation.result.Result;
import dev.unmask.client.evaluation.run.Ticker;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LineProgressTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final AtomicLong nanos = new AtomicLong();
  private final LineProgress progress =
      new LineProgress(new PrintStream(out, true, UTF_8), 100, new SetTicker(nanos));

  @Test
  void done_soonAfterTheLastLine_isQuiet() {
    progress.begins("gsm8k, mini");
    progress.done(Samples.answer("a", true, 0));
    assertThat(out.toString(UTF_8)).isEqualTo("gsm8k, mini · 0/100\n");
  }

  @Test
  void done_aWhileLater_tellsHowLongTheRestTakes() {
    progress.begins("gsm8k, mini");
    progress.skipped(40);
    progress.refused("wino", "no corpus", 20);
    nanos.set(Duration.ofSeconds(60).toNanos());
    progress.done(Samples.answer("a", true, 0));
    assertThat(out.toString(UTF_8))
        .contains("40 answered earlier\n", "wino is refused: no corpus\n")
        .endsWith("gsm8k, mini · 61/100 · 100.0 % right · 39:00 min left\n");
  }

  @Test
  void done_failed_tellsWhyAtOnce() {
    progress.done(new Result.Failed("q7", 5, "unavailable: gone"));
    assertThat(out.toString(UTF_8)).isEqualTo("q7 failed: unavailable: gone\n");
  }

  @Test
  void done_lastOne_isTold() {
    progress.begins("gsm8k, mini");
    progress.skipped(99);
    progress.done(Samples.answer("a", false, 0));
    assertThat(out.toString(UTF_8)).endsWith("gsm8k, mini · 100/100 · 0.0 % right\n");
  }

  private record SetTicker(AtomicLong nanos) implements Ticker {
    @Override
    public Instant now() {
      return Instant.EPOCH;
    }

    @Override
    public long nanoTime() {
      return nanos.get();
    }

    @Override
    public void sleep(Duration pause) {}
  }
}
