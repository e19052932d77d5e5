package dev.unmask.bench.simulation.model;

import dev.unmask.worker.rows.Step;
import java.util.Arrays;
import java.util.BitSet;

/** What a device sees of a canvas over its steps, and what must not happen to it meanwhile. */
final class Witness {
  private static final int UNSEEN = -1;

  private final int mask;
  private final int[] tokens;
  private final BitSet scored = new BitSet();

  Witness(int mask, int positions) {
    this.mask = mask;
    tokens = new int[positions];
    Arrays.fill(tokens, UNSEEN);
  }

  /** Looks at a step's rows before it is made. */
  void saw(Step step, int shift, boolean revokes) {
    for (int i = 0; i < step.rows().length; i++) {
      int position = step.rows()[i];
      int before = tokens[position];
      int now = step.tokens()[i];
      if (before == mask && now != mask && !scored.get(position)) {
        throw new BrokenInvariant("I3", "position " + position + " was no scored row");
      }
      if (before != UNSEEN && before != mask && now != before && !revokes) {
        throw new BrokenInvariant("I1", "position " + position + " changed");
      }
      tokens[position] = now;
      if (now == mask) {
        scored.clear(position);
      }
    }
    Arrays.stream(step.scored()).map(row -> row + shift).forEach(scored::set);
  }
}
