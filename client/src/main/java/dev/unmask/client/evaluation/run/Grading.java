package dev.unmask.client.evaluation.run;

import com.google.protobuf.Duration;
import com.google.protobuf.util.Durations;
import dev.unmask.client.evaluation.result.Result;
import dev.unmask.client.evaluation.result.TokenCounts;
import dev.unmask.client.evaluation.task.Item;
import dev.unmask.type.v1.Model;
import dev.unmask.type.v1.Usage;
import java.util.Locale;

/**
 * Makes a result of an answer to one question.
 *
 * @param model that answered
 * @param item the question
 */
record Grading(Model model, Item item) {
  private static final double NANOS = 1e6;

  /**
   * Grades. Not part of any measured time.
   *
   * @throws InterruptedException when the thread is interrupted while a program of the answer runs
   */
  Result.Answered result(Asked.Answered asked) throws InterruptedException {
    var text = Stops.cut(asked.answer().text(), item.stop());
    var grade = item.grader().grade(text);
    var usage = asked.answer().usage();
    return new Result.Answered(
        item.id(),
        asked.attempts(),
        new Result.Verdict(grade.correct(), grade.extracted(), grade.reason(), grade.metrics()),
        text,
        asked.answer().finishReason().name().replace("FINISH_REASON_", "").toLowerCase(Locale.ROOT),
        new Result.Timing(
            asked.at().toEpochMilli(),
            asked.latency().toNanos() / NANOS,
            milliseconds(usage.getTimeToFirstBlock()),
            milliseconds(usage.getDuration())),
        cost(usage),
        TokenCounts.of(asked.trace().tokens(), model.getEndOfSequenceToken()));
  }

  private static Result.Cost cost(Usage usage) {
    return new Result.Cost(
        usage.getPromptTokens(),
        usage.getSteps(),
        usage.getRowsComputed(),
        usage.getRowsUncached(),
        usage.getPagesHit(),
        usage.getPagesMissed(),
        usage.getWorkerPeakMemoryBytes());
  }

  private static double milliseconds(Duration duration) {
    return Durations.toNanos(duration) / NANOS;
  }
}
