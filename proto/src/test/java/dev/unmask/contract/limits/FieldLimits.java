package dev.unmask.contract.limits;

import dev.unmask.contract.limits.FieldLimit.Form;
import java.util.List;

/** Every field of a request for tokens that a constant bounds. */
final class FieldLimits {
  private static final String TEXT = "prompt{text:'x'} ";
  private static final String PLAIN = TEXT + "spec{no_cache{} ";

  static final List<FieldLimit> ALL =
      List.of(
          text("model", "NAME_CHARACTERS", TEXT + "model:'%s'"),
          text("worker", "NAME_CHARACTERS", TEXT + "worker:'%s'"),
          text("request_id", "NAME_CHARACTERS", TEXT + "request_id:'%s'"),
          new FieldLimit(
              "namespace",
              "NAMESPACE_CHARACTERS",
              "characters",
              Form.DECODE_TEXT,
              TEXT + "model:'m' request_id:'r' namespace:'%s'"),
          new FieldLimit("prompt.text", "PROMPT_BYTES", "bytes", Form.TEXT, "prompt{text:'%s'}"),
          new FieldLimit(
              "prompt.conversation",
              "PROMPT_BYTES",
              "bytes",
              Form.TEXT,
              "prompt{conversation{messages{role:'user' content:'%s'}}}"),
          new FieldLimit(
              "prompt.conversation.messages",
              "CONVERSATION_MESSAGES",
              "messages",
              Form.LIST,
              "prompt{conversation{messages{role:'user' content:'x'}}}"),
          whole(
              "spec.generation_length",
              "GENERATION_LENGTH",
              "tokens",
              TEXT + "spec{generation_length:%s block_length:1}"),
          new FieldLimit(
              "spec.stop", "STOP_STRINGS", "strings", Form.LIST, TEXT + "spec{stop:'x'}"),
          text("spec.stop[0]", "STOP_STRING_CHARACTERS", TEXT + "spec{stop:'%s'}"),
          real(
              "spec.sampling.temperature",
              "TEMPERATURE",
              "",
              TEXT + "spec{sampling{temperature:%s}}"),
          real("spec.factor.factor", "FACTOR", "", TEXT + "spec{factor{factor:%s}}"),
          real(
              "spec.certainty_prior_sigma",
              "CERTAINTY_PRIOR_SIGMA",
              "positions",
              TEXT + "spec{fixed_schedule{} certainty_prior_sigma:%s}"),
          real(
              "spec.d2_cache.sigma",
              "CERTAINTY_PRIOR_SIGMA",
              "positions",
              TEXT + "spec{d2_cache{sigma:%s}}"),
          real(
              "spec.entropy_bound.gamma",
              "ENTROPY_BOUND",
              "nats",
              TEXT + "spec{entropy_bound{gamma:%s}}"),
          real(
              "spec.klass.kl_threshold",
              "KL_THRESHOLD",
              "nats",
              TEXT + "spec{klass{kl_threshold:%s}}"),
          whole(
              "spec.klass.kl_history_length",
              "KL_HISTORY_LENGTH",
              "steps",
              TEXT + "spec{klass{kl_history_length:%s}}"),
          real(
              "spec.pc_sampler.clip_alpha",
              "CLIP_ALPHA",
              "nats",
              TEXT + "spec{pc_sampler{clip_alpha:%s}}"),
          real(
              "spec.fixed_schedule.alg_temp",
              "ALG_TEMPERATURE",
              "",
              TEXT + "spec{fixed_schedule{alg_temp:%s}}"),
          steps(
              "spec.prefix_cache.prompt_interval_steps", "prefix_cache{prompt_interval_steps:%s}"),
          steps("spec.dual_cache.prompt_interval_steps", "dual_cache{prompt_interval_steps:%s}"),
          steps("spec.sparse_dllm.prompt_interval_steps", "sparse_dllm{prompt_interval_steps:%s}"),
          steps("spec.dllm_cache.kp", "dllm_cache{kp:%s}"),
          steps("spec.dllm_cache.kr", "dllm_cache{kr:%s}"),
          steps("spec.guidance.interval", "dllm_cache{} guidance{scale:1 interval:%s}"),
          whole(
              "spec.d2_cache.current_k",
              "GENERATION_LENGTH",
              "positions",
              TEXT + "spec{d2_cache{current_k:%s}}"),
          whole(
              "spec.d2_cache.inflate_w",
              "GENERATION_LENGTH",
              "positions",
              TEXT + "spec{d2_cache{inflate_w:%s}}"),
          whole(
              "spec.sparse_dllm.kernel_size",
              "KERNEL_SIZE",
              "positions",
              TEXT + "spec{sparse_dllm{kernel_size:%s}}"),
          whole(
              "spec.sparse_dllm.delay",
              "KEEP_DELAY_STEPS",
              "steps",
              TEXT + "spec{sparse_dllm{delay:%s}}"),
          real("spec.guidance.scale", "GUIDANCE_SCALE", "", PLAIN + "guidance{scale:%s}}"),
          whole(
              "sharing.shallow.depth",
              "SHARED_LAYERS",
              "layers",
              TEXT + "sharing{shallow{depth:%s}}"));

  private FieldLimits() {}

  private static FieldLimit text(String field, String constant, String request) {
    return new FieldLimit(field, constant, "characters", Form.TEXT, request);
  }

  private static FieldLimit whole(String field, String constant, String unit, String request) {
    return new FieldLimit(field, constant, unit, Form.WHOLE, request);
  }

  private static FieldLimit real(String field, String constant, String unit, String request) {
    return new FieldLimit(field, constant, unit, Form.REAL, request);
  }

  private static FieldLimit steps(String field, String cache) {
    return whole(field, "INTERVAL_STEPS", "steps", TEXT + "spec{" + cache + "}");
  }
}
