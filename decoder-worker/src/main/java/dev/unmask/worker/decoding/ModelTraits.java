package dev.unmask.worker.decoding;

/**
 * What the decode loop must know of a model.
 *
 * @param maskToken id of the mask
 * @param endOfSequenceToken id that ends the answer
 * @param predictionShift row i predicts position i + this: 0 for LLaDA, 1 for Dream
 */
public record ModelTraits(int maskToken, int endOfSequenceToken, int predictionShift) {}
