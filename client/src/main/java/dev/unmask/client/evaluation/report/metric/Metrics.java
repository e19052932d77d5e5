package dev.unmask.client.evaluation.report.metric;

import dev.unmask.client.evaluation.result.Result;
import dev.unmask.client.evaluation.result.Result.Answered;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/**
 * The figures of one method; {@code definitions.txt} says what each is. Times are in milliseconds.
 *
 * @param accuracy by the score that counts
 * @param scores by every named score of the graders
 * @param failed questions that could not be asked
 * @param speed tokens in a second of requests' own time
 * @param wallSpeed tokens in a second of wall time
 * @param tokensPerStep decoded positions over steps
 * @param steps model forwards, all together
 * @param stepsPerAnswer model forwards of an answer, on average
 * @param latencyP50 median of what clients waited
 * @param latencyP95 what 95 percent of clients did not wait longer than
 * @param firstBlockP50 median time to the end of the first block
 * @param rowsShare computed rows over those of the same steps without any cache
 * @param pagesHit pages from the cache-service
 * @param pagesMissed pages asked for in vain
 * @param peakMemory largest resident memory of the worker's process, in bytes; 0 when unknown
 * @param wallTime time with a request under way
 */
public record Metrics(
    Accuracy accuracy,
    Map<String, Accuracy> scores,
    int failed,
    Speed speed,
    Speed wallSpeed,
    double tokensPerStep,
    long steps,
    double stepsPerAnswer,
    double latencyP50,
    double latencyP95,
    double firstBlockP50,
    double rowsShare,
    long pagesHit,
    long pagesMissed,
    long peakMemory,
    double wallTime) {
  public Metrics {
    scores = Collections.unmodifiableMap(new LinkedHashMap<>(scores));
  }

  /** The figures of some results. */
  public static Metrics of(List<Result> results) {
    var answers =
        results.stream().filter(Answered.class::isInstance).map(Answered.class::cast).toList();
    int correct = (int) answers.stream().filter(a -> a.verdict().correct()).count();
    double wall = BusyTime.of(answers.stream().map(Answered::timing).toList());
    long steps = sum(answers, a -> a.cost().steps());
    return new Metrics(
        Accuracy.of(correct, results.size()),
        scores(answers, results.size()),
        results.size() - answers.size(),
        Speed.of(answers, answers.stream().mapToDouble(a -> a.timing().duration()).sum()),
        Speed.of(answers, wall),
        ratio(sum(answers, a -> a.counts().all()), steps),
        steps,
        ratio(steps, answers.size()),
        percentile(answers, a -> a.timing().latency(), 50),
        percentile(answers, a -> a.timing().latency(), 95),
        percentile(answers, a -> a.timing().firstBlock(), 50),
        ratio(
            sum(answers, a -> a.cost().rowsComputed()), sum(answers, a -> a.cost().rowsUncached())),
        sum(answers, a -> a.cost().pagesHit()),
        sum(answers, a -> a.cost().pagesMissed()),
        answers.stream().mapToLong(a -> a.cost().peakMemory()).max().orElse(0),
        wall);
  }

  /** Questions that were answered. */
  public int answered() {
    return accuracy.questions() - failed;
  }

  private static Map<String, Accuracy> scores(List<Answered> answers, int questions) {
    var right = new LinkedHashMap<String, Integer>();
    for (var answer : answers) {
      answer
          .verdict()
          .metrics()
          .forEach((name, correct) -> right.merge(name, correct ? 1 : 0, Integer::sum));
    }
    var scores = new LinkedHashMap<String, Accuracy>();
    right.forEach((name, correct) -> scores.put(name, Accuracy.of(correct, questions)));
    return scores;
  }

  private static long sum(List<Answered> answers, ToLongFunction<Answered> figure) {
    return answers.stream().mapToLong(figure).sum();
  }

  private static double ratio(long above, long below) {
    return below == 0 ? 0 : (double) above / below;
  }

  private static double percentile(
      List<Answered> answers, ToDoubleFunction<Answered> figure, double percent) {
    return Percentiles.of(
        answers.stream().map(figure::applyAsDouble).map(Double::valueOf).toList(), percent);
  }
}
