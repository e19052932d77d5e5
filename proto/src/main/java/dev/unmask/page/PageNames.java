package dev.unmask.page;

import java.nio.ByteBuffer;

/** Names of all pages of one context. Safe to share among threads. */
public final class PageNames {
  private static final int STATE = 1;
  private static final int PREDICTIONS = 2;
  private static final int WHOLE = 3;

  private final byte[] context;

  PageNames(byte[] context) {
    this.context = context;
  }

  /**
   * Key and value of one layer over one span.
   *
   * @param layer from 0
   * @param span positions {@code [32 span, 32 (span + 1))}
   */
  public PageKey state(int layer, int span) {
    return name(STATE, layer, span);
  }

  /** Final hidden states of the rows that predict the generated positions. */
  public PageKey predictions() {
    return name(PREDICTIONS, 0, 0);
  }

  /** The state as a whole: what its pages are kept, given up and leased by. */
  public PageKey whole() {
    return name(WHOLE, 0, 0);
  }

  private PageKey name(int kind, int layer, int span) {
    var text = ByteBuffer.allocate(12).putInt(kind).putInt(layer).putInt(span).flip();
    return PageKey.of(ExactContext.hmac(context, text));
  }
}
