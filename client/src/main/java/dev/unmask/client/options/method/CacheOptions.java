package dev.unmask.client.options.method;

import dev.unmask.type.v1.BlockCache;
import dev.unmask.type.v1.D2Cache;
import dev.unmask.type.v1.DecodingSpec;
import dev.unmask.type.v1.DllmCache;
import dev.unmask.type.v1.DualCache;
import dev.unmask.type.v1.NoCache;
import dev.unmask.type.v1.PrefixCache;
import dev.unmask.type.v1.SparseDllm;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The cache policy and its parameters. */
public final class CacheOptions {
  /** Cache policies by the names people call them. */
  enum CachePolicy {
    NONE,
    PREFIX,
    DUAL,
    DLLM,
    D2,
    SPARSE,
    BLOCK
  }

  @Option(
      names = "--cache",
      paramLabel = "POLICY",
      description =
          "none, prefix, dual (the default), dllm, d2 or sparse; block (the default) with"
              + " block-causal models")
  private Optional<CachePolicy> policy = Optional.empty();

  @Mixin private PromptFreezeOptions freeze = new PromptFreezeOptions();
  @Mixin private DllmOptions dllm = new DllmOptions();
  @Mixin private D2Options d2 = new D2Options();
  @Mixin private SparseOptions sparse = new SparseOptions();
  @Mixin private BlockCacheOptions blocks = new BlockCacheOptions();

  /** Sets what was given. */
  public void apply(DecodingSpec.Builder spec, Placement placement) {
    policy.ifPresent(chosen -> set(chosen, spec));
    freeze.apply(spec, placement);
    dllm.apply(spec, placement);
    d2.apply(spec, placement);
    sparse.apply(spec, placement);
    blocks.apply(spec, placement);
  }

  private static void set(CachePolicy policy, DecodingSpec.Builder spec) {
    switch (policy) {
      case NONE -> spec.setNoCache(NoCache.getDefaultInstance());
      case PREFIX -> spec.setPrefixCache(PrefixCache.getDefaultInstance());
      case DUAL -> spec.setDualCache(DualCache.getDefaultInstance());
      case DLLM -> spec.setDllmCache(DllmCache.getDefaultInstance());
      case D2 -> spec.setD2Cache(D2Cache.getDefaultInstance());
      case SPARSE -> spec.setSparseDllm(SparseDllm.getDefaultInstance());
      case BLOCK -> spec.setBlockCache(BlockCache.getDefaultInstance());
    }
  }
}
