package dev.unmask.worker.replay.cases;

import dev.unmask.contract.ProblemException;
import dev.unmask.worker.caching.NoCache;
import dev.unmask.worker.method.Compatibility;
import dev.unmask.worker.method.Method;
import dev.unmask.worker.method.ModelTraits;
import dev.unmask.worker.method.Scoring;
import dev.unmask.worker.sampling.Sampling;
import dev.unmask.worker.scoring.Confidence;

/**
 * What a case asks of us: the method that its original function and arguments name.
 *
 * @param method the same in our words
 * @param traits of the model, with the case's own end-of-sequence token if it names one
 */
public record CaseReading(Method method, ModelTraits traits) {

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
      return new CaseReading(method, traits.withEndOfSequence(endOfSequence));
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
