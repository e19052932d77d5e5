package dev.unmask.bench.simulation;

import dev.unmask.bench.simulation.worker.ScriptedModel;
import dev.unmask.generation.v1.DeadlineRule;
import dev.unmask.generation.v1.GenerateRequest;
import dev.unmask.type.v1.BlockCache;
import dev.unmask.type.v1.Confidence;
import dev.unmask.type.v1.D2Cache;
import dev.unmask.type.v1.DecodingSpec;
import dev.unmask.type.v1.DllmCache;
import dev.unmask.type.v1.DualCache;
import dev.unmask.type.v1.EndOfSequenceRule;
import dev.unmask.type.v1.EntropyBound;
import dev.unmask.type.v1.Factor;
import dev.unmask.type.v1.FixedSchedule;
import dev.unmask.type.v1.Klass;
import dev.unmask.type.v1.LeftToRight;
import dev.unmask.type.v1.NoCache;
import dev.unmask.type.v1.PrefixCache;
import dev.unmask.type.v1.Prompt;
import dev.unmask.type.v1.SparseDllm;
import dev.unmask.type.v1.Threshold;
import dev.unmask.type.v1.TokenIds;
import dev.unmask.type.v1.Wino;
import java.util.List;
import java.util.random.RandomGenerator;

/** Draws requests: few prompts, so that states are shared, and many methods. */
final class Requests {
  private static final int PROMPTS = 2;
  private static final int TOKENS = 1900;
  private static final int LONG = 48;

  private final RandomGenerator random;
  private final ScriptedModel model;
  private final int[] lengths = new int[PROMPTS];
  private final int usual;

  /** Whether nearly all requests could share one state. */
  private final boolean hot;

  private int number;

  Requests(RandomGenerator random, ScriptedModel model) {
    this.random = random;
    this.model = model;
    hot = random.nextBoolean();
    usual = 16 * (1 + random.nextInt(2));
    for (int i = 0; i < PROMPTS; i++) {
      lengths[i] =
          model.causalBlock().isPresent() ? 20 + random.nextInt(80) : 3 + random.nextInt(60);
    }
  }

  /** Who asks; mostly the same tenant, if states are to be shared. */
  String tenant(List<String> tenants) {
    return hot && random.nextInt(4) > 0
        ? tenants.getFirst()
        : tenants.get(random.nextInt(tenants.size()));
  }

  GenerateRequest next() {
    return GenerateRequest.newBuilder()
        .setModel(random.nextBoolean() ? ScriptedModel.NAME : "")
        .setRequestId("r" + number++)
        .setPrompt(Prompt.newBuilder().setTokens(prompt()))
        .setSpec(spec())
        .setDeadlineRule(
            random.nextInt(8) == 0
                ? DeadlineRule.DEADLINE_RULE_FEWER_STEPS
                : DeadlineRule.DEADLINE_RULE_FAIL)
        .build();
  }

  private TokenIds prompt() {
    int which = hot ? 0 : random.nextInt(PROMPTS);
    var ids = TokenIds.newBuilder();
    for (int i = 0; i < lengths[which]; i++) {
      // The same beginning, so that chains have links in common.
      ids.addIds((i * 31 + (i < 40 ? 0 : which * 7)) % TOKENS);
    }
    return ids.build();
  }

  private DecodingSpec spec() {
    var spec = DecodingSpec.newBuilder();
    if (model.causalBlock().isPresent()) {
      int block = model.causalBlock().getAsInt();
      spec.setGenerationLength(block * (1 + random.nextInt(3)))
          .setBlockCache(BlockCache.getDefaultInstance())
          .setThreshold(Threshold.newBuilder().setThreshold(0.5 + random.nextDouble() / 2));
    } else {
      spec.setBlockLength(4 << random.nextInt(3))
          .setGenerationLength(!hot && random.nextInt(3) == 0 ? LONG : usual);
      unmask(spec);
      cache(spec);
    }
    return spec.setEndOfSequenceRule(
            random.nextInt(3) == 0
                ? EndOfSequenceRule.END_OF_SEQUENCE_RULE_STOP
                : EndOfSequenceRule.END_OF_SEQUENCE_RULE_DECODE_ALL)
        .build();
  }

  private void unmask(DecodingSpec.Builder spec) {
    switch (random.nextInt(8)) {
      case 0 -> spec.setFixedSchedule(FixedSchedule.newBuilder().setTokensPerStep(2));
      case 1 -> spec.setFactor(Factor.newBuilder().setFactor(1));
      case 2 -> spec.setEntropyBound(EntropyBound.newBuilder().setGamma(0.1));
      case 3 -> spec.setLeftToRight(LeftToRight.newBuilder().setThreshold(0.8));
      case 4 -> spec.setKlass(Klass.newBuilder().setThreshold(0.8).setKlThreshold(0.3));
      case 5 ->
          spec.setConfidence(Confidence.CONFIDENCE_RANDOM)
              .setFixedSchedule(FixedSchedule.newBuilder().setTokensPerStep(3));
      default ->
          spec.setThreshold(Threshold.newBuilder().setThreshold(0.4 + random.nextDouble() / 2));
    }
  }

  private void cache(DecodingSpec.Builder spec) {
    switch (hot ? 1 + random.nextInt(4) : random.nextInt(9)) {
      case 0 -> spec.setNoCache(NoCache.getDefaultInstance());
      case 1, 2 -> spec.setPrefixCache(PrefixCache.getDefaultInstance());
      case 3, 4 -> spec.setDualCache(DualCache.getDefaultInstance());
      case 5 -> spec.setDllmCache(DllmCache.newBuilder().setKp(4).setKr(2).setRou(0.25));
      case 6 -> spec.setD2Cache(D2Cache.newBuilder().setCurrentK(4));
      case 7 ->
          spec.setSparseDllm(SparseDllm.newBuilder().setKeepRatio(0.5).setDelay(random.nextInt(2)));
      default ->
          spec.setNoCache(NoCache.getDefaultInstance())
              .clearConfidence()
              .setWino(Wino.newBuilder().setWideInThres(0.6).setNarrowOutThres(0.7));
    }
  }
}
