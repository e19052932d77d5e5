package dev.unmask.worker.decoding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.unmask.contract.Problem;
import dev.unmask.contract.ProblemException;
import dev.unmask.contract.Violation;
import dev.unmask.worker.caching.CachePolicy;
import dev.unmask.worker.caching.DllmCache;
import dev.unmask.worker.caching.DualCache;
import dev.unmask.worker.caching.NoCache;
import dev.unmask.worker.caching.PrefixCache;
import dev.unmask.worker.caching.SparseDllm;
import dev.unmask.worker.method.Compatibility;
import dev.unmask.worker.method.EndOfSequenceRule;
import dev.unmask.worker.method.Method;
import dev.unmask.worker.method.ModelTraits;
import dev.unmask.worker.method.Scoring;
import dev.unmask.worker.sampling.Sampling;
import dev.unmask.worker.scoring.Confidence;
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
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class MethodTest {
  private static final ModelTraits LLADA = new ModelTraits(99, 98, 0);
  private static final ModelTraits DREAM = new ModelTraits(99, 98, 1);

  @Test
  void standard_anyLength_isAMethod() {
    assertThat(Method.standard(128).layout().blocks()).isEqualTo(4);
    assertThat(Method.standard(8).blockLength()).isEqualTo(8);
  }

  @Test
  void new_blockDoesNotDivide_namesTheField() {
    assertThat(fields(() -> Methods.plain().method(8, 3))).containsExactly("spec.block_length");
  }

  @Test
  void new_stepsNotAMultipleOfBlocksOrTooMany_namesTheField() {
    for (int steps : new int[] {1, 3, 9, 16}) {
      var unmask = new FixedSchedule(new Pace.Steps(steps));
      assertThat(fields(() -> Methods.plain().with(unmask).method()))
          .containsExactly("spec.fixed_schedule.steps");
    }
  }

  @Test
  void new_minimumAboveTheBlock_namesTheField() {
    assertThat(fields(() -> Methods.plain().with(new Factor(1, 5, Factor.Edge.THEOREM)).method()))
        .containsExactly("spec.factor.min_tokens_per_step");
  }

  @Test
  void new_minimumOfAnyPolicyAboveTheBlock_namesItsField() {
    assertThat(fieldsOf(new EntropyBound(1, 5)))
        .containsExactly("spec.entropy_bound.min_tokens_per_step");
    assertThat(fieldsOf(new Klass(1, 1, 1, 5))).containsExactly("spec.klass.min_tokens_per_step");
    assertThat(fieldsOf(new Wino(1, 1, 5))).containsExactly("spec.wino.min_tokens_per_step");
    assertThat(fieldsOf(new PcSampler(5, true, 1)))
        .containsExactly("spec.pc_sampler.tokens_per_step");
    assertThat(fieldsOf(new LeftToRight(OptionalDouble.empty(), 5)))
        .containsExactly("spec.left_to_right.min_tokens_per_step");
    assertThat(fieldsOf(new FixedSchedule(new Pace.TokensPerStep(5))))
        .containsExactly("spec.fixed_schedule.tokens_per_step");
    assertThat(fieldsOf(new Threshold(.9, 5, OptionalInt.empty())))
        .containsExactly("spec.threshold.min_tokens_per_step");
  }

  @Test
  void new_stepsOfOriginOrTimeNotAMultipleOfBlocks_namesTheField() {
    assertThat(fieldsOf(new Origin(new Pace.TimeSchedule(3, .1))))
        .containsExactly("spec.origin.steps");
    assertThat(fieldsOf(new FixedSchedule(new Pace.TimeSchedule(16, .1))))
        .containsExactly("spec.fixed_schedule.time.steps");
  }

  @Test
  void new_winoWithACache_namesTheField() {
    for (CachePolicy cache :
        new CachePolicy[] {new DualCache(), new DllmCache(4, 2, .25), new SparseDllm(.5, 3, 1)}) {
      var methods = Methods.plain().with(new Wino(.7, .9, 1)).with(cache);
      assertThat(fields(methods::method)).containsExactly("spec.wino");
    }
  }

  @Test
  void new_promptFrozenWhereAnOriginalIsFollowed_namesTheField() {
    for (var original :
        new Compatibility[] {
          Compatibility.FAST_DLLM, Compatibility.D2CACHE, Compatibility.SPARSE_DLLM
        }) {
      var methods = Methods.plain().with(original);
      assertThat(fields(methods.with(new PrefixCache(2))::method))
          .containsExactly("spec.prefix_cache.prompt_interval_steps");
      assertThat(fields(methods.with(new DualCache(100))::method))
          .containsExactly("spec.dual_cache.prompt_interval_steps");
      if (original == Compatibility.SPARSE_DLLM) {
        assertThat(fields(methods.with(new SparseDllm(.5, 3, 1, 9))::method))
            .containsExactly("spec.sparse_dllm.prompt_interval_steps");
      }
      assertThat(methods.with(new DualCache(1)).method()).isNotNull();
    }
  }

  private static List<String> fieldsOf(UnmaskPolicy policy) {
    return fields(Methods.plain().with(policy)::method);
  }

  @Test
  void behavior_fastDllmDreamWithAPrior_isRefused() {
    var methods =
        Methods.plain()
            .with(new FixedSchedule(new Pace.TimeSchedule(8, .001)))
            .with(Scoring.GREEDY.with(OptionalDouble.of(2)))
            .with(Compatibility.FAST_DLLM);
    assertThat(fields(() -> Behavior.of(methods.with(new DualCache()).method(), DREAM)))
        .containsExactly("spec.certainty_prior_sigma");
    assertThat(Behavior.of(methods.with(new DllmCache(4, 2, .5)).method(), DREAM).leastSteps())
        .isOne();
  }

  @Test
  void behavior_sparseDllm_forcesTheFirstPositionOfDreamOnly() {
    var method =
        Methods.plain()
            .with(new FixedSchedule(new Pace.TimeSchedule(8, .001)))
            .with(new SparseDllm(.5, 3, 1))
            .with(Compatibility.SPARSE_DLLM)
            .method();
    assertThat(Behavior.of(method, DREAM).opensWithFirst()).isTrue();
    assertThat(Behavior.of(method, LLADA).opensWithFirst()).isFalse();
    assertThat(Behavior.of(method, DREAM).leastSteps()).isOne();
  }

  @Test
  void new_entropyWithPrior_namesTheField() {
    var methods = Methods.plain().with(Confidence.NEGATIVE_ENTROPY);

    assertThat(fields(() -> methods.method(8, 4, OptionalDouble.of(3))))
        .containsExactly("spec.certainty_prior_sigma");
  }

  @Test
  void new_severalBounds_areAllNamed() {
    var sampling = new Sampling(Double.NaN, 0, -1, 0);
    assertThat(
            fields(() ->
                new Method(
                    0,
                    4,
                    new Threshold(.9),
                    new NoCache(),
                    Scoring.of(Confidence.MARGIN, sampling).with(OptionalDouble.of(-1)),
                    Optional.empty(),
                    EndOfSequenceRule.STOP,
                    Compatibility.UNMASK)))
        .containsExactly(
            "spec.generation_length",
            "spec.block_length",
            "spec.certainty_prior_sigma",
            "spec.sampling.temperature",
            "spec.sampling.top_p",
            "spec.sampling.top_k");
  }

  @Test
  void new_thresholdStepsElsewhere_namesTheField() {
    var limited = Methods.plain().with(new Threshold(.9, 1, OptionalInt.of(4)));

    assertThat(fields(limited::method)).containsExactly("spec.threshold.steps");
    assertThat(limited.with(Compatibility.FAST_DLLM).method(8, 8)).isNotNull();
  }

  @Test
  void behavior_thresholdStepsWithLlada_isRefused() {
    var method =
        Methods.plain()
            .with(new Threshold(.9, 1, OptionalInt.of(4)))
            .with(Compatibility.FAST_DLLM)
            .method(8, 8);

    assertThat(fields(() -> Behavior.of(method, LLADA))).containsExactly("spec.threshold.steps");
    assertThat(Behavior.of(method, DREAM).opensWithFirst()).isFalse();
  }

  @Test
  void behavior_timeScheduleOfOneStepABlockWithFastDllmDream_isRefused() {
    var method =
        Methods.plain()
            .with(new FixedSchedule(new Pace.TimeSchedule(2, .001)))
            .with(new DualCache())
            .with(Compatibility.FAST_DLLM)
            .method();

    assertThat(fields(() -> Behavior.of(method, DREAM)))
        .containsExactly("spec.fixed_schedule.time.steps");
    assertThat(Behavior.of(method, LLADA).leastSteps()).isEqualTo(2);
  }

  @Test
  void new_emptyPrompt_isRefused() {
    assertThatThrownBy(() -> new Decoding(LLADA, Methods.plain().method(), new int[0]))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static List<String> fields(ThrowingCallable call) {
    var problem = catchThrowableOfType(ProblemException.class, call).problem();
    return ((Problem.BadRequest) problem).violations().stream().map(Violation::field).toList();
  }
}
