package dev.unmask.client.evaluation.settings;

import java.util.Map;
import java.util.Optional;

/** Settings of the published projects that have no meaning where a server decodes, and why. */
final class MeaninglessKeys {
  private static final String CHECKPOINT = "the server takes it from the checkpoint";
  private static final String LIKELIHOOD = "it is of likelihood tasks; a server generates";
  private static final String SERVED =
      "a server decodes with the checkpoints it was started with; see `unmask up --model`";
  private static final String RECORDS = "every report holds tokens and their order, never logits";

  private static final Map<String, String> REASONS =
      Map.ofEntries(
          Map.entry(
              "attn_implementation", "the engine has one attention, which every cache can use"),
          Map.entry("use_eval_cache", "finished questions are kept always; --out resumes them"),
          Map.entry("gen_args_script", "its values are built in and listed in docs/evaluation.md"),
          Map.entry("max_length", LIKELIHOOD),
          Map.entry("mc_num", LIKELIHOOD),
          Map.entry("is_check_greedy", LIKELIHOOD),
          Map.entry("nll_type", LIKELIHOOD),
          Map.entry("log_type", LIKELIHOOD),
          Map.entry("dataset.system_prompt", "d2Cache never reads it"),
          Map.entry("generation.strategy", "say generation=NAME"),
          Map.entry("generation.output_probs", RECORDS),
          Map.entry("generation.output_hidden_states", RECORDS),
          Map.entry("generation.mask_token_id", CHECKPOINT),
          Map.entry("generation.eos_token_id", CHECKPOINT),
          Map.entry("generation.pad_token_id", CHECKPOINT),
          Map.entry("generation.add_bos_token", "say add_bos_token"),
          Map.entry("model.path", SERVED),
          Map.entry("model.name", "say model=NAME"),
          Map.entry("model_path", SERVED),
          Map.entry("pretrained", SERVED),
          Map.entry("show_speed", "every report shows speed"),
          Map.entry("save_dir", "say --out DIR"),
          Map.entry("is_feature_cache", "dLLM-Cache's interval names turn its cache on"),
          Map.entry("is_cfg_cache", "cfg_interval_steps above 1 turns it on"));

  private MeaninglessKeys() {}

  /** Why a name has no meaning here; empty when nothing is known of it. */
  static Optional<String> reason(String name) {
    return name.startsWith("eval_args.")
        ? Optional.of("it is of lm-eval, which takes no part here")
        : Optional.ofNullable(REASONS.get(name));
  }
}
