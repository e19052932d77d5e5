package dev.unmask.worker.replay.cases;

import dev.unmask.contract.ProblemException;
import dev.unmask.worker.caching.NoCache;
import dev.unmask.worker.method.Compatibility;
import dev.unmask.worker.method.Method;
import dev.unmask.worker.method.ModelTraits;
import dev.unmask.worker.method.Scoring;
import dev.unmask.worker.sampling.Sampling;
import dev.unmask.worker.scoring.Confidence;
import java.util.Arrays;

/**
 * What a case asks of us: the method that its original function and arguments name.
 *
 * @param method the same in our words
 * @param traits of the model, with the case's own end-of-sequence token and block if it names them
 * @param ending when its original stops before the canvas is full
 */
public record CaseReading(Method method, ModelTraits traits, Ending ending) {
  /** What an end-of-sequence token does to originals that decode whole blocks. */
  public enum Ending {
    /** Nothing, or what the method's own rule says. */
    NONE,
    /** The block that holds it is the last. */
    BLOCK,
    /** Nothing follows once all left of it is known. */
    AT_ONCE
  }

  /**
   * Whether the original stops here, though masks may be left.
   *
   * @param finishedEnd first position that later steps may still fill
   */
  public boolean ended(int[] canvas, int promptLength, int finishedEnd) {
    int end = end(canvas, promptLength);
    return switch (ending) {
      case NONE -> false;
      case BLOCK -> end < finishedEnd && finishedEnd % traits.causalBlock().orElse(1) == 0;
      case AT_ONCE ->
          end < canvas.length
              && Arrays.stream(canvas, 0, end).noneMatch(token -> token == traits.maskToken());
    };
  }

  /** What a trace tells of a canvas: what follows an end that stops its original is padding. */
  public int[] told(int[] canvas, int promptLength) {
    return ending == Ending.NONE
        ? canvas
        : Arrays.copyOf(canvas, Math.min(canvas.length, end(canvas, promptLength) + 1));
  }

  /**
   * What of a trace is made here too: a forward that stores a block which nothing follows is of use
   * to nobody.
   */
  public GoldenCase.Row comparable(GoldenCase.Row row) {
    int length = row.prompt().length + method.generationLength();
    boolean useless =
        row.storesLast()
            && row.steps().getLast().commits().stream().allMatch(c -> c.position() >= length);
    return useless ? row.withoutLast(length) : row;
  }

  private int end(int[] canvas, int promptLength) {
    int end = promptLength;
    while (end < canvas.length && canvas[end] != traits.endOfSequenceToken()) {
      end++;
    }
    return end;
  }

  /**
   * Reads a case.
   *
   * @throws UnsupportedCaseException when it is of a method that nobody has
   */
  public static CaseReading of(GoldenCase trace, ModelTraits traits)
      throws UnsupportedCaseException {
    var params = new Params(trace.params());
    params.only("mask_id", String.valueOf(traits.maskToken()));
    params.only("mask_token_id", String.valueOf(traits.maskToken()));
    int endOfSequence = params.integer("eos_token_id", traits.endOfSequenceToken());
    try {
      if (BlockDiffusionCases.has(trace.group())) {
        return BlockDiffusionCases.read(trace, params, traits);
      }
      var method =
          switch (trace.group()) {
            case "A" -> FastDllmCases.llada(trace.function(), params);
            case "B" -> FastDllmCases.dream(trace.function(), params);
            case "C" -> D2CacheCases.method(params, trace.patch().equals("wino-clone"));
            case "D" -> SparseDllmCases.method(trace.function(), params);
            case "E" -> LladaCases.generate(params, new NoCache(), Compatibility.UNMASK);
            case "F" -> DllmCacheCases.method(trace.function(), params);
            default -> throw new UnsupportedCaseException("its method is not built");
          };
      params.finish();
      return new CaseReading(method, traits.withEndOfSequence(endOfSequence), Ending.NONE);
    } catch (ProblemException e) {
      throw new UnsupportedCaseException(e.problem().message());
    }
  }

  /** The most probable token, as every trace has it. */
  static Scoring scoring(Confidence confidence, Params params) throws UnsupportedCaseException {
    return Scoring.of(confidence, sampling(params));
  }

  static Sampling sampling(Params params) throws UnsupportedCaseException {
    params.none("temperature");
    return new Sampling(0, params.number("top_p", 1), params.integer("top_k", 0), 0);
  }

  /** The confidence that Dream calls by this name. */
  static Confidence confidence(String alg) throws UnsupportedCaseException {
    return switch (alg) {
      case "maskgit_plus", "confidence_threshold" -> Confidence.MAX_PROBABILITY;
      case "topk_margin" -> Confidence.MARGIN;
      case "entropy" -> Confidence.NEGATIVE_ENTROPY;
      default -> throw new UnsupportedCaseException("alg " + alg + " is not built");
    };
  }
}
