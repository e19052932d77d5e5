package dev.unmask.bench.agreement;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.unmask.bench.Exercise;
import dev.unmask.worker.decoding.Decoding;
import dev.unmask.worker.engine.RequestState;
import dev.unmask.worker.engine.Turn;
import dev.unmask.worker.engine.TurnOutcome;
import dev.unmask.worker.method.Method;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Decodes the shipped arithmetic questions alone and many at once, on one device: how many canvases
 * are the same to the token, whether the same company gives the same canvases again, and how many
 * answers are right either way.
 *
 * <p>Arguments: folder of the shipped models, device, questions a model, requests at once, file for
 * the results as JSON. Exit status 1 if the same company does not repeat itself.
 */
public final class BatchAgreement {
  private static final List<String> MODELS = List.of("unmask-mini-llada", "unmask-mini-dream");
  private static final Method METHOD = Method.standard(128);

  private final Solver solver;
  private final List<Exercise> exercises;
  private final int atOnce;

  private BatchAgreement(Solver solver, List<Exercise> exercises, int atOnce) {
    this.solver = solver;
    this.exercises = exercises;
    this.atOnce = atOnce;
  }

  /** Compares and prints one line a model. */
  public static void main(String[] arguments) throws IOException {
    var models = Path.of(arguments[0]);
    var exercises =
        Exercise.read(models.resolve("tasks/arithmetic.jsonl"), Integer.parseInt(arguments[2]));
    var results = new ArrayList<Map<String, Object>>();
    for (String model : MODELS) {
      try (var solver = Solver.load(models.resolve(model), arguments[1])) {
        var result =
            new BatchAgreement(solver, exercises, Integer.parseInt(arguments[3])).compare(model);
        System.out.println(result);
        results.add(result);
      }
    }
    new ObjectMapper()
        .writerWithDefaultPrettyPrinter()
        .writeValue(Path.of(arguments[4]).toFile(), results);
    boolean repeats =
        results.stream().allMatch(result -> result.get("same_again").equals(exercises.size()));
    System.exit(repeats ? 0 : 1);
  }

  private Map<String, Object> compare(String model) {
    var prompts = exercises.stream().map(solver::prompt).toList();
    var alone = prompts.stream().map(prompt -> solver.decode(prompt, METHOD)).toList();
    var together = together(prompts);
    var result = new LinkedHashMap<String, Object>();
    result.put("model", model);
    result.put("questions", exercises.size());
    result.put("at_once", atOnce);
    result.put("right_alone", right(prompts, alone));
    result.put("right_together", right(prompts, together));
    result.put("same_as_alone", same(alone, together));
    result.put("same_again", same(together, together(prompts)));
    return result;
  }

  private int right(List<int[]> prompts, List<int[]> canvases) {
    return (int)
        IntStream.range(0, canvases.size())
            .filter(i ->
                exercises.get(i).answeredBy(solver.text(canvases.get(i), prompts.get(i).length)))
            .count();
  }

  private static int same(List<int[]> some, List<int[]> others) {
    return (int)
        IntStream.range(0, some.size())
            .filter(i -> Arrays.equals(some.get(i), others.get(i)))
            .count();
  }

  /** Canvases of requests that begin in groups and leave one by one. */
  private List<int[]> together(List<int[]> prompts) {
    var canvases = new ArrayList<int[]>();
    for (int from = 0; from < prompts.size(); from += atOnce) {
      canvases.addAll(group(prompts.subList(from, Math.min(prompts.size(), from + atOnce))));
    }
    return canvases;
  }

  private List<int[]> group(List<int[]> prompts) {
    var decodings = prompts.stream().map(prompt -> solver.decoding(prompt, METHOD)).toList();
    var states =
        prompts.stream()
            .map(prompt -> solver.model().engine().open(prompt.length, METHOD))
            .toList();
    while (decodings.stream().anyMatch(decoding -> !decoding.done())) {
      step(decodings, states);
    }
    states.forEach(RequestState::close);
    return decodings.stream().map(Decoding::canvas).toList();
  }

  private void step(List<Decoding> decodings, List<RequestState> states) {
    int[] going =
        IntStream.range(0, decodings.size()).filter(i -> !decodings.get(i).done()).toArray();
    var turns =
        IntStream.of(going)
            .mapToObj(i -> new Turn(states.get(i), decodings.get(i).next()))
            .toList();
    var outcomes = solver.model().engine().run(turns);
    for (int i = 0; i < going.length; i++) {
      switch (outcomes.get(i)) {
        case TurnOutcome.Predicted(var predictions) -> decodings.get(going[i]).accept(predictions);
        case TurnOutcome.Failed(var cause) -> throw cause;
      }
    }
  }
}
