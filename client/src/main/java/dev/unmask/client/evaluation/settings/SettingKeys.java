package dev.unmask.client.evaluation.settings;

import static dev.unmask.client.evaluation.settings.Form.choice;
import static dev.unmask.client.evaluation.settings.Form.flag;
import static dev.unmask.client.evaluation.settings.Form.integer;
import static dev.unmask.client.evaluation.settings.Form.interval;
import static dev.unmask.client.evaluation.settings.Form.number;
import static dev.unmask.client.evaluation.settings.Form.seed;
import static dev.unmask.client.evaluation.settings.Form.share;
import static dev.unmask.client.evaluation.settings.Form.text;

import dev.unmask.config.KnownKeys;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Every setting that means something here, by name. */
final class SettingKeys {
  private static final Form CERTAINTY = choice("maskgit_plus", "entropy", "topk_margin", "random");

  /**
   * d2Cache's keys (configs at commit 72feb60); cache=sparse, its three, the frozen prompt,
   * cache=block and its one are ours.
   */
  private static final Map<String, Form> D2CACHE =
      Map.ofEntries(
          Map.entry("cache", choice("null", "prefix", "dllm", "d2cache", "sparse", "block")),
          Map.entry("cache.within_block", flag()),
          Map.entry("cache.use_dual", flag()),
          Map.entry("cache.prompt_interval_steps", interval()),
          Map.entry("cache.kp", interval().orNull()),
          Map.entry("cache.kr", interval().orNull()),
          Map.entry("cache.rou", share(0, 1)),
          Map.entry("cache.rollout_p", share(0, 1)),
          Map.entry("cache.current_k", integer(1)),
          Map.entry("cache.sigma", number(0)),
          Map.entry("cache.inflate_w", integer(0)),
          Map.entry("cache.keep_ratio", share(0, 1)),
          Map.entry("cache.kernel_size", integer(1)),
          Map.entry("cache.delay", integer(0)),
          Map.entry(
              "generation", choice("vanilla", "ar", "klass", "eb_sampler", "pc_sampler", "wino")),
          Map.entry("generation.gen_length", integer(1).orNull()),
          Map.entry("generation.block_length", integer(1).orNull()),
          Map.entry("generation.num_transfer_tokens", integer(1)),
          Map.entry("generation.temperature", number(0).orNull()),
          Map.entry("generation.top_p", share(0, 1).orNull()),
          Map.entry("generation.top_k", integer(0).orNull()),
          Map.entry("generation.alg", CERTAINTY),
          Map.entry("generation.threshold", share(0, 1).orNull()),
          Map.entry("generation.factor", number(0).orNull()),
          Map.entry("generation.sigma", number(0).orNull()),
          Map.entry("generation.stop_until_eos", flag()),
          Map.entry("generation.debias", flag()),
          Map.entry("generation.clip_alpha", number(0)),
          Map.entry("generation.gamma", number(0)),
          Map.entry("generation.kl_threshold", number(0)),
          Map.entry("generation.kl_history_length", integer(1)),
          Map.entry("generation.wide_in_thres", share(0, 1)),
          Map.entry("generation.narrow_out_thres", share(0, 1)));

  /** Arguments of Fast-dLLM's evaluation (24cc59e) and of LLaDA's generate.py. */
  private static final Map<String, Form> FAST_DLLM =
      Map.ofEntries(
          Map.entry("gen_length", integer(1)),
          Map.entry("max_new_tokens", integer(1)),
          Map.entry("steps", integer(1)),
          Map.entry("diffusion_steps", integer(1)),
          Map.entry("block_length", integer(1)),
          Map.entry("threshold", share(0, 1).orNull()),
          Map.entry("factor", number(0).orNull()),
          Map.entry("use_cache", flag()),
          Map.entry("dual_cache", flag()),
          Map.entry(
              "alg",
              choice("confidence_threshold", "maskgit_plus", "entropy", "topk_margin", "origin")),
          Map.entry("alg_temp", number(0).orNull()),
          Map.entry("remasking", choice("low_confidence", "random")),
          Map.entry("temperature", number(0)),
          Map.entry("top_p", share(0, 1).orNull()),
          Map.entry("top_k", integer(0).orNull()),
          Map.entry("cfg_scale", number(0)),
          Map.entry("logits_eos_inf", flag()),
          Map.entry("confidence_eos_eot_inf", flag()));

  /** dLLM-Cache's own arguments (17235bf). */
  private static final Map<String, Form> DLLM_CACHE =
      Map.of(
          "prompt_interval_steps", interval(),
          "gen_interval_steps", interval(),
          "transfer_ratio", share(0, 1),
          "cfg_interval_steps", integer(1));

  /** What to evaluate, not how to decode. */
  private static final Map<String, Form> ANY =
      Map.of(
          "model",
              choice(Arrays.stream(ModelKind.values()).map(ModelKind::word).toArray(String[]::new)),
          "dataset.name", text(),
          "dataset.size", integer(1).orNull(),
          "dataset.n_shot", integer(0).orNull(),
          "dataset.batch_size", integer(1),
          "batch_size", integer(1),
          "seed", seed(),
          "add_bos_token", flag(),
          "compatibility",
              choice("unmask", "fast_dllm", "d2cache", "sparse_dllm", "fast_dllm_v2", "sdar"));

  private static final Map<String, SettingKey> ALL =
      Stream.of(
              keys(Dialect.D2CACHE, D2CACHE),
              keys(Dialect.FAST_DLLM, FAST_DLLM),
              keys(Dialect.DLLM_CACHE, DLLM_CACHE),
              keys(Dialect.ANY, ANY))
          .flatMap(Function.identity())
          .collect(Collectors.toUnmodifiableMap(SettingKey::name, Function.identity()));

  private SettingKeys() {}

  /** All of them, by name. */
  static Map<String, SettingKey> all() {
    return ALL;
  }

  /**
   * The keys of some names.
   *
   * @throws IllegalArgumentException naming the first unknown name and the nearest known one
   */
  static void check(Collection<String> names) {
    var patterns = ALL.keySet().stream().map(Pattern::quote).collect(Collectors.toSet());
    new KnownKeys(patterns, ALL.keySet()).check(names);
  }

  private static Stream<SettingKey> keys(Dialect dialect, Map<String, Form> forms) {
    return forms.entrySet().stream().map(e -> new SettingKey(e.getKey(), dialect, e.getValue()));
  }
}
