package dev.unmask.worker.replay.cases;

import dev.unmask.worker.caching.CachePolicy;
import dev.unmask.worker.caching.SparseDllm;
import dev.unmask.worker.method.Compatibility;
import dev.unmask.worker.method.EndOfSequenceRule;
import dev.unmask.worker.method.Method;
import dev.unmask.worker.unmask.FixedSchedule;
import dev.unmask.worker.unmask.Pace;
import java.util.Optional;

/** Reads the arguments of Sparse-dLLM's decoders. */
final class SparseDllmCases {
  private static final int DREAM_BLOCK = 32;

  private SparseDllmCases() {}

  static Method method(String function, Params params) throws UnsupportedCaseException {
    var sparse = params.nested("sparse");
    int block = sparse.integer("block_len", DREAM_BLOCK);
    var cache =
        new SparseDllm(
            sparse.number("keep_ratio", 0.5), Math.max(1, sparse.integer("kernel_size", 1)), 1);
    sparse.finish();
    if (function.contains("llada_generate")) {
      return LladaCases.generate(params, cache, Compatibility.SPARSE_DLLM);
    }
    return dream(params, block, cache);
  }

  private static Method dream(Params params, int block, CachePolicy cache)
      throws UnsupportedCaseException {
    var confidence = CaseReading.confidence(params.text("alg", "origin"));
    return new Method(
        params.integer("max_new_tokens"),
        block,
        new FixedSchedule(
            new Pace.TimeSchedule(params.integer("steps"), params.number("eps", 1e-3))),
        cache,
        CaseReading.scoring(confidence, params),
        Optional.empty(),
        EndOfSequenceRule.DECODE_ALL,
        Compatibility.SPARSE_DLLM);
  }
}
