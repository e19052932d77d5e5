package dev.unmask.worker.decoding;

import dev.unmask.contract.Problem;
import dev.unmask.contract.ProblemException;
import dev.unmask.worker.caching.CachePolicy;
import dev.unmask.worker.caching.DualCache;
import dev.unmask.worker.caching.NoCache;
import dev.unmask.worker.caching.PrefixCache;
import dev.unmask.worker.caching.Window;
import dev.unmask.worker.unmask.Factor;
import dev.unmask.worker.unmask.FixedSchedule;
import dev.unmask.worker.unmask.Pace;
import dev.unmask.worker.unmask.Threshold;
import dev.unmask.worker.unmask.UnmaskPolicy;

/**
 * What a method does where the published implementations disagree, resolved from compatibility,
 * model family and cache; the only place that asks for the compatibility. docs/methods.md tells the
 * same as a table.
 *
 * @param window rows of a step that is no refresh
 * @param opensWithFirst whether a block's first step commits its first mask and nothing else
 * @param leastSteps a block takes, even if it is finished sooner
 * @param edge of the factor policy
 * @param ranksByEntropy whether scores are negative entropies, whatever confidence was asked for
 */
record Behavior(
    Window window,
    boolean opensWithFirst,
    int leastSteps,
    Factor.Edge edge,
    boolean ranksByEntropy) {

  /**
   * The behaviour of a method with a model.
   *
   * @throws ProblemException a bad request, when the method is not one of the model's
   */
  static Behavior of(Method method, ModelTraits traits) {
    boolean shifted = traits.predictionShift() != 0;
    require(
        shifted || !needsShift(method.unmask()),
        "spec.threshold.steps",
        "must be absent with a model that does not shift its predictions");
    return switch (method.compatibility()) {
      case UNMASK ->
          new Behavior(
              shifted ? Window.WIDENED : Window.BLOCK, false, 1, Factor.Edge.THEOREM, false);
      case FAST_DLLM -> shifted ? fastDllmDream(method) : fastDllmLlada(method);
      case D2CACHE ->
          new Behavior(
              shifted ? Window.SHIFTED : Window.BLOCK, false, 1, Factor.Edge.D2CACHE, false);
    };
  }

  private static Behavior fastDllmLlada(Method method) {
    int leastSteps = cached(method.cache()) ? 2 : 1;
    return new Behavior(Window.BLOCK, false, leastSteps, Factor.Edge.FAST_DLLM, false);
  }

  private static Behavior fastDllmDream(Method method) {
    if (!cached(method.cache())) {
      return new Behavior(Window.BLOCK, false, 1, Factor.Edge.FAST_DLLM, false);
    }
    require(
        !(method.unmask() instanceof FixedSchedule(Pace.TimeSchedule time))
            || time.steps() >= 2 * method.layout().blocks(),
        "spec.fixed_schedule.time.steps",
        "must be at least two a block in Fast-dLLM's block decoder");
    boolean ranksByEntropy = !(method.unmask() instanceof Threshold);
    require(
        !ranksByEntropy || method.priorSigma().isEmpty(),
        "spec.certainty_prior_sigma",
        "must be absent where Fast-dLLM's block decoder ranks by negative entropy");
    return new Behavior(Window.BLOCK, true, 2, Factor.Edge.FAST_DLLM, ranksByEntropy);
  }

  /** The unmask policy with the edge that belongs to this behaviour. */
  UnmaskPolicy tuned(UnmaskPolicy policy) {
    return switch (policy) {
      case Factor factor -> factor.with(edge);
      case FixedSchedule schedule -> schedule;
      case Threshold threshold -> threshold;
    };
  }

  private static boolean cached(CachePolicy cache) {
    return switch (cache) {
      case NoCache _ -> false;
      case PrefixCache _, DualCache _ -> true;
    };
  }

  private static boolean needsShift(UnmaskPolicy policy) {
    return policy instanceof Threshold threshold && threshold.steps().isPresent();
  }

  private static void require(boolean holds, String field, String description) {
    if (!holds) {
      throw new ProblemException(Problem.BadRequest.of(field, description));
    }
  }
}
