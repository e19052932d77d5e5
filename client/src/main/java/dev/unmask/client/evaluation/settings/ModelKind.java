package dev.unmask.client.evaluation.settings;

import dev.unmask.type.v1.ModelFamily;
import dev.unmask.type.v1.ModelIdentity;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Models as d2Cache tells them apart, and block-causal ones; defaults depend on it. */
public enum ModelKind {
  /** LLaDA-8B-Base. */
  LLADA_BASE,
  /** LLaDA-8B-Instruct. */
  LLADA_INST,
  /** LLaDA-1.5: tuned for chat, yet no {@code inst} to d2Cache. */
  LLADA_1_5,
  /** Dream-v0-Base-7B. */
  DREAM_BASE,
  /** Dream-v0-Instruct-7B. */
  DREAM_INST,
  /** Fast-dLLM v2, all of them tuned for chat. */
  FAST_DLLM_V2,
  /** SDAR's chat models. */
  SDAR;

  /** The kind d2Cache calls by a name, such as {@code llada-inst}. */
  public static Optional<ModelKind> of(String word) {
    return Arrays.stream(values()).filter(kind -> kind.word().equals(word)).findFirst();
  }

  /**
   * What a served model is, as its name says: {@code inst} anywhere in it means instruct, and so do
   * the names of the shipped models, which were trained on conversations.
   */
  public static ModelKind of(ModelIdentity model) {
    var name = model.getName().toLowerCase(Locale.ROOT);
    boolean instruct =
        name.contains("inst") || name.contains("chat") || name.startsWith("unmask-mini");
    if (model.getFamily() == ModelFamily.MODEL_FAMILY_FAST_DLLM_V2) {
      return FAST_DLLM_V2;
    }
    if (model.getFamily() == ModelFamily.MODEL_FAMILY_SDAR) {
      return SDAR;
    }
    if (model.getFamily() == ModelFamily.MODEL_FAMILY_DREAM) {
      return instruct ? DREAM_INST : DREAM_BASE;
    }
    if (name.contains("1.5") || name.contains("1_5")) {
      return LLADA_1_5;
    }
    return instruct ? LLADA_INST : LLADA_BASE;
  }

  /** The name d2Cache has for it. */
  public String word() {
    return this == LLADA_1_5 ? "llada-1.5" : name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Whether prompts are conversations and blocks short, unless settings say otherwise. */
  public boolean isInstruct() {
    return this == LLADA_INST || this == DREAM_INST || isBlockCausal();
  }

  /** Whether attention is block-causal, so that the model says how long a block is. */
  public boolean isBlockCausal() {
    return this == FAST_DLLM_V2 || this == SDAR;
  }

  /** Whether it is of the Dream family. */
  public boolean isDream() {
    return this == DREAM_BASE || this == DREAM_INST;
  }
}
