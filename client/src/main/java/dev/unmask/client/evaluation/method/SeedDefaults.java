package dev.unmask.client.evaluation.method;

import dev.unmask.client.evaluation.settings.Settings;
import java.util.LinkedHashMap;
import java.util.Set;

/**
 * d2Cache's defaults that depend on task, model and cache (its configs/gen_args.py at commit
 * 72feb60).
 */
final class SeedDefaults {
  /** Block of instruct models and of the prefix cache, in tokens. */
  static final int SHORT_BLOCK = 32;

  private static final Set<String> SHORT_ANSWERS =
      Set.of("gsm8k", "gsm8k_cot", "math-500", "gpqa_main_generative_n_shot", "mmlu_pro");
  private static final Set<String> LONG_ANSWERS = Set.of("humaneval", "mbpp");

  private final Settings given;
  private final Subject subject;

  SeedDefaults(Settings given, Subject subject) {
    this.given = given;
    this.subject = subject;
  }

  /** The settings with the defaults below them: what was given wins, whatever its value. */
  Settings applied() {
    var defaults = new LinkedHashMap<String, String>();
    var cache = given.text("cache").orElse("");
    if (subject.kind().isDream()) {
      defaults.put("generation.top_p", "0.9");
    }
    if (cache.equals("d2cache")) {
      defaults.put("generation.sigma", "10");
    }
    if (cache.equals("dllm")) {
      var intervals = Intervals.of(subject.task(), subject.kind());
      defaults.put("cache.kp", String.valueOf(intervals.prompt()));
      defaults.put("cache.kr", String.valueOf(intervals.response()));
    }
    return Settings.of(defaults).with(given).with(lengths(cache));
  }

  /**
   * Lengths, which a {@code null} leaves to the defaults. The default block is as long as the
   * generation that was asked for; d2Cache takes its own table's and then fails when it does not
   * divide.
   */
  private Settings lengths(String cache) {
    int generation = given.integer("generation.gen_length").orElseGet(this::generationLength);
    var lengths = new LinkedHashMap<String, String>();
    lengths.put("generation.gen_length", String.valueOf(generation));
    if (!subject.kind().isBlockCausal()) {
      int block =
          given
              .integer("generation.block_length")
              .orElseGet(() -> Math.min(generation, blockLength(cache, generation)));
      lengths.put("generation.block_length", String.valueOf(block));
    }
    return Settings.of(lengths);
  }

  int generationLength() {
    var task = subject.task();
    if (SHORT_ANSWERS.contains(task)) {
      return 256;
    }
    return LONG_ANSWERS.contains(task) || task.contains("longbench")
        ? 512
        : subject.generationLength();
  }

  private int blockLength(String cache, int generation) {
    return switch (cache) {
      case "d2cache" -> generation;
      case "prefix" -> SHORT_BLOCK;
      default -> subject.kind().isInstruct() ? SHORT_BLOCK : generation;
    };
  }
}
