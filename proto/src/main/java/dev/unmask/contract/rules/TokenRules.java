package dev.unmask.contract.rules;

import dev.unmask.type.v1.Model;
import dev.unmask.type.v1.TokenIds;
import java.util.Optional;

/** Rules of token ids. Without a model only their presence is checked. */
final class TokenRules {
  private final Optional<Model> model;
  private final Violations violations;

  TokenRules(Optional<Model> model, Violations violations) {
    this.model = model;
    this.violations = violations;
  }

  /** A prompt holds no mask: the canvas after it does. */
  void ofPrompt(String field, TokenIds tokens) {
    check(field, tokens);
    model.ifPresent(known -> masks(field, tokens, known));
  }

  void check(String field, TokenIds tokens) {
    violations.addIf(tokens.getIdsCount() == 0, field + ".ids", "must not be empty");
    model.ifPresent(known -> {
      count(field, tokens, known);
      vocabulary(field, tokens, known);
    });
  }

  private void count(String field, TokenIds tokens, Model known) {
    long most = Integer.toUnsignedLong(known.getContextLength());
    violations.addIf(
        tokens.getIdsCount() > most,
        field + ".ids",
        "must be at most the context of " + most + " tokens, was " + tokens.getIdsCount());
  }

  /** A token of the canvas that is no mask. */
  void single(String field, int token, Model known) {
    vocabulary(field, token, known);
    mask(field, token, known);
  }

  private void vocabulary(String field, TokenIds tokens, Model known) {
    for (int i = 0; i < tokens.getIdsCount(); i++) {
      vocabulary(at(field, i), tokens.getIds(i), known);
    }
  }

  private void vocabulary(String field, int token, Model known) {
    if (Integer.compareUnsigned(token, known.getVocabularySize()) >= 0) {
      violations.add(
          field,
          "must be below the vocabulary size "
              + Integer.toUnsignedString(known.getVocabularySize())
              + ", was "
              + Integer.toUnsignedString(token));
    }
  }

  private void masks(String field, TokenIds tokens, Model known) {
    for (int i = 0; i < tokens.getIdsCount(); i++) {
      mask(at(field, i), tokens.getIds(i), known);
    }
  }

  private void mask(String field, int token, Model known) {
    violations.addIf(
        token == known.getMaskToken(),
        field,
        "must not be the mask token " + Integer.toUnsignedString(known.getMaskToken()));
  }

  private static String at(String field, int index) {
    return field + ".ids[" + index + "]";
  }
}
