package dev.unmask.worker.decoding;

import dev.unmask.contract.Problem;
import dev.unmask.contract.ProblemException;
import dev.unmask.worker.caching.BlockCache;
import dev.unmask.worker.caching.CachePolicy;
import dev.unmask.worker.caching.D2Cache;
import dev.unmask.worker.caching.DllmCache;
import dev.unmask.worker.caching.DualCache;
import dev.unmask.worker.caching.NoCache;
import dev.unmask.worker.caching.PrefixCache;
import dev.unmask.worker.caching.SparseDllm;
import dev.unmask.worker.caching.session.Shape;
import dev.unmask.worker.method.Method;
import dev.unmask.worker.method.ModelTraits;
import dev.unmask.worker.rows.Window;
import dev.unmask.worker.unmask.FixedSchedule;
import dev.unmask.worker.unmask.Pace;
import dev.unmask.worker.unmask.PcSampler;
import dev.unmask.worker.unmask.Threshold;
import dev.unmask.worker.unmask.UnmaskPolicy;
import dev.unmask.worker.unmask.Wino;
import java.util.Optional;

/**
 * What a method does where the published implementations disagree, resolved from compatibility,
 * model family and cache; the only place that asks for the compatibility. docs/methods.md tells the
 * same as a table.
 *
 * @param window rows of a step that is no refresh
 * @param opensWithFirst whether a block's first step commits its first mask and nothing else
 * @param leastSteps a block takes, even if it is finished sooner
 * @param ranksByEntropy whether scores are negative entropies, whatever confidence was asked for
 * @param edges of the unmask policies
 * @param causal what rows see, if attention is block-causal
 */
record Behavior(
    Window window,
    boolean opensWithFirst,
    int leastSteps,
    boolean ranksByEntropy,
    Edges edges,
    Optional<Shape.Causal> causal) {

  private Behavior(
      Window window, boolean opensWithFirst, int leastSteps, boolean ranksByEntropy, Edges edges) {
    this(window, opensWithFirst, leastSteps, ranksByEntropy, edges, Optional.empty());
  }

  private Behavior(Window window, Edges edges) {
    this(window, false, 1, false, edges);
  }

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
    require(
        !(method.unmask() instanceof PcSampler sampler)
            || !sampler.debias()
            || traits.frequencies().isPresent(),
        "spec.pc_sampler.debias",
        "must be false with this model: its folder has no token counts of a corpus");
    if (traits.causalBlock().isPresent()) {
      return blockCausal(method, traits.causalBlock().getAsInt());
    }
    require(
        !(method.cache() instanceof BlockCache),
        "spec.block_cache",
        "must be another cache with this model: no state of full attention is ever final");
    return switch (method.compatibility()) {
      case UNMASK -> new Behavior(shifted ? Window.WIDENED : Window.BLOCK, Edges.OURS);
      case FAST_DLLM -> shifted ? fastDllmDream(method) : fastDllmLlada(method);
      case D2CACHE -> new Behavior(shifted ? Window.SHIFTED : Window.BLOCK, Edges.D2CACHE);
      case SPARSE_DLLM -> new Behavior(Window.BLOCK, shifted, 1, false, Edges.OURS);
      case FAST_DLLM_V2, SDAR ->
          throw refusal("spec.compatibility", "must name an original of this model's family");
    };
  }

  private static Behavior blockCausal(Method method, int block) {
    require(
        block % method.blockLength() == 0,
        "spec.block_length",
        "must divide the model's block of %d, was %d".formatted(block, method.blockLength()));
    require(
        method.cache() instanceof BlockCache || method.cache() instanceof NoCache,
        "spec.cache",
        "must be block_cache or no_cache with this model: what its finished blocks leave is exact,"
            + " so there is nothing to approximate");
    require(
        method.guidance().isEmpty() && !(method.unmask() instanceof Wino),
        "spec",
        "must have neither guidance nor wino with this model: both see the whole canvas");
    boolean original =
        switch (method.compatibility()) {
          case UNMASK -> false;
          case FAST_DLLM_V2, SDAR -> true;
          case FAST_DLLM, D2CACHE, SPARSE_DLLM ->
              throw refusal("spec.compatibility", "must name an original of this model's family");
        };
    return new Behavior(
        Window.BLOCK,
        false,
        1,
        false,
        original ? Edges.BLOCK_DIFFUSION : Edges.OURS,
        Optional.of(new Shape.Causal(block, original)));
  }

  private static Behavior fastDllmLlada(Method method) {
    int leastSteps = blockwise(method.cache()) ? 2 : 1;
    return new Behavior(Window.BLOCK, false, leastSteps, false, Edges.FAST_DLLM);
  }

  private static Behavior fastDllmDream(Method method) {
    if (!blockwise(method.cache())) {
      return new Behavior(Window.BLOCK, Edges.FAST_DLLM);
    }
    require(
        !(method.unmask() instanceof FixedSchedule schedule
                && schedule.pace() instanceof Pace.TimeSchedule time)
            || time.steps() >= 2 * method.layout().blocks(),
        "spec.fixed_schedule.time.steps",
        "must be at least two a block in Fast-dLLM's block decoder");
    boolean ranksByEntropy = method.unmask() instanceof FixedSchedule;
    require(
        !ranksByEntropy || method.scoring().priorSigma().isEmpty(),
        "spec.certainty_prior_sigma",
        "must be absent where Fast-dLLM's block decoder ranks by negative entropy");
    return new Behavior(Window.BLOCK, true, 2, ranksByEntropy, Edges.FAST_DLLM);
  }

  /** Steps that a block takes at least: before one's first token is told, a step may only store. */
  int stepsOfABlock(ModelTraits traits) {
    boolean apart = causal.filter(c -> c.storesApart() || traits.predictionShift() > 0).isPresent();
    return Math.max(leastSteps, apart ? 2 : 1);
  }

  /** The unmask policy with the edges that belong to this behaviour. */
  UnmaskPolicy tuned(UnmaskPolicy policy) {
    return edges.of(policy);
  }

  /** Whether Fast-dLLM's block decoder runs, which a cache turns on. */
  private static boolean blockwise(CachePolicy cache) {
    return switch (cache) {
      case NoCache _, DllmCache _ -> false;
      case PrefixCache _, DualCache _, D2Cache _, SparseDllm _, BlockCache _ -> true;
    };
  }

  private static boolean needsShift(UnmaskPolicy policy) {
    return policy instanceof Threshold threshold && threshold.steps().isPresent();
  }

  private static void require(boolean holds, String field, String description) {
    if (!holds) {
      throw refusal(field, description);
    }
  }

  private static ProblemException refusal(String field, String description) {
    return new ProblemException(Problem.BadRequest.of(field, description));
  }
}
