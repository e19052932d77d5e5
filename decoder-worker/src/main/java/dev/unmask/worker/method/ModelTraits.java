package dev.unmask.worker.method;

import dev.unmask.worker.scoring.TokenFrequencies;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What the decode loop must know of a model.
 *
 * @param maskToken id of the mask
 * @param endOfSequenceToken id that ends the answer
 * @param endOfTurnTokens other ids that end an answer
 * @param predictionShift row i predicts position i + this: 0 for LLaDA, 1 for Dream
 * @param causalBlock positions a block, counted from position 0, if attention is block-causal: a row
 *     sees its own block and what is left of it; empty: it sees the whole canvas
 * @param frequencies of tokens in a corpus, if the model's folder has them
 */
public record ModelTraits(
    int maskToken,
    int endOfSequenceToken,
    int[] endOfTurnTokens,
    int predictionShift,
    OptionalInt causalBlock,
    Optional<TokenFrequencies> frequencies) {

  /** With full attention, without other end tokens and frequencies. */
  public ModelTraits(int maskToken, int endOfSequenceToken, int predictionShift) {
    this(
        maskToken,
        endOfSequenceToken,
        new int[0],
        predictionShift,
        OptionalInt.empty(),
        Optional.empty());
  }

  /** The same with another end-of-sequence token. */
  public ModelTraits withEndOfSequence(int token) {
    return new ModelTraits(
        maskToken, token, endOfTurnTokens, predictionShift, causalBlock, frequencies);
  }

  /** The same with other end-of-turn tokens. */
  public ModelTraits withEndOfTurn(int... tokens) {
    return new ModelTraits(
        maskToken, endOfSequenceToken, tokens, predictionShift, causalBlock, frequencies);
  }

  /** The same with block-causal attention over blocks of another length. */
  public ModelTraits withCausalBlock(int positions) {
    return new ModelTraits(
        maskToken,
        endOfSequenceToken,
        endOfTurnTokens,
        predictionShift,
        OptionalInt.of(positions),
        frequencies);
  }
}
