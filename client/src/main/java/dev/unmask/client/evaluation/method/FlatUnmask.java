package dev.unmask.client.evaluation.method;

import static dev.unmask.type.v1.Compatibility.COMPATIBILITY_FAST_DLLM;

import dev.unmask.client.evaluation.settings.Settings;
import dev.unmask.type.v1.DecodingSpec;
import dev.unmask.type.v1.Factor;
import dev.unmask.type.v1.FixedSchedule;
import dev.unmask.type.v1.Origin;
import dev.unmask.type.v1.Threshold;
import dev.unmask.type.v1.TimeSchedule;
import java.util.Optional;

/** The unmask policy that Fast-dLLM's arguments stand for; its decoders differ by model family. */
final class FlatUnmask {
  private static final double FAST_DLLM_THRESHOLD = 0.9;

  private final Settings settings;
  private final Subject subject;

  FlatUnmask(Settings settings, Subject subject) {
    this.settings = settings;
    this.subject = subject;
  }

  /** Sets policy and confidence; the builder has its lengths and its cache. */
  void apply(DecodingSpec.Builder spec, Optional<Integer> steps) {
    int planned = steps.orElse(spec.getGenerationLength());
    if (subject.kind().isDream()) {
      dream(spec, planned);
    } else {
      llada(spec, planned);
    }
  }

  private void llada(DecodingSpec.Builder spec, int steps) {
    refuse("alg", "a LLaDA model; its decoder has remasking");
    refuse("alg_temp", "a LLaDA model");
    var threshold = settings.number("threshold");
    var factor = settings.number("factor");
    if (threshold.isPresent() && factor.isPresent()) {
      throw new IllegalArgumentException("threshold and factor: give one of them");
    }
    settings.text("remasking").map(Words::confidence).ifPresent(spec::setConfidence);
    if (threshold.isPresent()) {
      spec.setThreshold(Threshold.newBuilder().setThreshold(threshold.get()));
    } else if (factor.isPresent()) {
      spec.setFactor(Factor.newBuilder().setFactor(factor.get()));
    } else {
      spec.setFixedSchedule(FixedSchedule.newBuilder().setSteps(steps));
    }
  }

  private void dream(DecodingSpec.Builder spec, int steps) {
    refuse("remasking", "a Dream model; its decoder has alg");
    refuse("factor", "a Dream model: Fast-dLLM's Dream decoders have none");
    var algorithm = settings.text("alg").orElse("entropy");
    if (algorithm.equals("confidence_threshold")) {
      spec.setThreshold(dreamThreshold(spec, steps));
      return;
    }
    refuse("threshold", "alg=" + algorithm + "; it belongs to alg=confidence_threshold");
    if (algorithm.equals("origin")) {
      spec.setOrigin(Origin.newBuilder().setSteps(steps));
      return;
    }
    var schedule = FixedSchedule.newBuilder().setTime(TimeSchedule.newBuilder().setSteps(steps));
    settings.number("alg_temp").filter(value -> value > 0).ifPresent(schedule::setAlgTemp);
    spec.setFixedSchedule(schedule).setConfidence(Words.confidence(algorithm));
  }

  /** Only the decoder without a cache plans how many positions a step considers. */
  private Threshold dreamThreshold(DecodingSpec.Builder spec, int steps) {
    var policy =
        Threshold.newBuilder()
            .setThreshold(settings.number("threshold").orElse(FAST_DLLM_THRESHOLD));
    var other = Words.compatibility(settings).filter(c -> c != COMPATIBILITY_FAST_DLLM);
    if (spec.hasNoCache() && other.isEmpty()) {
      policy.setSteps(steps);
    }
    return policy.build();
  }

  private void refuse(String name, String where) {
    if (settings.hasValue(name)) {
      throw new IllegalArgumentException(name + " has no meaning with " + where);
    }
  }
}
