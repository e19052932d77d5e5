package dev.unmask.cache.wire;

/** A message of ReadPages on its way out. */
public sealed interface OutgoingChunk {
  /** Index into the keys asked for. */
  int keyIndex();

  /** The page is not there. */
  record Missing(int keyIndex) implements OutgoingChunk {}

  /**
   * A piece of a page.
   *
   * @param page held by the sender until it has handed the message over
   * @param offset of the piece in the record
   * @param size of the piece
   */
  record Piece(int keyIndex, HeldPage page, int offset, int size) implements OutgoingChunk {}
}
