package dev.unmask.worker.method;

import dev.unmask.contract.Limits;
import dev.unmask.contract.Violation;
import dev.unmask.worker.caching.BlockCache;
import dev.unmask.worker.caching.CachePolicy;
import dev.unmask.worker.caching.D2Cache;
import dev.unmask.worker.caching.DllmCache;
import dev.unmask.worker.caching.DualCache;
import dev.unmask.worker.caching.NoCache;
import dev.unmask.worker.caching.PrefixCache;
import dev.unmask.worker.caching.SparseDllm;
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
import java.util.ArrayList;
import java.util.List;

/** The rules between the fields of a {@link Method}, with the request's names of the fields. */
final class MethodRules {
  /** The choices that bound each other. */
  record Policies(UnmaskPolicy unmask, CachePolicy cache, Compatibility compatibility) {}

  private final int generationLength;
  private final int blockLength;
  private final List<Violation> violations = new ArrayList<>();

  private MethodRules(int generationLength, int blockLength) {
    this.generationLength = generationLength;
    this.blockLength = blockLength;
  }

  static List<Violation> violations(int generationLength, int blockLength, Policies policies) {
    var rules = new MethodRules(generationLength, blockLength);
    rules.require(
        generationLength >= 1 && generationLength <= Limits.GENERATION_LENGTH,
        "spec.generation_length",
        "must be 1 to " + Limits.GENERATION_LENGTH + ", was " + generationLength);
    rules.require(
        blockLength >= 1
            && (policies.cache() instanceof BlockCache
                || (blockLength <= generationLength && generationLength % blockLength == 0)),
        "spec.block_length",
        "must divide the generation length " + generationLength + ", was " + blockLength);
    if (rules.violations.isEmpty()) {
      rules.policies(policies);
    }
    return rules.violations;
  }

  static List<Violation> violations(Scoring scoring, Compatibility compatibility) {
    var rules = new MethodRules(1, 1);
    scoring
        .priorSigma()
        .ifPresent(sigma -> rules.prior(sigma, scoring.confidence(), compatibility));
    rules.sampling(scoring.sampling());
    return rules.violations;
  }

  private void prior(double sigma, Confidence confidence, Compatibility compatibility) {
    require(
        sigma > 0 && sigma <= Limits.CERTAINTY_PRIOR_SIGMA,
        "spec.certainty_prior_sigma",
        "must be above 0, at most " + Limits.CERTAINTY_PRIOR_SIGMA + ", was " + sigma);
    require(
        confidence != Confidence.NEGATIVE_ENTROPY || compatibility == Compatibility.D2CACHE,
        "spec.certainty_prior_sigma",
        "must be absent with CONFIDENCE_NEGATIVE_ENTROPY, whose scores are negative");
  }

  private void sampling(Sampling sampling) {
    require(
        sampling.temperature() >= 0 && sampling.temperature() <= Limits.TEMPERATURE,
        "spec.sampling.temperature",
        "must be 0 to " + Limits.TEMPERATURE + ", was " + sampling.temperature());
    require(
        sampling.topP() > 0 && sampling.topP() <= 1,
        "spec.sampling.top_p",
        "must be above 0, at most 1, was " + sampling.topP());
    require(
        sampling.topK() >= 0, "spec.sampling.top_k", "must be at least 1, was " + sampling.topK());
  }

