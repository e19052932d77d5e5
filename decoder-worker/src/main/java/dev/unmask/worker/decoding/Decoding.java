package dev.unmask.worker.decoding;

import dev.unmask.worker.caching.CacheSession;
import dev.unmask.worker.caching.RowPlan;
import dev.unmask.worker.caching.Shape;
import dev.unmask.worker.canvas.Block;
import dev.unmask.worker.canvas.Canvas;
import dev.unmask.worker.unmask.Confidence;
import dev.unmask.worker.unmask.Round;
import dev.unmask.worker.unmask.UnmaskPolicy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * One request's way from masks to tokens, one model forward at a time. Either {@link #advance}
 * makes a whole step, or {@link #next} says what to compute and {@link #accept} takes what came
 * out, so that a stored forward or a batch can answer. Used by one thread at a time.
 *
 * <p>The invariants I1 to I4 are checked as it goes; breaking one is a bug and throws {@link
 * IllegalStateException}, after which the decoding must be dropped.
 */
public final class Decoding {
  private final ModelTraits traits;
  private final Method method;
  private final Behavior behavior;
  private final UnmaskPolicy policy;
  private final Canvas canvas;
  private final Scores scores;
  private final CacheSession cache;
  private int steps;
  private int blockNumber;
  private int blockStep;
  private boolean stored;
  private Optional<Plan> planned = Optional.empty();

  /** A step that was asked for, with what is needed to take its answer. */
  private record Plan(Step step, RowPlan rows, int[] candidates) {}

  /**
   * Starts a request.
   *
   * @throws dev.unmask.contract.ProblemException a bad request, when the method is not one of the
   *     model's
   * @throws IllegalArgumentException when the prompt is empty or holds the mask token
   */
  public Decoding(ModelTraits traits, Method method, int[] prompt) {
    this.traits = traits;
    this.method = method;
    behavior = Behavior.of(method, traits);
    policy = behavior.tuned(method.unmask());
    canvas = Canvas.of(prompt, method.generationLength(), traits.maskToken());
    scores = new Scores(method);
    cache = method.cache().open(new Shape(canvas.length(), behavior.window()));
  }

  /** Whether nothing is left to decode. */
  public boolean done() {
    return blockNumber == method.layout().blocks();
  }

  /** Makes one step with a model. */
  public StepOutcome advance(Denoiser denoiser) {
    return accept(denoiser.step(next()));
  }

  /**
   * The forward wanted now; the same until its answer is accepted.
   *
   * @throws IllegalStateException when done
   */
  public Step next() {
    if (planned.isEmpty()) {
      planned = Optional.of(plan());
    }
    return planned.get().step();
  }

  /**
   * Takes the answer of the step wanted and commits what the policy picks.
   *
   * @throws IllegalStateException when no step was asked for, or an invariant breaks
   */
  public StepOutcome accept(Predictions predictions) {
    var plan = planned.orElseThrow(() -> new IllegalStateException("no step was asked for"));
    require(
        predictions.tokens().length == plan.step().scored().length
            && predictions.confidences().length == plan.step().scored().length,
        "one prediction a scored row");
    planned = Optional.empty();
    var block = block();
    var commits = commit(plan, predictions);
    cache.observe(block, plan.rows());
    stored |= plan.rows().refresh() && plan.rows().keep();
    int number = steps++;
    blockStep++;
    boolean finished = blockStep >= behavior.leastSteps() && eligible(block).length == 0;
    if (finished) {
      leaveBlock();
    }
    return new StepOutcome(
        number,
        block.number(),
        commits,
        predictions.rowsComputed(),
        plan.rows().refresh(),
        finished);
  }

  /** A copy of the canvas as it is now: prompt, tokens and masks. */
  public int[] canvas() {
    return canvas.tokens();
  }

  /** Positions of the prompt, which is where generated text begins. */
  public int promptLength() {
    return canvas.promptLength();
  }

  /** Steps made. */
  public int steps() {
    return steps;
  }

  /** Blocks finished, which is the number of the block being decoded. */
  public int finishedBlocks() {
    return blockNumber;
  }

  /** First canvas position that later steps may still fill; everything left of it is final. */
  public int finishedEnd() {
    return done() ? canvas.firstMask() : block().start();
  }

  /** Why it is done; empty while it is not. */
  public Optional<FinishReason> finishReason() {
    if (!done()) {
      return Optional.empty();
    }
    boolean ended = canvas.firstOf(traits.endOfSequenceToken()) < canvas.length();
    return Optional.of(ended ? FinishReason.END_OF_SEQUENCE : FinishReason.LENGTH);
  }

  private Plan plan() {
    require(!done(), "nothing is left to decode");
    // Every step commits or belongs to a bounded plan, so this is only reached by a bug.
    require(steps < 2 * method.generationLength() + method.layout().blocks(), "decoding ends");
    var block = block();
    var rows = cache.plan(block);
    int[] candidates = opening() ? firstOf(eligible(block)) : eligible(block);
    int[] scored =
        Arrays.stream(candidates).map(position -> position - traits.predictionShift()).toArray();
    checkRows(rows, scored);
    var step =
        new Step(
            steps,
            rows.rows(),
            canvas.tokens(rows.rows()),
            rows.keep(),
            scored,
            confidence(),
            method.sampling());
    return new Plan(step, rows, candidates);
  }

  private void checkRows(RowPlan rows, int[] scored) {
    for (int row : scored) {
      require(Arrays.binarySearch(rows.rows(), row) >= 0, "I3: candidates are rows of the step");
    }
    require(rows.refresh() || stored, "I4: every key is fresh or stored");
  }

  private List<Commit> commit(Plan plan, Predictions predictions) {
    var commits = new ArrayList<Commit>();
    for (int index : picks(plan.candidates(), predictions.confidences())) {
      var commit =
          new Commit(
              plan.candidates()[index],
              predictions.tokens()[index],
              predictions.confidences()[index]);
      commits.add(commit);
    }
    commits.forEach(commit -> canvas.commit(commit.position(), commit.token()));
    return commits;
  }

  private int[] picks(int[] candidates, float[] confidences) {
    if (candidates.length == 0 || opening()) {
      return IntStream.range(0, candidates.length).toArray();
    }
    var block = block();
    int committed = block.length() - canvas.masks(block.start(), block.end());
    var round =
        new Round(
            scores.of(confidences, candidates, canvas), blockStep, committed, method.layout());
    int[] picks = policy.pick(round);
    require(picks.length > 0 || policy.waits(round), "I2: every step commits");
    return picks;
  }

  /** Masks of the block that may be committed now, rising. */
  private int[] eligible(Block block) {
    int end =
        switch (method.endOfSequence()) {
          case DECODE_ALL -> block.end();
          case STOP -> Math.min(block.end(), canvas.firstOf(traits.endOfSequenceToken()));
        };
    return IntStream.range(block.start(), Math.max(block.start(), end))
        .filter(canvas::masked)
        .toArray();
  }

  private void leaveBlock() {
    blockStep = 0;
    do {
      blockNumber++;
    } while (!done() && eligible(block()).length == 0);
  }

  private boolean opening() {
    return behavior.opensWithFirst() && blockStep == 0;
  }

  private Confidence confidence() {
    if (opening()) {
      return Confidence.MAX_PROBABILITY;
    }
    return behavior.ranksByEntropy() ? Confidence.NEGATIVE_ENTROPY : method.confidence();
  }

  private Block block() {
    int start = canvas.promptLength() + blockNumber * method.blockLength();
    return new Block(blockNumber, start, start + method.blockLength());
  }

  private static int[] firstOf(int[] positions) {
    return Arrays.copyOf(positions, Math.min(1, positions.length));
  }

  private static void require(boolean holds, String invariant) {
    if (!holds) {
      throw new IllegalStateException("broken: " + invariant);
    }
  }
}
