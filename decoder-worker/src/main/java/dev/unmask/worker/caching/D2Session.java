package dev.unmask.worker.caching;

import dev.unmask.worker.caching.session.CacheSession;
import dev.unmask.worker.caching.session.Observation;
import dev.unmask.worker.caching.session.Shape;
import dev.unmask.worker.canvas.Block;
import dev.unmask.worker.rows.Mechanism;
import dev.unmask.worker.rows.RowPlan;
import dev.unmask.worker.scoring.CertaintyPrior;
import java.util.BitSet;

/**
 * What d2Cache knows of a request: how sure each generated position was, and the positions the next
 * step computes.
 */
final class D2Session implements CacheSession {
  private final D2Cache policy;
  private final Shape shape;
  private final CertaintyPrior density;
  private final float[] confidences;
  private final BitSet query = new BitSet();
  private boolean opened;

  D2Session(D2Cache policy, Shape shape) {
    this.policy = policy;
    this.shape = shape;
    density = new CertaintyPrior(policy.sigma(), shape.generationLength());
    confidences = new float[shape.generationLength()];
  }

  @Override
  public RowPlan plan(Block block) {
    var mechanism = new Mechanism.Overwrite(true);
    if (!opened) {
      return RowPlan.all(shape.length(), mechanism, RowPlan.Scope.COMPUTED);
    }
    var scope =
        switch (policy.mode()) {
          case COMPATIBLE -> RowPlan.Scope.ELIGIBLE;
          case PAPER -> RowPlan.Scope.COMPUTED;
        };
    return new RowPlan(query.stream().toArray(), mechanism, false, scope);
  }

  @Override
  public void observe(RowPlan plan, Observation seen) {
    remember(seen.confidences());
    var masks = new D2Masks(policy, shape).select(weighted(seen.known()), seen);
    query.clear();
    masks.stream()
        .map(position -> position - shape.predictionShift())
        .filter(position -> position >= 0)
        .forEach(position -> query.set(shape.promptLength() + position));
    for (int position : seen.committed()) {
      query.set(position);
    }
    new RolloutShare(policy).addTo(query, seen.importance(), shape.length());
    speakForTheFirst(masks.get(0));
    inflate();
  }

  /** The published code never takes later confidences. */
  private void remember(float[] seen) {
    for (int i = 0; i < seen.length; i++) {
      boolean later = policy.mode() == D2Cache.Mode.PAPER && seen[i] > Float.NEGATIVE_INFINITY;
      if (!opened || later) {
        confidences[i] = seen[i];
      }
    }
    opened = true;
  }

  private float[] weighted(boolean[] known) {
    float[] scores = new float[confidences.length];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = confidences[i] * density.density(known, i);
    }
    return scores;
  }

  /** The last prompt position speaks for the first generated one, where predictions are shifted. */
  private void speakForTheFirst(boolean selected) {
    if (shape.predictionShift() == 0) {
      return;
    }
    int speaker = shape.promptLength() - shape.predictionShift();
    if (selected || policy.mode() == D2Cache.Mode.COMPATIBLE) {
      query.set(speaker, selected);
    }
  }

  private void inflate() {
    int last = query.nextSetBit(0);
    for (int next = last; next >= 0; next = query.nextSetBit(next + 1)) {
      if (next - last <= policy.inflateW()) {
        query.set(last, next);
      }
      last = next;
    }
  }
}
