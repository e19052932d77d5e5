package dev.unmask.worker.decoding;

import dev.unmask.worker.method.Method;
import dev.unmask.worker.rows.Predictions;
import dev.unmask.worker.sampling.Noise;
import dev.unmask.worker.unmask.Hurry;
import dev.unmask.worker.unmask.Probe;
import dev.unmask.worker.unmask.Round;
import dev.unmask.worker.unmask.UnmaskPolicy;
import dev.unmask.worker.unmask.Wino;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Asks the unmask policy what a step's predictions change. */
final class Chooser {
  private static final int[] NONE = {};

  private final Method method;
  private final UnmaskPolicy policy;
  private final Scores scores;
  private final Progress progress;
  private final Optional<Divergences> divergences;
  private final Hurry hurry = new Hurry();

  Chooser(Method method, UnmaskPolicy policy, Scores scores, Progress progress) {
    this.method = method;
    this.policy = policy;
    this.scores = scores;
    this.progress = progress;
    divergences =
        policy.probe() instanceof Probe.Divergence(int history)
            ? Optional.of(new Divergences(method.generationLength(), history))
            : Optional.empty();
  }

  /**
   * What changes, without changing it.
   *
   * @param opening whether the step commits all of its candidates
   * @param left of the request, if its time is bounded
   */
  Choice choose(Plan plan, Predictions predictions, boolean opening, Optional<Hurry.Left> left) {
    var noise = new Noise(method.scoring().sampling().seed(), plan.step().number());
    float[] confidences = scores.confidences(predictions, plan.scored(), noise);
    divergences.ifPresent(d -> d.record(generated(plan.scored()), predictions.probed()));
    var round =
        plan.candidates().length == 0 || opening
            ? Optional.<Round>empty()
            : Optional.of(round(plan, confidences, predictions, noise));
    int[] own = round.map(this::own).orElseGet(() -> all(plan));
    int[] picks = round.flatMap(r -> left.map(time -> hurry.pick(r, own, time))).orElse(own);
    int hurried = picks.length - own.length;
    return new Choice(
        commits(plan, picks, predictions.tokens(), confidences),
        // What is taken back would have to be committed in time again.
        hurried > 0 ? NONE : revoked(plan, predictions, picks.length),
        hurried,
        spread(plan.scored(), confidences));
  }

  private static int[] all(Plan plan) {
    return IntStream.range(0, plan.candidates().length).toArray();
  }

  /** The policy's picks, as indices into the candidates. */
  private int[] own(Round round) {
    int[] picks = policy.pick(round);
    if (picks.length == 0 && !policy.waits(round)) {
      throw new IllegalStateException("broken: I2: every step commits");
    }
    return picks;
  }

  private Round round(Plan plan, float[] confidences, Predictions predictions, Noise noise) {
    int[] candidates = plan.candidates();
    int[] positions = Arrays.stream(candidates).map(i -> plan.scored()[i]).toArray();
    float[] own = new float[candidates.length];
    for (int i = 0; i < own.length; i++) {
      own[i] = confidences[candidates[i]];
    }
    return new Round(
        positions,
        scores.of(own, positions, progress.canvas()),
        probed(plan, predictions),
        plan.eligible().length,
        progress.blockStep(),
        progress.committed(),
        method.layout(),
        noise);
  }

  private float[][] probed(Plan plan, Predictions predictions) {
    float[][] probed = new float[plan.candidates().length][];
    for (int i = 0; i < probed.length; i++) {
      int index = plan.candidates()[i];
      probed[i] =
          switch (policy.probe()) {
            case Probe.None _ -> new float[0];
            case Probe.Entropy _ -> new float[] {predictions.probed()[index]};
            case Probe.Divergence _ ->
                divergences.orElseThrow().of(generated(plan.scored()[index]));
          };
    }
    return probed;
  }

  private static List<Commit> commits(Plan plan, int[] picks, int[] tokens, float[] confidences) {
    var commits = new ArrayList<Commit>();
    for (int pick : picks) {
      int index = plan.candidates()[pick];
      commits.add(new Commit(plan.scored()[index], tokens[index], confidences[index]));
    }
    return commits;
  }

  private int[] revoked(Plan plan, Predictions predictions, int committed) {
    if (!(policy instanceof Wino wino)) {
      return NONE;
    }
    int[] verified = plan.step().verified();
    return IntStream.of(wino.revoke(predictions.verified(), committed))
        .map(i -> verified[i])
        .toArray();
  }

  private float[] spread(int[] scored, float[] confidences) {
    float[] all = new float[method.generationLength()];
    Arrays.fill(all, Float.NEGATIVE_INFINITY);
    for (int i = 0; i < scored.length; i++) {
      all[generated(scored[i])] = confidences[i];
    }
    return all;
  }

  private int[] generated(int[] positions) {
    return Arrays.stream(positions).map(this::generated).toArray();
  }

  private int generated(int position) {
    return position - progress.canvas().promptLength();
  }
}
