package dev.unmask.worker.engine.forward;

/**
 * Where a forward puts what a part wants of it.
 *
 * @param layered whether the part chooses rows by layer, which is a forward of its own
 * @param first of the wanted rows among those of the forward
 * @param count of wanted rows
 * @param part number among parts of its sort
 */
public record Place(boolean layered, int first, int count, int part) {
  /** Where wanted rows lie, by their index among the part's. */
  public int[] rows(int[] indices) {
    int[] rows = indices.clone();
    for (int i = 0; i < rows.length; i++) {
      rows[i] += first;
    }
    return rows;
  }
}
