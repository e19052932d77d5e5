package dev.unmask.contract.rules;

import dev.unmask.contract.Limits;
import dev.unmask.contract.combination.Combination;
import dev.unmask.type.v1.Compatibility;
import dev.unmask.type.v1.DecodingSpec;
import java.util.Optional;
import java.util.stream.Stream;

/** Rules of the certainty prior: its width, and which scores a density may weigh. */
final class PriorRules {
  private static final String FIELD = "spec.certainty_prior_sigma";

  private final Combination combination;
  private final Violations violations;

  PriorRules(Combination combination, Violations violations) {
    this.combination = combination;
    this.violations = violations;
  }

  void check(DecodingSpec spec) {
    if (!spec.hasCertaintyPriorSigma()) {
      return;
    }
    var bounds = Interval.leftOpen(0, Limits.CERTAINTY_PRIOR_SIGMA);
    violations.range(FIELD, spec.getCertaintyPriorSigma(), bounds);
    var reasons = Stream.of(confidence(), policy(spec)).flatMap(Optional::stream).toList();
    violations.addIf(
        !reasons.isEmpty(), FIELD, "must be absent with " + String.join("; with ", reasons));
  }

  private Optional<String> confidence() {
    return switch (combination.confidence()) {
      case CONFIDENCE_NEGATIVE_ENTROPY ->
          Optional.of(
              "CONFIDENCE_NEGATIVE_ENTROPY: its scores are negative, so a density would reverse"
                  + " their order");
      case CONFIDENCE_RANDOM ->
          Optional.of("CONFIDENCE_RANDOM: a random number has no certainty to weigh");
      case CONFIDENCE_MAX_PROBABILITY, CONFIDENCE_MARGIN, CONFIDENCE_UNSPECIFIED, UNRECOGNIZED ->
          Optional.empty();
    };
  }

  private Optional<String> policy(DecodingSpec spec) {
    return switch (combination.unmask()) {
      case FIXED_SCHEDULE -> Optional.empty();
      case THRESHOLD, FACTOR, UNMASK_NOT_SET -> published() ? Optional.empty() : bounded();
      case LEFT_TO_RIGHT -> spec.getLeftToRight().hasThreshold() ? bounded() : Optional.empty();
      case ENTROPY_BOUND, KLASS, WINO, PC_SAMPLER -> bounded();
      case ORIGIN -> Optional.of("origin: its coins ignore every score; set fixed_schedule");
    };
  }

  private Optional<String> bounded() {
    return Optional.of(
        combination.unmaskName()
            + ": a threshold on a density-weighted score is no longer one on a probability; set"
            + " fixed_schedule");
  }

  private boolean published() {
    return combination.compatibility() == Compatibility.COMPATIBILITY_D2CACHE;
  }
}
