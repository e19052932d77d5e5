package dev.unmask.worker.pages;

import dev.unmask.contract.Limits;
import dev.unmask.worker.engine.host.PageLayout;
import dev.unmask.worker.engine.host.StoredForward;

/**
 * How much of a first forward a request needs: its predictions always, keys and values of the
 * positions its cache policy will attend to without computing them.
 *
 * @param layout of the model's pages
 * @param positions covered by keys and values, from 0: a multiple of {@link Limits#PAGE_SPAN} or
 *     the whole canvas; or how many a layer retained; 0 for none
 * @param generationLength hidden states: masks the forward began with, or positions of a prefix
 */
public record Need(PageLayout layout, int positions, int generationLength) {
  /** All that there is of a forward. */
  static Need of(StoredForward forward) {
    int states = forward.predictions().capacity() / forward.layout().predictionBytes(1);
    return new Need(forward.layout(), forward.positions(), states);
  }

  /**
   * The lower layers of a prefix, and the hidden states that its rows leave them with.
   *
   * @param depth how many
   */
  public static Need below(PageLayout layout, int depth, int prefix) {
    return new Need(layout.below(depth), prefix, prefix);
  }

  /** What each layer retained, with its positions. */
  public static Need retained(PageLayout layout, int kept, int generationLength) {
    return new Need(layout.listing(), kept, generationLength);
  }

  /** Predictions alone: every later step computes every row. */
  public static Need predictions(PageLayout layout, int generationLength) {
    return new Need(layout, 0, generationLength);
  }

  /** The prompt's state: everything right of it is computed again. */
  public static Need prompt(PageLayout layout, int promptLength, int generationLength) {
    int spans = Math.ceilDiv(promptLength, Limits.PAGE_SPAN);
    int positions = Math.min(spans * Limits.PAGE_SPAN, promptLength + generationLength);
    return new Need(layout, positions, generationLength);
  }

  /** The state of the whole canvas. */
  public static Need canvas(PageLayout layout, int promptLength, int generationLength) {
    return new Need(layout, promptLength + generationLength, generationLength);
  }

  /** Pages that hold it. */
  public int pages() {
    return 1 + layout.layers() * layout.spans(positions);
  }
}
