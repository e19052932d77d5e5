package dev.unmask.bench.preference;

import dev.unmask.bench.Exercise;
import dev.unmask.bench.quality.Examinee;
import dev.unmask.type.v1.DecodingSpec;
import dev.unmask.worker.api.DecodingSpecs;
import dev.unmask.worker.method.Method;
import java.util.ArrayList;
import java.util.List;

/** The answers of one candidate. For one thread. */
final class Trials {
  private final Candidate candidate;
  private final Method method;
  private final List<Long> nanos = new ArrayList<>();
  private int right;
  private long steps;
  private long rows;

  /** None yet. */
  Trials(Candidate candidate, Examinee examinee, int generationLength) {
    this.candidate = candidate;
    this.method =
        DecodingSpecs.method(
            DecodingSpec.newBuilder(candidate.spec()).setGenerationLength(generationLength).build(),
            examinee.model());
  }

  /** Answers a question that does not count. */
  void rehearse(Examinee examinee, Exercise exercise) {
    examinee.answer(exercise, method);
  }

  /** Answers a question. */
  void add(Examinee examinee, Exercise exercise) {
    long start = System.nanoTime();
    var response = examinee.answer(exercise, method);
    nanos.add(System.nanoTime() - start);
    right += exercise.answeredBy(response.text()) ? 1 : 0;
    steps += response.steps();
    rows += response.rows();
  }

  /** What came of it. */
  Measured measured() {
    double questions = nanos.size();
    return new Measured(
        candidate, nanos.size(), right, steps / questions, rows / questions, median());
  }

  private double median() {
    var sorted = nanos.stream().sorted().toList();
    return sorted.get(sorted.size() / 2);
  }
}
