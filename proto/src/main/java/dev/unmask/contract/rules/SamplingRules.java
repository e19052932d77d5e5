package dev.unmask.contract.rules;

import dev.unmask.contract.Limits;
import dev.unmask.type.v1.Model;
import dev.unmask.type.v1.Sampling;
import java.util.Optional;

/** Rules of how a token is drawn. */
final class SamplingRules {
  private static final long UNSIGNED_MAX = (1L << Integer.SIZE) - 1;

  private final Optional<Model> model;
  private final Violations violations;

  SamplingRules(Optional<Model> model, Violations violations) {
    this.model = model;
    this.violations = violations;
  }

  void check(Sampling sampling) {
    var field = "spec.sampling.";
    if (sampling.hasTemperature()) {
      var bounds = Interval.closed(0, Limits.TEMPERATURE);
      violations.range(field + "temperature", sampling.getTemperature(), bounds);
    }
    if (sampling.hasTopP()) {
      violations.range(field + "top_p", sampling.getTopP(), Interval.leftOpen(0, 1));
    }
    if (sampling.hasTopK()) {
      long most =
          model
              .map(known -> Integer.toUnsignedLong(known.getVocabularySize()))
              .orElse(UNSIGNED_MAX);
      violations.range(field + "top_k", Integer.toUnsignedLong(sampling.getTopK()), 1, most);
    }
  }
}
