package dev.unmask.worker.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unmask.worker.unmask.EntropyBound;
import dev.unmask.worker.unmask.Factor;
import dev.unmask.worker.unmask.FixedSchedule;
import dev.unmask.worker.unmask.Klass;
import dev.unmask.worker.unmask.LeftToRight;
import dev.unmask.worker.unmask.Origin;
import dev.unmask.worker.unmask.Pace;
import dev.unmask.worker.unmask.PcSampler;
import dev.unmask.worker.unmask.Threshold;
import dev.unmask.worker.unmask.UnmaskPolicy;
import dev.unmask.worker.unmask.Wino;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class UnmaskSpecsTest {
  @Test
  void policy_nothingButItsName_hasTheDefaultsOfTheContract() {
    assertThat(policy("")).isEqualTo(new Threshold(.9, 1, OptionalInt.empty()));
    assertThat(policy("threshold {}")).isEqualTo(new Threshold(.9, 1, OptionalInt.empty()));
    assertThat(policy("factor {}")).isEqualTo(new Factor(1, 1, Factor.Edge.THEOREM));
    assertThat(policy("fixed_schedule {}"))
        .isEqualTo(new FixedSchedule(new Pace.TokensPerStep(1), OptionalDouble.empty()));
    assertThat(policy("entropy_bound {}")).isEqualTo(new EntropyBound(.001, 1));
    assertThat(policy("klass {}")).isEqualTo(new Klass(.01, 2, .9, 1));
    assertThat(policy("wino {}")).isEqualTo(new Wino(.7, .9, 1));
    assertThat(policy("pc_sampler {}")).isEqualTo(new PcSampler(1, true, 10));
    assertThat(policy("left_to_right {}"))
        .isEqualTo(new LeftToRight(OptionalDouble.empty(), 1, false));
    assertThat(policy("origin {}")).isEqualTo(new Origin(new Pace.TimeSchedule(64, .001)));
  }

  @Test
  void policy_everyFieldSet_isTakenOver() {
    assertThat(policy("threshold { threshold: .5 min_tokens_per_step: 2 steps: 8 }"))
        .isEqualTo(new Threshold(.5, 2, OptionalInt.of(8)));
    assertThat(policy("entropy_bound { gamma: .5 min_tokens_per_step: 3 }"))
        .isEqualTo(new EntropyBound(.5, 3));
    assertThat(
            policy(
                "klass { kl_threshold: .02 kl_history_length: 4 threshold: .6"
                    + " min_tokens_per_step: 5 }"))
        .isEqualTo(new Klass(.02, 4, .6, 5));
    assertThat(policy("wino { wide_in_thres: .5 narrow_out_thres: .8 min_tokens_per_step: 2 }"))
        .isEqualTo(new Wino(.5, .8, 2));
    assertThat(policy("pc_sampler { tokens_per_step: 2 debias: false clip_alpha: 4 }"))
        .isEqualTo(new PcSampler(2, false, 4));
    assertThat(policy("left_to_right { threshold: .7 min_tokens_per_step: 2 }"))
        .isEqualTo(new LeftToRight(OptionalDouble.of(.7), 2));
    assertThat(policy("origin { steps: 16 epsilon: .01 }"))
        .isEqualTo(new Origin(new Pace.TimeSchedule(16, .01)));
    assertThat(policy("fixed_schedule { time { steps: 16 epsilon: .01 } alg_temp: .3 }"))
        .isEqualTo(new FixedSchedule(new Pace.TimeSchedule(16, .01), OptionalDouble.of(.3)));
  }

  @Test
  void policy_fieldsThatAreZero_areNotTheDefaults() {
    assertThat(policy("entropy_bound { gamma: 0 }")).isEqualTo(new EntropyBound(0, 1));
    assertThat(policy("wino { narrow_out_thres: 0 }")).isEqualTo(new Wino(.7, 0, 1));
  }

  private static UnmaskPolicy policy(String text) {
    return UnmaskSpecs.policy(SpecTexts.spec(text), 64);
  }
}
