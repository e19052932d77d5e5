package dev.unmask.bench.speed;

import dev.unmask.worker.engine.RequestState;
import dev.unmask.worker.engine.TorchEngine;
import dev.unmask.worker.engine.Turn;
import dev.unmask.worker.engine.TurnOutcome;
import dev.unmask.worker.method.Method;
import dev.unmask.worker.rows.Step;
import dev.unmask.worker.rows.Wanted;
import dev.unmask.worker.sampling.Sampling;
import dev.unmask.worker.scoring.Confidence;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** Times of forwards that several requests share, until their picks are on the host. */
final class DeviceBatches {
  private static final int BLOCK = 32;
  private static final int KEYS = 1024;
  private static final Wanted GREEDY = Wanted.of(Confidence.MAX_PROBABILITY, Sampling.GREEDY);

  private final TorchEngine engine;
  private final Findings findings;

  DeviceBatches(TorchEngine engine, Findings findings) {
    this.engine = engine;
    this.findings = findings;
  }

  void measure() {
    for (int requests : new int[] {1, 2, 4, 8, 16, 32, 64}) {
      blocks(requests);
    }
    for (int positions : new int[] {512, KEYS, 2 * KEYS}) {
      refresh(positions);
    }
    drawn();
  }

  /** A block of each of some requests. */
  private void blocks(int requests) {
    var states = IntStream.range(0, requests).mapToObj(_ -> refreshed(KEYS)).toList();
    var step = rows(KEYS, IntStream.range(KEYS - BLOCK, KEYS).toArray(), GREEDY);
    findings.note("block_of_%d_requests".formatted(requests), time(states, step));
    states.forEach(RequestState::close);
  }

  private void refresh(int positions) {
    try (var state = refreshed(positions)) {
      var all = rows(positions, IntStream.range(0, positions).toArray(), GREEDY);
      findings.note("refresh_of_" + positions, time(List.of(state), all));
    }
  }

  private void drawn() {
    var sampling = new Sampling(0.8, 0.95, 50, 7);
    try (var state = refreshed(KEYS)) {
      int[] block = IntStream.range(KEYS - BLOCK, KEYS).toArray();
      var step = rows(KEYS, block, Wanted.of(Confidence.MAX_PROBABILITY, sampling));
      findings.note("block_of_1_requests_drawn", time(List.of(state), step));
    }
  }

  private Timing time(List<RequestState> states, Step step) {
    var turns = states.stream().map(state -> new Turn(state, step)).toList();
    return Timing.of(() -> engine.run(turns).forEach(DeviceBatches::require));
  }

  private static void require(TurnOutcome outcome) {
    if (outcome instanceof TurnOutcome.Failed(var cause)) {
      throw cause;
    }
  }

  private RequestState refreshed(int positions) {
    var state = engine.open(positions - BLOCK, Method.standard(BLOCK));
    state.step(rows(0, positions, IntStream.range(0, positions).toArray(), GREEDY));
    return state;
  }

  private Step rows(int positions, int[] rows, Wanted wanted) {
    return rows(1, positions, rows, wanted);
  }

  /** A step that scores the last 32 of its rows. */
  private Step rows(int number, int positions, int[] rows, Wanted wanted) {
    int shift = number == 0 ? engine.traits().predictionShift() : 0;
    int[] tokens = new Random(positions).ints(rows.length, 0, 2000).toArray();
    int[] scored =
        IntStream.range(rows.length - BLOCK, rows.length).map(i -> rows[i] - shift).toArray();
    return Step.overwriting(number, rows, tokens, scored, wanted);
  }
}
