package dev.unmask.worker.decoding;

import dev.unmask.worker.caching.CachePolicy;
import dev.unmask.worker.caching.NoCache;
import dev.unmask.worker.method.Compatibility;
import dev.unmask.worker.method.EndOfSequenceRule;
import dev.unmask.worker.method.Guidance;
import dev.unmask.worker.method.Method;
import dev.unmask.worker.method.Scoring;
import dev.unmask.worker.sampling.Sampling;
import dev.unmask.worker.scoring.Confidence;
import dev.unmask.worker.unmask.FixedSchedule;
import dev.unmask.worker.unmask.Pace;
import dev.unmask.worker.unmask.UnmaskPolicy;
import java.util.Optional;
import java.util.OptionalDouble;

/** Methods for tests: 8 tokens in blocks of 4, one token a step, unless changed. */
record Methods(
    UnmaskPolicy unmask,
    CachePolicy cache,
    Scoring scoring,
    Optional<Guidance> guidance,
    EndOfSequenceRule endOfSequence,
    Compatibility compatibility) {
  static Methods plain() {
    return new Methods(
        new FixedSchedule(new Pace.TokensPerStep(1)),
        new NoCache(),
        Scoring.GREEDY,
        Optional.empty(),
        EndOfSequenceRule.DECODE_ALL,
        Compatibility.UNMASK);
  }

  Methods with(UnmaskPolicy other) {
    return new Methods(other, cache, scoring, guidance, endOfSequence, compatibility);
  }

  Methods with(CachePolicy other) {
    return new Methods(unmask, other, scoring, guidance, endOfSequence, compatibility);
  }

  Methods with(Scoring other) {
    return new Methods(unmask, cache, other, guidance, endOfSequence, compatibility);
  }

  Methods with(Confidence other) {
    return with(Scoring.of(other, Sampling.GREEDY));
  }

  Methods with(Guidance other) {
    return new Methods(unmask, cache, scoring, Optional.of(other), endOfSequence, compatibility);
  }

  Methods with(EndOfSequenceRule other) {
    return new Methods(unmask, cache, scoring, guidance, other, compatibility);
  }

  Methods with(Compatibility other) {
    return new Methods(unmask, cache, scoring, guidance, endOfSequence, other);
  }

  Method method() {
    return method(8, 4);
  }

  Method method(int generationLength, int blockLength) {
    return new Method(
        generationLength,
        blockLength,
        unmask,
        cache,
        scoring,
        guidance,
        endOfSequence,
        compatibility);
  }

  Method method(int generationLength, int blockLength, OptionalDouble sigma) {
    return with(scoring.with(sigma)).method(generationLength, blockLength);
  }
}
