package dev.unmask.contract.combination;

import dev.unmask.type.v1.Confidence;

/** Rules of which confidence an unmask policy can work with. */
final class ConfidenceRules {
  private final Combination combination;
  private final Refusals refusals;

  ConfidenceRules(Combination combination, Refusals refusals) {
    this.combination = combination;
    this.refusals = refusals;
  }

  void check() {
    switch (combination.unmask()) {
      case FIXED_SCHEDULE -> drawn();
      case THRESHOLD, FACTOR, KLASS, UNMASK_NOT_SET -> bounded();
      case LEFT_TO_RIGHT -> leftToRight();
      case ENTROPY_BOUND -> {}
      case WINO -> probability("WINO compares probabilities with its bounds");
      case PC_SAMPLER ->
          probability("PC-Sampler weighs probabilities by the rarity of their tokens");
      case ORIGIN -> probability("its coins ignore every score");
    }
  }

  private void drawn() {
    refusals.addIf(
        combination.spec().getFixedSchedule().hasAlgTemp() && random(),
        "fixed_schedule.alg_temp",
        "must be absent with CONFIDENCE_RANDOM: the best of random scores are positions drawn"
            + " evenly already");
  }

  private void leftToRight() {
    if (combination.spec().getLeftToRight().hasThreshold()) {
      bounded();
    }
  }

  private void bounded() {
    refusals.addIf(
        random(),
        "confidence",
        "must not be CONFIDENCE_RANDOM with "
            + combination.unmaskName()
            + ": a bound on a random number says nothing about its token");
  }

  private void probability(String reason) {
    refusals.addIf(
        combination.confidence() != Confidence.CONFIDENCE_MAX_PROBABILITY
            && combination.confidence() != Confidence.UNRECOGNIZED,
        "confidence",
        "must be CONFIDENCE_MAX_PROBABILITY with " + combination.unmaskName() + ": " + reason);
  }

  private boolean random() {
    return combination.confidence() == Confidence.CONFIDENCE_RANDOM;
  }
}
