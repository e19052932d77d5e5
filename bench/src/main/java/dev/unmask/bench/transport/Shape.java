package dev.unmask.bench.transport;

/**
 * What is asked of every way.
 *
 * @param bytes of a page
 * @param pages of a call
 * @param callers at once
 */
record Shape(int bytes, int pages, int callers) {
  /** Pages that are there to be read: more than a processor's cache holds. */
  int stored() {
    return (128 << 20) / bytes;
  }

  /** Number of the first of them; sizes do not share pages. */
  long first() {
    return (long) bytes << 16;
  }

  long callBytes() {
    return (long) bytes * pages;
  }
}
