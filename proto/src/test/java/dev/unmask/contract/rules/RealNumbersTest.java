package dev.unmask.contract.rules;

import static dev.unmask.contract.rules.Samples.ofSpec;
import static dev.unmask.contract.rules.Samples.one;
import static org.assertj.core.api.Assertions.assertThat;

import dev.unmask.type.v1.DecodingSpec;
import dev.unmask.type.v1.FixedSchedule;
import dev.unmask.type.v1.NoCache;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Real numbers of a spec, at their bounds and the next number beyond. */
class RealNumbersTest {
  /** Field, how to set it, bounds as written, good values at the edges, bad ones beyond. */
  static Stream<Arguments> realNumbers() {
    return Stream.of(
        real(
            "threshold.threshold",
            (s, x) -> s.getThresholdBuilder().setThreshold(x),
            "(0, 1]",
            new double[] {Double.MIN_VALUE, 1},
            new double[] {0, Math.nextUp(1.0), -1}),
        real(
            "factor.factor",
            (s, x) -> s.getFactorBuilder().setFactor(x),
            "(0, 64]",
            new double[] {Double.MIN_VALUE, 64},
            new double[] {0, Math.nextUp(64.0), 65}),
        real(
            "certainty_prior_sigma",
            (s, x) -> scheduled(s).setCertaintyPriorSigma(x),
            "(0, 4096]",
            new double[] {Double.MIN_VALUE, 4096},
            new double[] {0, Math.nextUp(4096.0), -3}),
        real(
            "sampling.temperature",
            (s, x) -> s.getSamplingBuilder().setTemperature(x),
            "[0, 10]",
            new double[] {0, 10},
            new double[] {-Double.MIN_VALUE, Math.nextUp(10.0)}),
        real(
            "sampling.top_p",
            (s, x) -> s.getSamplingBuilder().setTopP(x),
            "(0, 1]",
            new double[] {Double.MIN_VALUE, 1},
            new double[] {0, Math.nextUp(1.0)}),
        real(
            "fixed_schedule.time.epsilon",
            (s, x) -> s.getFixedScheduleBuilder().getTimeBuilder().setSteps(4).setEpsilon(x),
            "(0, 1)",
            new double[] {Double.MIN_VALUE, Math.nextDown(1.0)},
            new double[] {0, 1}),
        real(
            "fixed_schedule.alg_temp",
            (s, x) -> s.getFixedScheduleBuilder().setAlgTemp(x),
            "(0, 100]",
            new double[] {Double.MIN_VALUE, 100},
            new double[] {0, Math.nextUp(100.0), -1}),
        real(
            "entropy_bound.gamma",
            (s, x) -> s.getEntropyBoundBuilder().setGamma(x),
            "[0, 1000]",
            new double[] {0, 1000},
            new double[] {-Double.MIN_VALUE, Math.nextUp(1000.0)}),
        real(
            "klass.kl_threshold",
            (s, x) -> s.getKlassBuilder().setKlThreshold(x),
            "(0, 100]",
            new double[] {Double.MIN_VALUE, 100},
            new double[] {0, Math.nextUp(100.0), -1}),
        real(
            "klass.threshold",
            (s, x) -> s.getKlassBuilder().setThreshold(x),
            "(0, 1]",
            new double[] {Double.MIN_VALUE, 1},
            new double[] {0, Math.nextUp(1.0), -1}),
        real(
            "wino.wide_in_thres",
            (s, x) -> s.setNoCache(NoCache.getDefaultInstance()).getWinoBuilder().setWideInThres(x),
            "(0, 1]",
            new double[] {Double.MIN_VALUE, 1},
            new double[] {0, Math.nextUp(1.0), -1}),
        real(
            "wino.narrow_out_thres",
            (s, x) ->
                s.setNoCache(NoCache.getDefaultInstance()).getWinoBuilder().setNarrowOutThres(x),
            "[0, 1]",
            new double[] {0, 1},
            new double[] {-Double.MIN_VALUE, Math.nextUp(1.0)}),
        real(
            "pc_sampler.clip_alpha",
            (s, x) -> s.getPcSamplerBuilder().setClipAlpha(x),
            "(0, 1000]",
            new double[] {Double.MIN_VALUE, 1000},
            new double[] {0, Math.nextUp(1000.0), -1}),
        real(
            "left_to_right.threshold",
            (s, x) -> s.getLeftToRightBuilder().setThreshold(x),
            "(0, 1]",
            new double[] {Double.MIN_VALUE, 1},
            new double[] {0, Math.nextUp(1.0), -1}),
        real(
            "origin.epsilon",
            (s, x) -> s.getOriginBuilder().setEpsilon(x),
            "(0, 1)",
            new double[] {Double.MIN_VALUE, Math.nextDown(1.0)},
            new double[] {0, 1}),
        real(
            "dllm_cache.rou",
            (s, x) -> s.getDllmCacheBuilder().setRou(x),
            "[0, 1]",
            new double[] {0, 1},
            new double[] {-Double.MIN_VALUE, Math.nextUp(1.0)}),
        real(
            "d2_cache.rollout_p",
            (s, x) -> s.getD2CacheBuilder().setRolloutP(x),
            "[0, 1]",
            new double[] {0, 1},
            new double[] {-Double.MIN_VALUE, Math.nextUp(1.0)}),
        real(
            "d2_cache.sigma",
            (s, x) -> s.getD2CacheBuilder().setSigma(x),
            "(0, 4096]",
            new double[] {Double.MIN_VALUE, 4096},
            new double[] {0, Math.nextUp(4096.0), -1}),
        real(
            "sparse_dllm.keep_ratio",
            (s, x) -> s.getSparseDllmBuilder().setKeepRatio(x),
            "(0, 1]",
            new double[] {Double.MIN_VALUE, 1},
            new double[] {0, Math.nextUp(1.0), -1}),
        real(
            "guidance.scale",
            (s, x) -> s.setNoCache(NoCache.getDefaultInstance()).getGuidanceBuilder().setScale(x),
            "(0, 100]",
            new double[] {Double.MIN_VALUE, 100},
            new double[] {0, Math.nextUp(100.0), -1}));
  }

  @ParameterizedTest
  @MethodSource("realNumbers")
  void realNumber_atAndBeyondItsBounds_isRefusedBeyondOnly(
      String field,
      BiConsumer<DecodingSpec.Builder, Double> set,
      String bounds,
      double[] good,
      double[] bad) {
    for (double value : good) {
      assertThat(ofSpec(spec -> set.accept(spec, value))).as("%s", value).isEmpty();
    }
    for (double value : bad) {
      refusesReal(field, set, bounds, value);
    }
    refusesReal(field, set, bounds, Double.NaN);
    refusesReal(field, set, bounds, Double.POSITIVE_INFINITY);
    refusesReal(field, set, bounds, Double.NEGATIVE_INFINITY);
  }

  private static void refusesReal(
      String field, BiConsumer<DecodingSpec.Builder, Double> set, String bounds, double value) {
    assertThat(ofSpec(spec -> set.accept(spec, value)))
        .isEqualTo(one("spec." + field, "must be in " + bounds + ", was " + Interval.show(value)));
  }

  private static DecodingSpec.Builder scheduled(DecodingSpec.Builder spec) {
    return spec.setFixedSchedule(FixedSchedule.getDefaultInstance());
  }

  private static Arguments real(
      String field,
      BiConsumer<DecodingSpec.Builder, Double> set,
      String bounds,
      double[] good,
      double[] bad) {
    return Arguments.of(field, set, bounds, good, bad);
  }
}
