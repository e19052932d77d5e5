package dev.unmask.worker.engine;

import dev.unmask.contract.Limits;
import dev.unmask.worker.engine.host.PageLayout;
import dev.unmask.worker.engine.host.StoredForward;
import java.nio.ByteBuffer;

/**
 * What was retained of a first forward, as pages that list their positions: {@code
 * [positions][int32]} in front of {@code [2][kvHeads][positions][headSize]}.
 *
 * <pre>
 *   layer 0   3 7 8 ..  keys and values at 3, 7, 8 .. | 71 72 90  keys and values there
 *   layer 1   0 1 9 ..                                | ...
 * </pre>
 */
final class RetainedForward {
  private RetainedForward() {}

  /**
   * Puts lists in front.
   *
   * @param plain kept entries as if they were the first positions of a canvas
   * @param positions that they are of, {@code [layers][kept]}
   * @return a copy, for the caller to close
   */
  static StoredForward list(StoredForward plain, int[][] positions) {
    var layout = plain.layout().listing();
    int kept = plain.positions();
    int states = plain.predictions().capacity() / layout.predictionBytes(1);
    var listed = StoredForward.allocate(layout, kept, states);
    listed.predictions().put(plain.predictions());
    for (int layer = 0; layer < layers(plain); layer++) {
      for (int span = 0; span < plain.spans(); span++) {
        var page = listed.page(layer, span);
        int first = span * Limits.PAGE_SPAN;
        for (int i = first; i < first + layout.spanLength(span, kept); i++) {
          page.putInt(positions[layer][i]);
        }
        page.put(plain.page(layer, span));
      }
    }
    return listed;
  }

  /** The entries without their lists, as {@link #list} took them; a copy. */
  static StoredForward plain(StoredForward listed, PageLayout layout) {
    int kept = listed.positions();
    int states = listed.predictions().capacity() / layout.predictionBytes(1);
    var plain = StoredForward.allocate(layout, kept, states);
    plain.predictions().put(listed.predictions());
    for (int layer = 0; layer < layers(listed); layer++) {
      for (int span = 0; span < listed.spans(); span++) {
        var page = listed.page(layer, span);
        page.position(Integer.BYTES * layout.spanLength(span, kept));
        plain.page(layer, span).put(page);
      }
    }
    return plain;
  }

  /**
   * The positions that its pages list, {@code [layers][kept]}.
   *
   * @param canvas positions that there are
   * @throws IllegalArgumentException if a layer's do not rise, or lie outside the canvas
   */
  static int[][] positions(StoredForward listed, int canvas) {
    int kept = listed.positions();
    var positions = new int[listed.layout().layers()][kept];
    for (int layer = 0; layer < layers(listed); layer++) {
      int before = -1;
      for (int i = 0; i < kept; i++) {
        int position = position(listed.page(layer, i / Limits.PAGE_SPAN), i % Limits.PAGE_SPAN);
        if (position <= before || position >= canvas) {
          throw new IllegalArgumentException(
              "position %d follows %d in the pages of a canvas of %d"
                  .formatted(position, before, canvas));
        }
        positions[layer][i] = position;
        before = position;
      }
    }
    return positions;
  }

  private static int position(ByteBuffer page, int index) {
    return page.getInt(Integer.BYTES * index);
  }

  private static int layers(StoredForward forward) {
    return forward.spans() == 0 ? 0 : forward.layout().layers();
  }
}
