package dev.unmask.worker.replay;

import dev.unmask.worker.caching.D2Cache;
import dev.unmask.worker.decoding.Decoding;
import dev.unmask.worker.method.EndOfSequenceRule;
import dev.unmask.worker.replay.cases.CaseReading;
import dev.unmask.worker.replay.cases.GoldenCase;
import dev.unmask.worker.replay.cases.TraceStep;
import dev.unmask.worker.rows.Denoiser;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** One row of a batch of d2Cache's. */
final class BatchMember {
  private final CaseReading reading;
  private final Decoding decoding;
  private final Denoiser denoiser;
  private final TopUp topUp;
  private final List<TraceStep> steps = new ArrayList<>();

  BatchMember(CaseReading reading, GoldenCase.Row row, Denoiser denoiser) {
    this.reading = reading;
    this.denoiser = denoiser;
    decoding = new Decoding(reading.traits(), reading.method(), row.prompt());
    topUp =
        new TopUp(
            (D2Cache) reading.method().cache(),
            row.prompt().length,
            reading.method().generationLength());
  }

  boolean inBlock(int block) {
    return !decoding.done() && decoding.finishedBlocks() == block;
  }

  /** Rows the next step computes of itself. */
  int rows() {
    return decoding.next().rows().length;
  }

  /** Makes a step of at least so many rows. */
  void step(int rows) {
    var step = decoding.next();
    if (step.number() > 0) {
      step = decoding.widen(topUp.positions(step.rows(), rows));
    }
    int[] eligible = eligible();
    var predictions = denoiser.step(step);
    var outcome = decoding.accept(predictions);
    topUp.observe(step, predictions, eligible, known(), reading.traits().predictionShift());
    steps.add(TraceStep.of(step, outcome, denoiser, decoding.promptLength()));
  }

  float largest() {
    return topUp.largest();
  }

  void lift(float largest) {
    topUp.lift(largest);
  }

  private int[] eligible() {
    int length = reading.method().blockLength();
    int start = decoding.promptLength() + decoding.finishedBlocks() * length;
    int[] canvas = decoding.canvas();
    return IntStream.range(start, Math.min(start + length, end(canvas)))
        .filter(position -> masked(canvas, position))
        .toArray();
  }

  /** The first end of sequence, if it ends anything. */
  private int end(int[] canvas) {
    boolean stops = reading.method().endOfSequence() == EndOfSequenceRule.STOP;
    return IntStream.range(decoding.promptLength(), canvas.length)
        .filter(i -> stops && canvas[i] == reading.traits().endOfSequenceToken())
        .findFirst()
        .orElse(canvas.length);
  }

  private boolean[] known() {
    int[] canvas = decoding.canvas();
    boolean[] known = new boolean[canvas.length - decoding.promptLength()];
    for (int i = 0; i < known.length; i++) {
      known[i] = !masked(canvas, decoding.promptLength() + i);
    }
    return known;
  }

  private boolean masked(int[] canvas, int position) {
    return canvas[position] == reading.traits().maskToken();
  }

  TraceRun run() {
    return new TraceRun(decoding.canvas(), steps);
  }
}
