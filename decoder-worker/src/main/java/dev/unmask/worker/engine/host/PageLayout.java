package dev.unmask.worker.engine.host;

import dev.unmask.contract.Limits;
import dev.unmask.worker.engine.program.ComputeType;

/**
 * Shape of a model's pages. Key and value of one layer over {@link Limits#PAGE_SPAN} positions make
 * one page {@code [2][kvHeads][span][headSize]}: keys after rotary embedding, then values, native
 * byte order. Spans are aligned; the last one holds the positions that are left.
 *
 * @param type of the elements
 * @param layers transformer layers
 * @param kvHeads key/value heads a layer
 * @param headSize elements a head
 * @param hidden elements of a hidden state, for the predictions page
 * @param listed whether pages hold chosen positions, which they list in front: four bytes each,
 *     rising; spans are then of what was chosen
 */
public record PageLayout(
    ComputeType type, int layers, int kvHeads, int headSize, int hidden, boolean listed) {
  /** Of pages that hold all positions. */
  public PageLayout(ComputeType type, int layers, int kvHeads, int headSize, int hidden) {
    this(type, layers, kvHeads, headSize, hidden, false);
  }

  /** The same of pages that hold chosen positions. */
  public PageLayout listing() {
    return new PageLayout(type, layers, kvHeads, headSize, hidden, true);
  }

  /** The same of the layers below one. */
  public PageLayout below(int depth) {
    return new PageLayout(type, depth, kvHeads, headSize, hidden, listed);
  }

  /** Positions whose keys and values take as much memory as the layers' outputs at some. */
  public int outputPositions(int positions) {
    return Math.ceilDiv(positions * hidden, kvHeads * headSize);
  }

  /** Bytes of keys and values of all layers at one position. */
  public long positionBytes() {
    return layers * layerBytes(1);
  }

  /** Pages a layer that cover {@code positions} positions from 0. */
  public int spans(int positions) {
    return Math.ceilDiv(positions, Limits.PAGE_SPAN);
  }

  /** Positions that span {@code span} holds when {@code positions} positions are covered. */
  public int spanLength(int span, int positions) {
    return Math.min(Limits.PAGE_SPAN, positions - span * Limits.PAGE_SPAN);
  }

  /** Bytes of key and value of one layer over {@code positions} positions, and of their list. */
  public long layerBytes(int positions) {
    long list = listed ? Integer.BYTES : 0;
    return (2L * kvHeads * headSize * type.bytes() + list) * positions;
  }

  /** Bytes of the page of span {@code span} when {@code positions} positions are covered. */
  public int pageBytes(int span, int positions) {
    return Math.toIntExact(layerBytes(spanLength(span, positions)));
  }

  /** Bytes of the predictions page: one hidden state for each generated position. */
  public int predictionBytes(int generationLength) {
    return Math.multiplyExact(generationLength, hidden * type.bytes());
  }
}
