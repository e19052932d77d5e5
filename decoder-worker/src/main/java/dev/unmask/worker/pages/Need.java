package dev.unmask.worker.pages;

import dev.unmask.contract.Limits;
import dev.unmask.worker.engine.PageLayout;

/**
 * How much of a first forward a request needs: its predictions always, keys and values of the
 * positions its cache policy will attend to without computing them.
 *
 * @param layout of the model's pages
 * @param positions covered by keys and values, from 0: a multiple of {@link Limits#PAGE_SPAN} or
 *     the whole canvas; 0 for none
 * @param generationLength masks the forward began with
 */
public record Need(PageLayout layout, int positions, int generationLength) {
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
