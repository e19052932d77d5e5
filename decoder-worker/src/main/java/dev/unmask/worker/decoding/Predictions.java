package dev.unmask.worker.decoding;

/**
 * What a step's scored rows predict.
 *
 * @param tokens chosen token of each scored row
 * @param confidences of each scored row, of the distribution after temperature and filters
 * @param rowsComputed rows the device really computed; 0 when a stored forward answered
 */
public record Predictions(int[] tokens, float[] confidences, int rowsComputed) {}
