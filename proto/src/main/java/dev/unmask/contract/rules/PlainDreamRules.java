package dev.unmask.contract.rules;

import dev.unmask.type.v1.Compatibility;
import dev.unmask.type.v1.DecodingSpec;
import dev.unmask.type.v1.DecodingSpec.CacheCase;
import dev.unmask.type.v1.Model;
import dev.unmask.type.v1.ModelFamily;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The rule of {@code threshold.steps}: only Fast-dLLM's Dream decoder without a cache limits how
 * many positions a step considers.
 */
final class PlainDreamRules {
  private final DecodingSpec spec;
  private final CanvasSizes sizes;

  PlainDreamRules(DecodingSpec spec, CanvasSizes sizes) {
    this.spec = spec;
    this.sizes = sizes;
  }

  void check(Optional<Model> model, Violations violations) {
    if (!spec.getThreshold().hasSteps()) {
      return;
    }
    var missing = missing(model);
    violations.addIf(
        !missing.isEmpty(),
        "spec.threshold.steps",
        "belongs to Fast-dLLM's Dream decoder without a cache; missing: "
            + String.join(", ", missing));
  }

  private List<String> missing(Optional<Model> model) {
    var missing = new ArrayList<String>();
    if (spec.getCompatibility() != Compatibility.COMPATIBILITY_FAST_DLLM) {
      missing.add("compatibility COMPATIBILITY_FAST_DLLM");
    }
    if (spec.getCacheCase() != CacheCase.NO_CACHE) {
      missing.add("no_cache");
    }
    if (sizes.block() != sizes.generation()) {
      missing.add("block_length equal to generation_length");
    }
    if (model.isPresent()
        && model.get().getIdentity().getFamily() != ModelFamily.MODEL_FAMILY_DREAM) {
      missing.add("a Dream model");
    }
    return missing;
  }
}