  private void policies(Policies policies) {
    cache(policies);
    switch (policies.unmask()) {
      case FixedSchedule schedule -> pace(schedule.pace());
      case Threshold threshold -> {
        tokensPerStep(threshold.minTokens(), "spec.threshold.min_tokens_per_step");
        threshold.steps().ifPresent(steps -> thresholdSteps(steps, policies));
      }
      case Factor factor -> tokensPerStep(factor.minTokens(), "spec.factor.min_tokens_per_step");
      case EntropyBound bound ->
          tokensPerStep(bound.minTokens(), "spec.entropy_bound.min_tokens_per_step");
      case Klass klass -> tokensPerStep(klass.minTokens(), "spec.klass.min_tokens_per_step");
      case Wino wino -> {
        tokensPerStep(wino.minTokens(), "spec.wino.min_tokens_per_step");
        require(
            policies.cache() instanceof NoCache,
            "spec.wino",
            "must go with no_cache: a shadow of the block cannot see stored keys");
      }
      case PcSampler sampler ->
          tokensPerStep(sampler.tokensPerStep(), "spec.pc_sampler.tokens_per_step");
      case LeftToRight run ->
          tokensPerStep(run.minTokens(), "spec.left_to_right.min_tokens_per_step");
      case Origin origin -> steps(origin.time().steps(), "spec.origin.steps");
    }
  }

  private void cache(Policies policies) {
    require(
        policies.compatibility() != Compatibility.FAST_DLLM || fastDllmKnows(policies.cache()),
        "spec.compatibility",
        "must not be COMPATIBILITY_FAST_DLLM with a cache that Fast-dLLM's decoders do not have");
    switch (policies.cache()) {
      case PrefixCache cache -> frozen(cache.promptInterval(), "prefix_cache", policies);
      case DualCache cache -> frozen(cache.promptInterval(), "dual_cache", policies);
      case SparseDllm cache -> frozen(cache.promptInterval(), "sparse_dllm", policies);
      case NoCache _, DllmCache _, D2Cache _, BlockCache _ -> {}
    }
  }

  private void frozen(int promptInterval, String cache, Policies policies) {
    require(
        promptInterval == 1 || policies.compatibility() == Compatibility.UNMASK,
        "spec." + cache + ".prompt_interval_steps",
        "must be 1 where an original is followed, which computes the prompt at every block start,"
            + " was "
            + promptInterval);
  }

  private void pace(Pace pace) {
    switch (pace) {
      case Pace.Steps p -> steps(p.steps(), "spec.fixed_schedule.steps");
      case Pace.TokensPerStep p -> tokensPerStep(p.count(), "spec.fixed_schedule.tokens_per_step");
      case Pace.TimeSchedule p -> steps(p.steps(), "spec.fixed_schedule.time.steps");
    }
  }

  private void steps(int steps, String field) {
    int blocks = Math.ceilDiv(generationLength, blockLength);
    require(
        steps >= blocks && steps <= generationLength && steps % blocks == 0,
        field,
        "must be a multiple of the %d blocks, at most the generation length %d, was %d"
            .formatted(blocks, generationLength, steps));
  }

  private void tokensPerStep(int tokens, String field) {
    require(
        tokens <= blockLength,
        field,
        "must be 1 to block length " + blockLength + ", was " + tokens);
  }

  private void thresholdSteps(int steps, Policies policies) {
    String field = "spec.threshold.steps";
    require(
        generationLength % steps == 0,
        field,
        "must divide the generation length " + generationLength + ", was " + steps);
    require(
        policies.compatibility() == Compatibility.FAST_DLLM
            && withoutBlocks(policies.cache())
            && blockLength == generationLength,
        field,
        "must be absent but for Fast-dLLM's decoder without a cache, in one block");
  }

  /** dLLM-Cache's published hook for Dream runs on Fast-dLLM's plain decoder. */
  private static boolean fastDllmKnows(CachePolicy cache) {
    return switch (cache) {
      case NoCache _, PrefixCache _, DualCache _, DllmCache _ -> true;
      case D2Cache _, SparseDllm _, BlockCache _ -> false;
    };
  }

  /** Whether a cache knows no blocks, so that Fast-dLLM's plain decoder can run on it. */
  private static boolean withoutBlocks(CachePolicy cache) {
    return cache instanceof NoCache || cache instanceof DllmCache;
  }

  private void require(boolean holds, String field, String description) {
    if (!holds) {
      violations.add(new Violation(field, description));
    }
  }
}
