package dev.unmask.contract.rules;

import dev.unmask.contract.CanvasSizes;
import dev.unmask.contract.Limits;
import dev.unmask.type.v1.DecodingSpec;
import dev.unmask.type.v1.Given;
import dev.unmask.type.v1.GivenToken;
import dev.unmask.type.v1.Model;
import dev.unmask.type.v1.TokenIds;
import java.util.Optional;

/**
 * Rules of what is known of the generated part before it is decoded. How many tokens a suffix of
 * text is, only the worker knows: it checks again, see {@link #suffix}.
 */
final class GivenRules {
  private static final String TOKENS = "given.tokens";
  private static final String SUFFIX_TEXT = "given.suffix_text";
  private static final String SUFFIX_TOKENS = "given.suffix_tokens";

  private final Optional<Model> model;
  private final long generation;
  private final Violations violations;

  GivenRules(Optional<Model> model, DecodingSpec spec, Violations violations) {
    this.model = model;
    this.violations = violations;
    generation = CanvasSizes.of(spec, model.orElse(Model.getDefaultInstance())).generation();
  }

  void check(Given given) {
    switch (given.getSuffixCase()) {
      case SUFFIX_TEXT -> text(given);
      case SUFFIX_TOKENS -> tokens(given.getSuffixTokens());
      case SUFFIX_NOT_SET -> {
        // Nothing is fixed at the end.
      }
    }
    positions(given, given.getSuffixTokens().getIdsCount());
    for (int i = 0; i < given.getTokensCount(); i++) {
      token(TOKENS + "[" + i + "].token", given.getTokens(i));
    }
  }

  /** A suffix of text, once its tokens are counted. */
  void suffix(Given given, TokenIds tokens) {
    new TokenRules(model, violations).ofPrompt(SUFFIX_TEXT, tokens);
    length(SUFFIX_TEXT, tokens.getIdsCount());
    positions(given, tokens.getIdsCount());
  }

  private void text(Given given) {
    lookAhead(SUFFIX_TEXT);
    new PromptRules(model, violations).size(SUFFIX_TEXT, given.getSuffixTextBytes().size());
  }

  private void tokens(TokenIds suffix) {
    lookAhead(SUFFIX_TOKENS);
    new TokenRules(model, violations).ofPrompt(SUFFIX_TOKENS, suffix);
    length(SUFFIX_TOKENS, suffix.getIdsCount());
  }

  private void lookAhead(String field) {
    boolean causal = model.map(known -> known.getBlockLength() > 0).orElse(false);
    violations.addIf(
        causal,
        field,
        "must be absent with this model: its attention is block-causal, so that nothing it decodes"
            + " sees what stands right of its block");
  }

  private void length(String field, long tokens) {
    violations.addIf(
        tokens >= generation && generation <= Limits.GENERATION_LENGTH,
        field,
        "must be shorter than generation_length " + generation + " tokens, was " + tokens);
  }

  private void positions(Given given, long suffix) {
    long end = generation - suffix;
    if (end < 1) {
      return;
    }
    long last = -1;
    for (int i = 0; i < given.getTokensCount(); i++) {
      long position = Integer.toUnsignedLong(given.getTokens(i).getPosition());
      position(TOKENS + "[" + i + "].position", position, last, end);
      last = Math.max(last, position);
    }
    violations.addIf(
        given.getTokensCount() >= end,
        TOKENS,
        "must leave a position to decode: at most "
            + (end - 1)
            + ", was "
            + given.getTokensCount());
  }

  private void position(String field, long position, long last, long end) {
    violations.addIf(
        position <= last, field, "must be above the one before, " + last + ", was " + position);
    violations.addIf(
        position >= end,
        field,
        "must be below " + end + " (generation_length minus suffix), was " + position);
  }

  private void token(String field, GivenToken given) {
    model.ifPresent(
        known -> new TokenRules(model, violations).single(field, given.getToken(), known));
  }
}
