package dev.unmask.worker.api;

import dev.unmask.contract.Violation;
import dev.unmask.contract.rules.RequestRules;
import dev.unmask.type.v1.GivenToken;
import dev.unmask.worker.canvas.Block;
import dev.unmask.worker.canvas.Canvas;
import dev.unmask.worker.canvas.Grid;
import dev.unmask.worker.canvas.Outset;
import dev.unmask.worker.canvas.Resumption;
import dev.unmask.worker.method.Method;
import dev.unmask.worker.method.ModelTraits;
import dev.unmask.worker.serving.models.ServedModel;
import dev.unmask.worker.unmask.Wino;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Where lost workers had come, checked against the canvas that the request opens with: blocks left
 * of the checkpoint's are full, its own and those right of it hold what was given, and what was
 * told since lies in its block.
 */
final class Resumptions {
  private static final String CANVAS = "resumption.checkpoint.canvas";

  private final ServedModel model;
  private final Method method;
  private final Outset outset;
  private final ModelTraits traits;
  private final Grid grid;

  /**
   * Of one request.
   *
   * @param outset what it opens with
   */
  Resumptions(ServedModel model, Method method, Outset outset) {
    this.model = model;
    this.method = method;
    this.outset = outset;
    traits = model.traits();
    grid = method.grid(traits, outset.prompt().length);
  }

  /**
   * Checks and translates.
   *
   * @throws dev.unmask.contract.ProblemException a bad request naming the first field that does not
   *     fit, and the bound
   */
  Resumption read(dev.unmask.decoder.v1.Resumption message) {
    var checkpoint = message.getCheckpoint();
    int[] canvas = checkpoint.getCanvasList().stream().mapToInt(token -> token).toArray();
    require(steps(message));
    require(length(canvas).or(() -> tokens(canvas)).or(() -> opening(canvas)));
    require(number(checkpoint.getBlock()));
    var block = grid.block(checkpoint.getBlock());
    require(layout(canvas, block));
    for (int i = 0; i < message.getToldCount(); i++) {
      var told = message.getTold(i);
      int last = i == 0 ? -1 : message.getTold(i - 1).getPosition();
      require(told("resumption.told[" + i + "]", told, last, block, canvas));
      canvas[told.getPosition()] = told.getToken();
    }
    int steps = checkpoint.getStep() + message.getSteps();
    return new Resumption(block.number(), steps, message.getSteps(), canvas);
  }

  private static void require(Optional<Violation> violation) {
    RequestRules.require(violation.stream().toList());
  }

  private static Optional<Violation> when(boolean broken, String field, String description) {
    return broken ? Optional.of(new Violation(field, description)) : Optional.empty();
  }

  private Optional<Violation> steps(dev.unmask.decoder.v1.Resumption message) {
    long most = 2L * (method.generationLength() + grid.blocks());
    long steps = Integer.toUnsignedLong(message.getSteps());
    long before = Integer.toUnsignedLong(message.getCheckpoint().getStep());
    return when(
            before + steps > most,
            "resumption.steps",
            "must, with checkpoint.step, be at most " + most + ", was " + (before + steps))
        .or(() ->
            when(
                steps == 0 && message.getToldCount() > 0,
                "resumption.steps",
                "must be at least 1, as tokens were told, was 0"));
  }

  private Optional<Violation> length(int... canvas) {
    int prompt = outset.prompt().length;
    return when(
        canvas.length != grid.end(),
        CANVAS,
        "must have %d positions (a prompt of %d, generation_length %d), had %d"
            .formatted(grid.end(), prompt, method.generationLength(), canvas.length));
  }

  private Optional<Violation> tokens(int... canvas) {
    return IntStream.range(0, canvas.length)
        .filter(i -> !known(canvas[i]))
        .mapToObj(i -> new Violation(CANVAS + "[" + i + "]", bound(canvas[i])))
        .findFirst();
  }

  private boolean known(int token) {
    return Integer.compareUnsigned(token, model.description().getVocabularySize()) < 0;
  }

  private String bound(int token) {
    return "must be below the vocabulary size %d, was %s"
        .formatted(model.description().getVocabularySize(), Integer.toUnsignedString(token));
  }

  /** A prompt, and what was given. */
  private Optional<Violation> opening(int... canvas) {
    int[] opened = opened().tokens();
    return IntStream.range(0, canvas.length)
        .filter(i -> opened[i] != traits.maskToken() && canvas[i] != opened[i])
        .mapToObj(i ->
            new Violation(
                CANVAS + "[" + i + "]",
                "must be %d, as the prompt or what was given says, was %d"
                    .formatted(opened[i], canvas[i])))
        .findFirst();
  }

  private Canvas opened() {
    return Canvas.of(outset, method.generationLength(), traits.maskToken());
  }

  private Optional<Violation> number(int block) {
    return when(
        Integer.compareUnsigned(block, grid.blocks()) >= 0,
        "resumption.checkpoint.block",
        "must be below %d, was %s".formatted(grid.blocks(), Integer.toUnsignedString(block)));
  }

  private Optional<Violation> layout(int[] canvas, Block block) {
    // WINO, as published, may leave what it took back.
    var left =
        method.unmask() instanceof Wino ? IntStream.empty() : IntStream.range(0, block.start());
    int[] masked = left.filter(i -> canvas[i] == traits.maskToken()).toArray();
    var opened = opened();
    int[] early =
        IntStream.range(Math.max(block.start(), outset.prompt().length), canvas.length)
            .filter(i -> opened.masked(i) && canvas[i] != traits.maskToken())
            .toArray();
    return when(
            masked.length > 0,
            CANVAS,
            "must have no masks left of block %d, had %d".formatted(block.number(), masked.length))
        .or(() ->
            when(
                early.length > 0,
                CANVAS,
                "must have masks, but for what was given, from the start of block %d, had %d tokens"
                    .formatted(block.number(), early.length)));
  }

  private Optional<Violation> told(
      String field, GivenToken told, int last, Block block, int... canvas) {
    int position = told.getPosition();
    int start = Math.max(block.start(), outset.prompt().length);
    var range = "must be in [%d, %d], block %d".formatted(start, block.end() - 1, block.number());
    return when(
            position < start || position >= block.end(),
            field + ".position",
            range + ", was " + Integer.toUnsignedString(position))
        .or(() ->
            when(
                position <= last,
                field + ".position",
                "must be above the one before, %d, was %d".formatted(last, position)))
        .or(() ->
            when(
                canvas[position] != traits.maskToken(),
                field + ".position",
                "must be a mask of the checkpoint, was the given position " + position))
        .or(() -> when(!known(told.getToken()), field + ".token", bound(told.getToken())))
        .or(() ->
            when(
                told.getToken() == traits.maskToken(),
                field + ".token",
                "must not be the mask token " + traits.maskToken()));
  }
}
