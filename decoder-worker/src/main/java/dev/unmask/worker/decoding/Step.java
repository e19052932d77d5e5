package dev.unmask.worker.decoding;

import dev.unmask.worker.sampling.Sampling;
import dev.unmask.worker.unmask.Confidence;

/**
 * One model forward of one request. The rows' fresh keys and values overwrite the stored ones of
 * the same positions, in place, in every layer; then every row attends to all positions of the
 * canvas. A step of all rows (a refresh) needs no stored state.
 *
 * <pre>
 *   positions  0 1 2 3 | 4 5 6 7 | 8 9      prompt 4, block 4..7
 *   refresh    R R R R | R R R R | R R      all rows fresh
 *   dual       K K K K | R R R R | K K      R computed now, K stored by the refresh
 *   prefix     K K K K | R R R R | R R
 * </pre>
 *
 * @param number of the step in its request, from 0; part of the sampling noise
 * @param rows positions to compute, rising
 * @param tokens token ids at {@code rows}
 * @param keep whether later steps attend to what this step stores
 * @param scored positions whose output is wanted, rising, a subset of {@code rows}; row i speaks
 *     for position i + prediction shift of the model
 * @param confidence what to report of each scored row
 * @param sampling how to draw tokens
 */
public record Step(
    int number,
    int[] rows,
    int[] tokens,
    boolean keep,
    int[] scored,
    Confidence confidence,
    Sampling sampling) {}
