package dev.unmask.bench.agreement;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.unmask.bench.Exercise;
import dev.unmask.worker.caching.CachePolicy;
import dev.unmask.worker.caching.DualCache;
import dev.unmask.worker.caching.NoCache;
import dev.unmask.worker.method.Compatibility;
import dev.unmask.worker.method.EndOfSequenceRule;
import dev.unmask.worker.method.Method;
import dev.unmask.worker.method.Scoring;
import dev.unmask.worker.sampling.Sampling;
import dev.unmask.worker.scoring.Confidence;
import dev.unmask.worker.unmask.Threshold;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Decodes the shipped arithmetic questions on a device and, in the same process, on the CPU in
 * float32: how many answers are right on each, how many texts are the same, how often a single
 * prediction is, and whether the device repeats itself from a restored state and from a seed.
 *
 * <p>Arguments: folder of the shipped models, device ({@code cuda:0}), questions a model and
 * method, file for the results as JSON. Exit status 1 if the device does not repeat itself.
 */
public final class DeviceAgreement {
  private static final List<String> MODELS = List.of("unmask-mini-llada", "unmask-mini-dream");
  private static final int GENERATION_LENGTH = 128;
  private static final int BLOCK_LENGTH = 32;
  private static final Sampling DRAWN = new Sampling(0.8, 0.95, 50, 20_26);
  private static final Map<String, Method> METHODS = methods();

  private DeviceAgreement() {}

  private static Map<String, Method> methods() {
    var methods = new LinkedHashMap<String, Method>();
    methods.put("threshold 0.9, no cache", method(new NoCache(), Sampling.GREEDY));
    methods.put("threshold 0.9, dual cache", method(new DualCache(), Sampling.GREEDY));
    methods.put("threshold 0.9, dual cache, temperature 0.8", method(new DualCache(), DRAWN));
    return methods;
  }

  private static Method method(CachePolicy cache, Sampling sampling) {
    return new Method(
        GENERATION_LENGTH,
        BLOCK_LENGTH,
        new Threshold(0.9),
        cache,
        Scoring.of(Confidence.MAX_PROBABILITY, sampling),
        Optional.empty(),
        EndOfSequenceRule.STOP,
        Compatibility.UNMASK);
  }

  /** Runs, prints one row a model and method, and writes the results. */
  public static void main(String[] arguments) throws IOException {
    var models = Path.of(arguments[0]);
    var exercises =
        Exercise.read(models.resolve("tasks/arithmetic.jsonl"), Integer.parseInt(arguments[2]));
    var results = new ArrayList<Map<String, Object>>();
    boolean repeatable = true;
    for (var model : MODELS) {
      try (var reference = Solver.load(models.resolve(model), "cpu");
          var tested = Solver.load(models.resolve(model), arguments[1])) {
        for (var method : METHODS.entrySet()) {
          var agreement = compare(reference, tested, method.getValue(), exercises);
          repeatable &= agreement.repeatable();
          results.add(row(model, method.getKey(), agreement));
          System.out.println(results.getLast());
        }
      }
    }
    new ObjectMapper()
        .writerWithDefaultPrettyPrinter()
        .writeValue(Path.of(arguments[3]).toFile(), results);
    System.exit(repeatable ? 0 : 1);
  }

  private static Map<String, Object> row(String model, String method, Agreement agreement) {
    var row = new LinkedHashMap<String, Object>();
    row.put("model", model);
    row.put("method", method);
    row.putAll(agreement.values());
    return row;
  }

  private static Agreement compare(
      Solver reference, Solver tested, Method method, List<Exercise> exercises) {
    var agreement = new Agreement();
    for (var exercise : exercises) {
      int[] prompt = reference.prompt(exercise);
      int[] expected = stepByStep(reference, tested, prompt, method, agreement);
      int[] found = tested.decode(prompt, method);
      agreement.answered(
          exercise, reference.text(expected, prompt.length), reference.text(found, prompt.length));
      agreement.repeated(
          Arrays.equals(found, tested.decodeRestored(prompt, method)),
          Arrays.equals(found, tested.decode(prompt, method)));
    }
    return agreement;
  }

  private static int[] stepByStep(
      Solver reference, Solver tested, int[] prompt, Method method, Agreement agreement) {
    try (var expected = reference.open(prompt, method);
        var found = tested.open(prompt, method)) {
      return Solver.finish(
          reference.decoding(prompt, method), new Comparison(expected, found, agreement));
    }
  }
}
