package dev.unmask.worker.decoding;

import dev.unmask.worker.caching.session.Observation;
import dev.unmask.worker.caching.session.Shape;
import dev.unmask.worker.canvas.Canvas;
import dev.unmask.worker.canvas.Outset;
import dev.unmask.worker.canvas.Resumption;
import dev.unmask.worker.method.Method;
import dev.unmask.worker.method.ModelTraits;
import dev.unmask.worker.rows.Denoiser;
import dev.unmask.worker.rows.Mechanism;
import dev.unmask.worker.rows.Predictions;
import dev.unmask.worker.rows.RowPlan;
import dev.unmask.worker.rows.Step;
import dev.unmask.worker.unmask.Hurry;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;

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
  private final Canvas canvas;
  private final Progress progress;
  private final Caches caches;
  private final Planner planner;
  private final Chooser chooser;
  private final int stepsBefore;
  private int made;
  private boolean stored;
  private Optional<Plan> planned = Optional.empty();

  /**
   * Starts a request.
   *
   * @throws dev.unmask.contract.ProblemException a bad request, when the method is not one of the
   *     model's
   * @throws IllegalArgumentException when the prompt is empty or holds the mask token
   */
  public Decoding(ModelTraits traits, Method method, int[] prompt) {
    this(traits, method, Outset.of(prompt));
  }

  /**
   * Starts a request of whose generated part something may be known, or goes on with one.
   *
   * @throws dev.unmask.contract.ProblemException a bad request, when the method is not one of the
   *     model's
   * @throws IllegalArgumentException when the prompt is empty or holds the mask token, or what is
   *     known does not fit
   */
  public Decoding(ModelTraits traits, Method method, Outset outset) {
    this.traits = traits;
    this.method = method;
    behavior = Behavior.of(method, traits);
    canvas = Canvas.of(outset, method.generationLength(), traits.maskToken());
    stepsBefore = outset.resumption().map(Resumption::steps).orElse(0);
    boolean shrinks = behavior.edges().shrinkingWindow();
    progress = new Progress(method, traits, canvas, shrinks, outset.resumption());
    caches = new Caches(method, shape(), canvas.known());
    planner = new Planner(traits, method, behavior, caches, progress);
    var policy = behavior.tuned(method.unmask());
    chooser = new Chooser(method, policy, new Scores(method, traits), progress);
  }

  private Shape shape() {
    return new Shape(
        canvas.length(),
        canvas.promptLength(),
        traits.predictionShift(),
        behavior.window(),
        behavior.causal());
  }

  /** Whether nothing is left to decode. */
  public boolean done() {
    return progress.done();
  }

  /** Makes one step with a model. */
  public StepOutcome advance(Denoiser denoiser) {
    return accept(denoiser.step(next()));
  }

  /**
   * Says, before the first step of a block-causal model, that leading positions hold keys and
   * values of the prompt that were found elsewhere; what is computed begins behind them.
   *
   * @param stored how many, whole blocks of the model within the prompt
   * @throws IllegalStateException if a step was asked for already, or the method keeps nothing
   * @throws IllegalArgumentException if they are no whole blocks of the prompt
   */
  public void begin(int stored) {
    require(made == 0 && planned.isEmpty(), "what was found comes before the first step");
    int block = traits.causalBlock().orElse(1);
    if (stored < 0 || stored > canvas.promptLength() || stored % block != 0) {
      throw new IllegalArgumentException(
          stored + " positions are no whole blocks of a prompt of " + canvas.promptLength());
    }
    caches.found(stored);
  }

  /**
   * Positions from 0 whose keys and values are stored and follow from the tokens up to them alone:
   * a number of the model's blocks; 0 with full attention.
   */
  public int storedEnd() {
    return caches.settled();
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
   * Has the step wanted compute more rows, for batches whose rows must be equally many.
   *
   * @param rows canvas positions
   * @throws IllegalStateException when done
   */
  public Step widen(int... rows) {
    next();
    planned = planned.map(plan -> planner.widen(plan, rows));
    return next();
  }

  private Plan plan() {
    require(!done(), "nothing is left to decode");
    // Every step commits or belongs to a bounded plan, so this is only reached by a bug.
    require(made < 2 * (method.generationLength() + progress.blocks()), "decoding ends");
    var plan = planner.plan(steps());
    for (int row : plan.step().scored()) {
      require(Arrays.binarySearch(plan.rows().rows(), row) >= 0, "I3: picks are rows of the step");
    }
    boolean causal = plan.rows().mechanism() instanceof Mechanism.BlockCausal;
    require(causal || plan.rows().refresh() || stored, "I4: every key is fresh or stored");
    return plan;
  }

  /**
   * Takes the answer of the step wanted and commits what the policy picks.
   *
   * @throws IllegalStateException when no step was asked for, or an invariant breaks
   */
  public StepOutcome accept(Predictions predictions) {
    return accept(predictions, OptionalInt.empty());
  }

  /**
   * Takes the answer of the step wanted and commits what the policy picks, and more if it would not
   * be done in time.
   *
   * @param steps there is time for, this one included; empty: as many as the method takes
   * @throws IllegalStateException when no step was asked for, or an invariant breaks
   */
  public StepOutcome accept(Predictions predictions, OptionalInt steps) {
    var plan = planned.orElseThrow(() -> new IllegalStateException("no step was asked for"));
    requireAnswers(plan.step(), predictions);
    planned = Optional.empty();
    var block = progress.block();
    boolean opening = planner.opening(plan.rows().scope());
    var choice = chooser.choose(plan, predictions, opening, left(steps));
    choice.commits().forEach(commit -> canvas.commit(commit.position(), commit.token()));
    Arrays.stream(choice.revoked()).forEach(canvas::revoke);
    caches.observe(plan.rows(), observation(plan, choice, predictions));
    stored |= stores(plan.rows());
    int number = steps();
    made++;
    boolean finished =
        progress.stepped(behavior.leastSteps(), plan.rows().scope() != RowPlan.Scope.NEXT);
    return new StepOutcome(
        number,
        block.number(),
        choice.commits(),
        Arrays.stream(choice.revoked()).boxed().collect(Collectors.toList()),
        choice.hurried(),
        predictions.rowsComputed(),
        plan.rows().refresh(),
        finished);
  }

  private Optional<Hurry.Left> left(OptionalInt steps) {
    int[] masks = progress.masksOfBlocks();
    return steps.isEmpty() || masks.length == 0
        ? Optional.empty()
        : Optional.of(
            new Hurry.Left(
                Math.max(1, steps.getAsInt()),
                Arrays.stream(masks).sum(),
                masks.length,
                behavior.stepsOfABlock(traits)));
  }

  private Observation observation(Plan plan, Choice choice, Predictions predictions) {
    return new Observation(
        progress.block(),
        plan.eligible(),
        choice.commits().stream().mapToInt(Commit::position).toArray(),
        choice.confidences(),
        canvas.known(),
        predictions.importance());
  }

  private static boolean stores(RowPlan rows) {
    return switch (rows.mechanism()) {
      case Mechanism.Overwrite _, Mechanism.LayerRefresh _, Mechanism.Retain _ -> rows.refresh();
      case Mechanism.Fresh _, Mechanism.BlockCausal _, Mechanism.Retained _, Mechanism.Shadow _ ->
          false;
    };
  }

  private static void requireAnswers(Step step, Predictions predictions) {
    int scored = step.scored().length;
    require(
        predictions.tokens().length == scored
            && predictions.confidences().length == scored
            && predictions.verified().length == step.verified().length,
        "one prediction a scored row");
  }

  /** A copy of the canvas as it is now: prompt, tokens and masks. */
  public int[] canvas() {
    return canvas.tokens();
  }

  /** Positions of the prompt, which is where generated text begins. */
  public int promptLength() {
    return canvas.promptLength();
  }

  /** Steps made, a lost worker's included; the next one's number. */
  public int steps() {
    return stepsBefore + made;
  }

  /** Generated positions that are known and were not given. */
  public int committed() {
    int start = canvas.promptLength();
    int end = canvas.length();
    return end - start - canvas.masks(start, end) - canvas.given(start, end);
  }

  /** Blocks finished, which is the number of the block being decoded. */
  public int finishedBlocks() {
    return progress.blockNumber();
  }

  /** First canvas position that later steps may still fill; everything left of it is final. */
  public int finishedEnd() {
    return done() ? end() : progress.block().start();
  }

  /** What is decoded ends behind the end of sequence, or with the canvas. */
  private int end() {
    return switch (method.endOfSequence()) {
      case DECODE_ALL -> canvas.length();
      case STOP -> Math.min(canvas.length(), canvas.firstOf(traits.endOfSequenceToken()) + 1);
    };
  }

  /** First position behind the answer: where a given suffix begins, or the canvas length. */
  public int answerEnd() {
    return canvas.answerEnd();
  }

  /** Positions of the answer before which an end of sequence ends nothing: given ones follow. */
  public int openStart() {
    return canvas.openStart() - canvas.promptLength();
  }

  /** Why it is done; empty while it is not. */
  public Optional<FinishReason> finishReason() {
    if (!done()) {
      return Optional.empty();
    }
    boolean ended = canvas.firstOf(traits.endOfSequenceToken()) < canvas.length();
    return Optional.of(ended ? FinishReason.END_OF_SEQUENCE : FinishReason.LENGTH);
  }

  private static void require(boolean holds, String invariant) {
    if (!holds) {
      throw new IllegalStateException("broken: " + invariant);
    }
  }
}
