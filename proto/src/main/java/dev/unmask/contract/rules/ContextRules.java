package dev.unmask.contract.rules;

import dev.unmask.contract.CanvasSizes;
import dev.unmask.contract.Limits;
import dev.unmask.type.v1.Model;

/** Rules of what fits into a model's context: prompt and generation together. */
final class ContextRules {
  private final long context;
  private final Violations violations;

  ContextRules(Model model, Violations violations) {
    this.context = Integer.toUnsignedLong(model.getContextLength());
    this.violations = violations;
  }

  /**
   * A generation must leave room for a prompt of one token; one beyond every bound is told
   * elsewhere.
   */
  void generation(CanvasSizes sizes) {
    violations.addIf(
        sizes.generation() >= context && sizes.generation() <= Limits.GENERATION_LENGTH,
        "spec.generation_length",
        "must leave room for a prompt in the context of "
            + context
            + " tokens, was "
            + sizes.generation());
  }

  /** A prompt must leave room for the generation. */
  void prompt(String field, long tokens, CanvasSizes sizes) {
    violations.addIf(tokens < 1, field, "must be at least 1 token, was " + tokens);
    violations.addIf(
        sizes.generation() < context && tokens + sizes.generation() > context,
        field,
        "must be at most "
            + (context - sizes.generation())
            + " tokens (context "
            + context
            + " minus generation_length "
            + sizes.generation()
            + "), was "
            + tokens);
  }
}
