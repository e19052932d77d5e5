package dev.unmask.worker.caching.session;

import dev.unmask.worker.canvas.Block;

/**
 * What a step that was made has shown. Arrays over the generated part begin with its first
 * position.
 *
 * @param block that was decoded
 * @param eligible canvas positions that could have been committed, rising, computed or not
 * @param committed canvas positions that were, rising
 * @param confidences over the generated part, before any prior; negative infinity where none was
 *     computed
 * @param known which generated positions are known now
 * @param importance attention rollout over the canvas, and behind it over padding, if a batch has
 *     any; empty unless the mechanism probed it
 */
public record Observation(
    Block block,
    int[] eligible,
    int[] committed,
    float[] confidences,
    boolean[] known,
    float[] importance) {}
