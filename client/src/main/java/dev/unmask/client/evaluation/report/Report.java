package dev.unmask.client.evaluation.report;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.databind.JsonNode;
import dev.unmask.client.evaluation.report.metric.Metrics;
import dev.unmask.client.evaluation.result.Trace;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an evaluation found; also the shape of {@code report.json}.
 *
 * @param facts how it was done
 * @param groups one for each model, task and length
 * @param overall one for each model and length, over all its tasks; empty when there is one task
 * @param definitions what every figure is, by name
 */
public record Report(
    Facts facts, List<Group> groups, List<Group> overall, Map<String, String> definitions) {
  public Report {
    groups = List.copyOf(groups);
    overall = List.copyOf(overall);
  }

  /**
   * How it was done.
   *
   * @param created when, in ISO 8601
   * @param version of the command line
   * @param finished whether every question was asked
   * @param concurrency questions at once
   * @param sharing whether requests shared states
   * @param order in which methods were asked
   * @param models that answered
   */
  public record Facts(
      String created,
      String version,
      boolean finished,
      int concurrency,
      String sharing,
      String order,
      List<ModelFacts> models) {
    public Facts {
      models = List.copyOf(models);
    }
  }

  /**
   * A model.
   *
   * @param kind what d2Cache would call it
   * @param weights SHA-256, in hexadecimal digits
   */
  public record ModelFacts(
      String name, String family, String kind, String computeType, String weights) {}

  /**
   * Methods that answered the same questions.
   *
   * @param task its name, or {@link #ALL_TASKS}
   * @param generationLength tokens an answer may have; 0 when its tasks differ
   * @param questions how many there are
   * @param malformed lines of the task's files that are no questions
   */
  public record Group(
      String task,
      String model,
      int generationLength,
      int questions,
      List<String> malformed,
      List<Method> methods) {
    public Group {
      malformed = List.copyOf(malformed);
      methods = List.copyOf(methods);
    }

    /** What speeds are compared with: vanilla, or else the first method. */
    public Optional<Method> baseline() {
      return methods.stream()
          .filter(method -> method.name().equals("vanilla"))
          .findFirst()
          .or(() -> methods.stream().findFirst())
          .filter(Method::isAnswered);
    }

    /** How many times as fast as the baseline a method is; empty when either has no speed. */
    public Optional<Double> speedup(Method method) {
      return baseline()
          .map(base -> base.metrics().speed().beforeFirstEos())
          .filter(speed -> speed > 0 && method.isAnswered())
          .map(speed -> method.metrics().speed().beforeFirstEos() / speed);
    }
  }

  /** What {@link Group#task} says when it is all of them. */
  public static final String ALL_TASKS = "all tasks";

  /**
   * One method.
   *
   * @param settings what was set for it, as it would be typed
   * @param spec what the server was asked for
   * @param refusal why the server does not decode so; empty when it does
   * @param failures reasons why questions failed, and how often
   * @param metrics its figures
   * @param sample how one answer was decoded; empty when there is none
   */
  public record Method(
      String name,
      String settings,
      JsonNode spec,
      String refusal,
      Map<String, Integer> failures,
      Metrics metrics,
      @JsonIgnore Optional<Sample> sample) {
    /** Whether it has figures. */
    public boolean isAnswered() {
      return metrics.answered() > 0;
    }
  }

  /**
   * How one answer was decoded.
   *
   * @param id of the question
   * @param blockLength tokens a block
   */
  public record Sample(String id, int blockLength, Trace trace) {}
}
