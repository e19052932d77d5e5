package dev.unmask.client.load.measure;

/**
 * What was done in a second of measured time, whenever it arrived.
 *
 * @param sent requests
 * @param completed answers
 * @param tokens tokens of answers, before the first end of sequence, as the server counts them
 * @param positions committed ones of answers, also behind an end of sequence
 * @param steps model forwards of answers
 */
public record Speed(double sent, double completed, double tokens, double positions, double steps) {}
