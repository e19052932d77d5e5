package dev.unmask.worker.serving.retained;

import dev.unmask.contract.Limits;
import dev.unmask.worker.engine.KvPool;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a worker's device retains, by model, and which prompts begin with it. Safe to share among
 * threads.
 *
 * @param models those whose prefixes are retained, by name
 * @param holdings pieces of prompts that they hold
 */
public record Retention(Map<String, RetainedPrefixes> models, Holdings holdings) {
  public Retention {
    models = Map.copyOf(models);
  }

  /**
   * A block-causal model.
   *
   * @param name of the model
   * @param pool its memory
   * @param blockLength positions a block of its attention
   */
  public record Source(String name, KvPool pool, int blockLength) {
    /** Whole pages that are whole blocks. */
    int span() {
      var page = BigInteger.valueOf(Limits.PAGE_SPAN);
      return blockLength / page.gcd(BigInteger.valueOf(blockLength)).intValue() * Limits.PAGE_SPAN;
    }
  }

  /**
   * Retains what models leave.
   *
   * @param share of each one's memory that may be retained, 0, nothing, to 1
   * @param models that are block-causal
   */
  public static Retention of(double share, List<Source> models) {
    var holdings = new Holdings();
    var prefixes = new HashMap<String, RetainedPrefixes>();
    if (share > 0) {
      models.forEach(model ->
          prefixes.put(
              model.name(), new RetainedPrefixes(model.pool(), share, model.span(), holdings)));
    }
    return new Retention(prefixes, holdings);
  }

  /** Nothing is retained. */
  public static Retention none() {
    return new Retention(Map.of(), new Holdings());
  }

  /** A model's prefixes; empty if it retains none. */
  public Optional<RetainedPrefixes> of(String model) {
    return Optional.ofNullable(models.get(model));
  }
}
