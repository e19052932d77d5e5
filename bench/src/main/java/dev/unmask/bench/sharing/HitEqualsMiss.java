package dev.unmask.bench.sharing;

import dev.unmask.bench.Exercise;
import dev.unmask.type.v1.Closed;
import dev.unmask.type.v1.DecodingSpec;
import dev.unmask.type.v1.DualCache;
import dev.unmask.type.v1.NoCache;
import dev.unmask.type.v1.PrefixCache;
import dev.unmask.type.v1.Prompt;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Asks the same questions of workers with no cache-service, one that is up (twice: to fill it and
 * to hit it), one that is down and one that corrupts every page, and counts answers whose tokens
 * differ from those without one.
 *
 * <p>Arguments: folder of the shipped models, questions a model. Exit status 1 if any differs.
 */
public final class HitEqualsMiss {
  private static final List<String> TASKS = List.of("arithmetic", "lists", "code", "lookup");
  private static final List<String> MODELS = List.of("unmask-mini-llada", "unmask-mini-dream");
  private static final Map<String, DecodingSpec> CACHES =
      new TreeMap<>(
          Map.of(
              "none", spec().setNoCache(NoCache.getDefaultInstance()).build(),
              "prefix", spec().setPrefixCache(PrefixCache.getDefaultInstance()).build(),
              "dual", spec().setDualCache(DualCache.getDefaultInstance()).build()));

  /** Readers leave damaged streams here, and netty tells each with a stack trace. */
  private static final Logger NETTY = Logger.getLogger("io.grpc.netty.NettyServerHandler");

  private HitEqualsMiss() {}

  private static DecodingSpec.Builder spec() {
    return DecodingSpec.newBuilder().setGenerationLength(64);
  }

  /** Runs and prints one row a model and cache policy. */
  public static void main(String[] arguments) throws Exception {
    int differences = run(Path.of(arguments[0]), Integer.parseInt(arguments[1]), System.out);
    System.exit(differences == 0 ? 0 : 1);
  }

  /** How many answers differ, or should have been hits and were not. */
  static int run(Path models, int questions, PrintStream out) throws IOException {
    NETTY.setLevel(Level.OFF);
    int differences = 0;
    out.println("| model | cache | prompts | hits | differ: hit | down | corrupt |");
    out.println("|---|---|---|---|---|---|---|");
    try (var fleet = Fleet.start(MODELS.stream().map(models::resolve).toList())) {
      for (var model : MODELS) {
        for (var cache : CACHES.entrySet()) {
          var row = new Row();
          for (var prompt : prompts(models, questions)) {
            row.add(fleet, new Question(model, prompt, cache.getValue()));
          }
          row.print(model, cache.getKey(), out);
          differences += row.differences();
        }
      }
    }
    return differences;
  }

  private static List<Prompt> prompts(Path models, int count) {
    return TASKS.stream()
        .map(task -> models.resolve("tasks/" + task + ".jsonl"))
        .flatMap(file -> Exercise.read(file, count / TASKS.size()).stream())
        .map(Exercise::prompt)
        .toList();
  }

  /** What is asked. */
  record Question(String model, Prompt prompt, DecodingSpec spec) {}

  /** Counts of one model and cache policy. */
  private static final class Row {
    private int prompts;
    private int hits;
    private int hitDiffers;
    private int downDiffers;
    private int corruptDiffers;

    void add(Fleet fleet, Question question) {
      var alone = fleet.alone().ask(question);
      fleet.fillStore(question);
      var hit = fleet.reader().ask(question);
      prompts++;
      hits += hit.closed().getUsage().getPagesHit() > 0 ? 1 : 0;
      hitDiffers += differs(alone, hit);
      downDiffers += differs(alone, fleet.cut().ask(question));
      corruptDiffers += differs(alone, fleet.deceived().ask(question));
    }

    private static int differs(Answer one, Answer other) {
      return one.tokens().equals(other.tokens()) ? 0 : 1;
    }

    int differences() {
      return hitDiffers + downDiffers + corruptDiffers + (prompts - hits);
    }

    void print(String model, String cache, PrintStream out) {
      out.printf(
          "| %s | %s | %d | %d | %d | %d | %d |%n",
          model, cache, prompts, hits, hitDiffers, downDiffers, corruptDiffers);
    }
  }

  /**
   * An answer.
   *
   * @param tokens by canvas position, in commit order
   * @param confidences of the tokens, in the same order
   * @param text of it
   * @param closed the last event
   */
  record Answer(List<List<Integer>> tokens, List<Float> confidences, String text, Closed closed) {}
}
