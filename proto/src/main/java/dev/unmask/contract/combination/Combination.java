package dev.unmask.contract.combination;

import dev.unmask.type.v1.Compatibility;
import dev.unmask.type.v1.Confidence;
import dev.unmask.type.v1.DecodingSpec;
import dev.unmask.type.v1.DecodingSpec.CacheCase;
import dev.unmask.type.v1.DecodingSpec.UnmaskCase;
import dev.unmask.type.v1.ModelFamily;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The choices of one spec, defaults filled in.
 *
 * @param spec what was asked for
 * @param generation tokens to generate
 * @param blocks number of blocks; empty when the lengths of the spec are wrong themselves
 * @param family the model's family; empty when no model is known yet
 */
public record Combination(
    DecodingSpec spec, long generation, OptionalLong blocks, Optional<ModelFamily> family) {
  private static final String DEFAULT = " (the default)";

  /** The unmask policy, never unset. */
  public UnmaskCase unmask() {
    return unmaskUnset() ? UnmaskCase.THRESHOLD : spec.getUnmaskCase();
  }

  /** The unmask policy as a message names it. */
  public String unmaskName() {
    return name(unmask()) + (unmaskUnset() ? DEFAULT : "");
  }

  /** The confidence, never unspecified. */
  public Confidence confidence() {
    return spec.getConfidence() == Confidence.CONFIDENCE_UNSPECIFIED
        ? Confidence.CONFIDENCE_MAX_PROBABILITY
        : spec.getConfidence();
  }

  /** Whose behaviour to follow, never unspecified. */
  public Compatibility compatibility() {
    return spec.getCompatibility() == Compatibility.COMPATIBILITY_UNSPECIFIED
        ? Compatibility.COMPATIBILITY_UNMASK
        : spec.getCompatibility();
  }

  /** The cache policy, never unset. */
  CacheCase cache() {
    if (cacheUnset()) {
      return blockCausal() ? CacheCase.BLOCK_CACHE : CacheCase.DUAL_CACHE;
    }
    return spec.getCacheCase();
  }

  /** The cache policy as a message names it. */
  String cacheName() {
    return name(cache()) + (cacheUnset() ? DEFAULT : "");
  }

  /** The field to blame for the unmask policy. */
  String unmaskField() {
    return unmaskUnset() ? "unmask" : name(unmask());
  }

  /** The field to blame for the cache policy. */
  String cacheField() {
    return cacheUnset() ? "cache" : name(cache());
  }

  /** Whether the model is known to attend block-causally. */
  boolean blockCausal() {
    return of(ModelFamily.MODEL_FAMILY_FAST_DLLM_V2) || of(ModelFamily.MODEL_FAMILY_SDAR);
  }

  boolean of(ModelFamily wanted) {
    return family.filter(wanted::equals).isPresent();
  }

  private boolean unmaskUnset() {
    return spec.getUnmaskCase() == UnmaskCase.UNMASK_NOT_SET;
  }

  private boolean cacheUnset() {
    return spec.getCacheCase() == CacheCase.CACHE_NOT_SET;
  }

  /** A case of a oneof is its field in capitals. */
  private static String name(Enum<?> field) {
    return field.name().toLowerCase(Locale.ROOT);
  }
}
