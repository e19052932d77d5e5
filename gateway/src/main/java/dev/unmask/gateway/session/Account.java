package dev.unmask.gateway.session;

import com.google.protobuf.Duration;
import com.google.protobuf.util.Durations;
import dev.unmask.generation.v1.GenerateResponse;
import dev.unmask.type.v1.Opened;
import dev.unmask.type.v1.StepDelta;
import dev.unmask.type.v1.Usage;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * What a request took over all its workers. Of one that was never opened anew a worker knows it
 * all. Otherwise steps, rows and tokens a step are summed over what was told, times count from the
 * first worker on, and the rest is the last worker's word: steps that a lost worker made and did
 * not tell are in no sum. Not thread-safe.
 */
final class Account {
  private final LongSupplier nanoTime;
  private final long start;
  private Opened opened = Opened.getDefaultInstance();
  private Optional<Duration> firstBlock = Optional.empty();
  private int reopened;
  private int steps;
  private int commits;
  private long rows;

  /** Nothing yet. */
  Account(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.start = nanoTime.getAsLong();
  }

  /** The request was opened anew. */
  void reopened() {
    reopened++;
  }

  /** Adds what is told; the last event comes back with the sums. */
  GenerateResponse add(GenerateResponse event) {
    switch (event.getEventCase()) {
      case OPENED -> opened = event.getOpened();
      case DELTA -> add(event.getDelta());
      case COMMITTED -> firstBlock = firstBlock.or(() -> Optional.of(sinceStart()));
      case CLOSED -> {
        if (reopened > 0) {
          return summed(event);
        }
      }
      case EVENT_NOT_SET -> {
        // Nothing was told.
      }
    }
    return event;
  }

  private void add(StepDelta delta) {
    steps++;
    commits += delta.getCommitsCount();
    rows += delta.getRowsComputed();
  }

  private GenerateResponse summed(GenerateResponse event) {
    var closed = event.getClosed();
    return event.toBuilder()
        .setClosed(closed.toBuilder().setUsage(summed(closed.getUsage())))
        .build();
  }

  private Usage summed(Usage last) {
    long canvas = (long) opened.getPromptTokens() + opened.getGenerationLength();
    var usage =
        last.toBuilder()
            .setReopened(reopened)
            .setSteps(steps)
            .setTokensPerStep(steps == 0 ? 0 : (double) commits / steps)
            .setRowsComputed(rows)
            .setRowsUncached(steps * canvas)
            .setDuration(sinceStart());
    firstBlock.ifPresent(usage::setTimeToFirstBlock);
    return usage.build();
  }

  private Duration sinceStart() {
    return Durations.fromNanos(nanoTime.getAsLong() - start);
  }
}
