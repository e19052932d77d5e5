package dev.unmask.client.evaluation.method;

import dev.unmask.client.evaluation.settings.Settings;
import java.util.Map;
import java.util.Set;

/**
 * Which of d2Cache's settings a strategy and a cache read. d2Cache ignores the others in silence;
 * here they are refused, because whoever sets them expects them to matter.
 */
final class Relevance {
  private static final Set<String> EVERY_STRATEGY =
      Set.of(
          "gen_length",
          "block_length",
          "num_transfer_tokens",
          "temperature",
          "top_p",
          "top_k",
          "alg",
          "stop_until_eos");

  private static final Map<String, Set<String>> BY_STRATEGY =
      Map.of(
          "vanilla", Set.of("threshold", "factor", "sigma"),
          "ar", Set.of("threshold"),
          "klass", Set.of("threshold", "kl_threshold", "kl_history_length", "sigma"),
          "eb_sampler", Set.of("gamma", "sigma"),
          "pc_sampler", Set.of("debias", "clip_alpha", "sigma"),
          "wino", Set.of("wide_in_thres", "narrow_out_thres", "sigma"));

  private static final Map<String, Set<String>> BY_CACHE =
      Map.of(
          "null", Set.of(),
          "prefix", Set.of("use_dual", "prompt_interval_steps"),
          "dllm", Set.of("kp", "kr", "rou"),
          "d2cache", Set.of("rollout_p", "current_k", "sigma", "inflate_w"),
          "sparse", Set.of("keep_ratio", "kernel_size", "delay", "prompt_interval_steps"),
          "block", Set.of("within_block"));

  private Relevance() {}

  /**
   * Refuses what nothing would read.
   *
   * @param own settings that must matter
   * @param all settings that say which strategy and cache there is
   * @throws IllegalArgumentException naming the setting and the strategy or cache
   */
  static void check(Settings own, Settings all) {
    var strategy = all.text("generation").orElse("vanilla");
    var cache = all.text("cache").orElse(Settings.NULL);
    for (var name : own.names()) {
      if (name.startsWith("generation.")) {
        var key = name.substring("generation.".length());
        boolean read = EVERY_STRATEGY.contains(key) || BY_STRATEGY.get(strategy).contains(key);
        // What is switched off harms nobody.
        refuse(!read && own.hasValue(name) && !isOff(own, name), name, "generation=" + strategy);
      } else if (name.startsWith("cache.")) {
        var key = name.substring("cache.".length());
        refuse(!BY_CACHE.get(cache).contains(key), name, "cache=" + cache);
      }
    }
  }

  private static boolean isOff(Settings settings, String name) {
    return settings.text(name).filter("false"::equals).isPresent();
  }

  private static void refuse(boolean useless, String name, String choice) {
    if (useless) {
      throw new IllegalArgumentException(name + " has no meaning with " + choice);
    }
  }
}
