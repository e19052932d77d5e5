package dev.unmask.worker.decoding;

import dev.unmask.worker.caching.CachePolicy;
import dev.unmask.worker.caching.NoCache;
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
    Confidence confidence,
    EndOfSequenceRule endOfSequence,
    Compatibility compatibility) {
  static Methods plain() {
    return new Methods(
        new FixedSchedule(new Pace.TokensPerStep(1)),
        new NoCache(),
        Confidence.MAX_PROBABILITY,
        EndOfSequenceRule.DECODE_ALL,
        Compatibility.UNMASK);
  }

  Methods with(UnmaskPolicy other) {
    return new Methods(other, cache, confidence, endOfSequence, compatibility);
  }

  Methods with(CachePolicy other) {
    return new Methods(unmask, other, confidence, endOfSequence, compatibility);
  }

  Methods with(Confidence other) {
    return new Methods(unmask, cache, other, endOfSequence, compatibility);
  }

  Methods with(EndOfSequenceRule other) {
    return new Methods(unmask, cache, confidence, other, compatibility);
  }

  Methods with(Compatibility other) {
    return new Methods(unmask, cache, confidence, endOfSequence, other);
  }

  Method method() {
    return method(8, 4);
  }

  Method method(int generationLength, int blockLength) {
    return method(generationLength, blockLength, OptionalDouble.empty());
  }

  Method method(int generationLength, int blockLength, OptionalDouble sigma) {
    return new Method(
        generationLength,
        blockLength,
        unmask,
        cache,
        Scoring.of(confidence, Sampling.GREEDY).with(sigma),
        Optional.empty(),
        endOfSequence,
        compatibility);
  }
}
