package dev.unmask.worker.decoding;

import dev.unmask.worker.method.Method;
import dev.unmask.worker.method.ModelTraits;
import dev.unmask.worker.rows.Mechanism;
import dev.unmask.worker.rows.RowPlan;
import dev.unmask.worker.rows.Step;
import dev.unmask.worker.rows.Wanted;
import dev.unmask.worker.scoring.Confidence;
import dev.unmask.worker.unmask.Probe;
import java.util.Arrays;
import java.util.stream.IntStream;

/** Turns what a cache policy plans into a step: which rows speak, and what they are asked. */
final class Planner {
  private static final int[] NONE = {};

  private final ModelTraits traits;
  private final Method method;
  private final Behavior behavior;
  private final Caches caches;
  private final Progress progress;

  Planner(ModelTraits traits, Method method, Behavior behavior, Caches caches, Progress progress) {
    this.traits = traits;
    this.method = method;
    this.behavior = behavior;
    this.caches = caches;
    this.progress = progress;
  }

  /** The step with a number, as the cache policy wants it. */
  Plan plan(int number) {
    progress.shadowing().ifPresent(window -> window.step(progress.canvas()));
    int[] eligible = progress.eligible();
    return plan(number, eligible, rows(eligible));
  }

  /** The same step with more rows, and whatever these speak for. */
  Plan widen(Plan plan, int[] rows) {
    return plan(plan.step().number(), plan.eligible(), plan.rows().including(rows));
  }

  private Plan plan(int number, int[] eligible, RowPlan rows) {
    var canvas = progress.canvas();
    int[] wanted = openers(eligible, rows.scope());
    int[] scored = spoken(rows, scope(rows) == RowPlan.Scope.COMPUTED ? progress.masks() : wanted);
    int[] candidates =
        IntStream.range(0, scored.length)
            .filter(i -> Arrays.binarySearch(wanted, scored[i]) >= 0)
            .toArray();
    var step =
        new Step(
            number,
            rows.rows(),
            canvas.tokens(rows.rows()),
            rows.mechanism(),
            speakers(scored),
            progress.shadowing().map(window -> window.known(canvas)).orElse(NONE),
            wanted(opening(rows.scope())),
            caches.unconditional(progress.block()).map(RowPlan::mechanism));
    return new Plan(step, rows, eligible, scored, candidates);
  }

  /** Of the masks that could be committed, those that this step may. */
  private int[] openers(int[] eligible, RowPlan.Scope scope) {
    return opening(scope) ? Arrays.copyOf(eligible, Math.min(1, eligible.length)) : eligible;
  }

  /** Whether a step of some scope commits a block's first mask and nothing else. */
  boolean opening(RowPlan.Scope scope) {
    return scope == RowPlan.Scope.NEXT || (behavior.opensWithFirst() && progress.blockStep() == 0);
  }

  private RowPlan rows(int[] eligible) {
    var rows = caches.plan(progress.block());
    if (rows.scope() == RowPlan.Scope.NEXT) {
      return rows;
    }
    int[] wanted = openers(eligible, rows.scope());
    if (progress.shadowing().isPresent()) {
      var window = progress.shadowing().get();
      return rows.with(new Mechanism.Shadow(window.start(), window.end()));
    }
    // A policy that chooses its rows may choose none that can be committed; then nothing would end.
    return wanted.length > 0 && spoken(rows, wanted).length == 0
        ? rows.including(speakers(wanted))
        : rows;
  }

  /** A distribution can only be said to have moved if the step before told it, too. */
  private RowPlan.Scope scope(RowPlan rows) {
    boolean compares = method.unmask().probe() instanceof Probe.Divergence;
    return compares && !opening(rows.scope()) ? RowPlan.Scope.COMPUTED : rows.scope();
  }

  /** Those of some positions that a row of the step speaks for. */
  private int[] spoken(RowPlan rows, int[] positions) {
    return Arrays.stream(positions)
        .filter(p -> Arrays.binarySearch(rows.rows(), p - traits.predictionShift()) >= 0)
        .toArray();
  }

  private int[] speakers(int[] positions) {
    return Arrays.stream(positions).map(p -> p - traits.predictionShift()).toArray();
  }

  private Wanted wanted(boolean opening) {
    var scoring = method.scoring();
    boolean greedy = scoring.sampling().temperature() == 0;
    return new Wanted(
        confidence(opening),
        method.unmask().probe(),
        scoring.sampling(),
        scoring.logitsEosInf() ? new int[] {traits.endOfSequenceToken()} : NONE,
        scoring.confidenceEosEotInf() ? doubted(greedy) : NONE);
  }

  /** At a temperature the published code forgets the end of sequence here. */
  private int[] doubted(boolean greedy) {
    var ends = IntStream.of(traits.endOfTurnTokens());
    return greedy
        ? IntStream.concat(IntStream.of(traits.endOfSequenceToken()), ends).toArray()
        : ends.toArray();
  }

  private Confidence confidence(boolean opening) {
    if (opening) {
      return Confidence.MAX_PROBABILITY;
    }
    if (behavior.ranksByEntropy()) {
      return Confidence.NEGATIVE_ENTROPY;
    }
    var asked = method.scoring().confidence();
    return asked == Confidence.RANDOM ? Confidence.MAX_PROBABILITY : asked;
  }
}
