package dev.unmask.worker.replay.cases;

import dev.unmask.worker.caching.BlockCache;
import dev.unmask.worker.method.Compatibility;
import dev.unmask.worker.method.EndOfSequenceRule;
import dev.unmask.worker.method.Method;
import dev.unmask.worker.method.ModelTraits;
import dev.unmask.worker.method.Scoring;
import dev.unmask.worker.replay.cases.CaseReading.Ending;
import dev.unmask.worker.sampling.Sampling;
import dev.unmask.worker.scoring.Confidence;
import dev.unmask.worker.unmask.EntropyBound;
import dev.unmask.worker.unmask.FixedSchedule;
import dev.unmask.worker.unmask.LeftToRight;
import dev.unmask.worker.unmask.Pace;
import dev.unmask.worker.unmask.Threshold;
import dev.unmask.worker.unmask.UnmaskPolicy;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** Reads the arguments of the functions of block-causal models: Fast-dLLM v2's and SDAR's. */
final class BlockDiffusionCases {
  private final GoldenCase trace;
  private final Params params;
  private final ModelTraits traits;
  private final int promptLength;

  private BlockDiffusionCases(GoldenCase trace, Params params, ModelTraits traits) {
    this.trace = trace;
    this.params = params;
    this.traits = traits;
    promptLength = trace.rows().getFirst().prompt().length;
  }

  static boolean has(String group) {
    return group.equals("G") || group.equals("H");
  }

  static CaseReading read(GoldenCase trace, Params params, ModelTraits traits)
      throws UnsupportedCaseException {
    var cases = new BlockDiffusionCases(trace, params, traits);
    return trace.group().equals("G") ? cases.fastDllmV2() : cases.sdar();
  }

  /** Decodes so many whole blocks from the one the prompt ends in. */
  private CaseReading fastDllmV2() throws UnsupportedCaseException {
    int block = params.size("block_size", 32);
    int blocks = params.size("max_new_tokens") / block + promptLength / block;
    boolean batched = trace.function().endsWith("batch_sample");
    double threshold = params.number("threshold", batched ? .95 : 1);
    params.ignore("pad_token_id");
    var method =
        method(
            blocks * block - promptLength,
            params.size("small_block_size", block),
            new Threshold(threshold),
            params.flag("use_block_cache"),
            Compatibility.FAST_DLLM_V2);
    return reading(
        method, block, params.integer("stop_token"), batched ? Ending.BLOCK : Ending.AT_ONCE);
  }

  /** Decodes up to the end of the block that holds the last token wanted. */
  private CaseReading sdar() throws UnsupportedCaseException {
    int block = params.size("block_length");
    int blocks = Math.ceilDiv(promptLength + params.size("gen_length"), block);
    int generation = blocks * block - promptLength;
    var method = method(generation, block, strategy(generation, block), false, Compatibility.SDAR);
    boolean stops = params.flag("stop_until_eot");
    return reading(
        method, block, params.integer("eos_token_id"), stops ? Ending.BLOCK : Ending.NONE);
  }

  private UnmaskPolicy strategy(int generation, int block) throws UnsupportedCaseException {
    int steps = params.size("denoising_steps");
    double threshold = params.number("confidence_threshold", .85);
    double bound = params.number("eb_threshold", .35);
    return switch (params.text("remasking_strategy", "low_confidence_dynamic")) {
      case "low_confidence_static" ->
          new FixedSchedule(new Pace.Steps(steps * Math.ceilDiv(generation, block)));
      case "low_confidence_dynamic" ->
          new Threshold(threshold, share(block, steps), OptionalInt.empty());
      case "sequential" -> new LeftToRight(OptionalDouble.empty(), share(block, steps));
      case "entropy_bounded" -> new EntropyBound(bound, 1);
      default -> throw new UnsupportedCaseException("its strategy is not built");
    };
  }

  private static int share(int block, int steps) throws UnsupportedCaseException {
    if (block % steps != 0) {
      throw new UnsupportedCaseException(
          "shares of a block that differ are built of schedules only");
    }
    return block / steps;
  }

  private Method method(
      int generation, int block, UnmaskPolicy unmask, boolean within, Compatibility whose)
      throws UnsupportedCaseException {
    // Without a temperature neither original filters, whatever it is given.
    params.none("temperature");
    params.ignore("top_p");
    params.ignore("top_k");
    var confidence =
        unmask instanceof EntropyBound ? Confidence.NEGATIVE_ENTROPY : Confidence.MAX_PROBABILITY;
    return new Method(
        generation,
        block,
        unmask,
        new BlockCache(within),
        Scoring.of(confidence, Sampling.GREEDY),
        Optional.empty(),
        EndOfSequenceRule.DECODE_ALL,
        whose);
  }

  private CaseReading reading(Method method, int block, int end, Ending ending)
      throws UnsupportedCaseException {
    params.finish();
    return new CaseReading(method, traits.withCausalBlock(block).withEndOfSequence(end), ending);
  }
}
