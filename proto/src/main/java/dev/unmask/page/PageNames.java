package dev.unmask.page;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

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
   * @param span positions {@code [32 span, 32 (span + 1))}, or so many of those that were kept
   */
  public PageKey state(int layer, int span) {
    return name(STATE, layer, span);
  }

  /**
   * Key and value of all layers over leading spans, as {@link #state} names them, layer by layer:
   * sooner than one by one.
   *
   * @param layers how many, from layer 0
   * @param spans how many a layer, from span 0
   */
  public List<PageKey> states(int layers, int spans) {
    var mac = mac(context);
    var keys = new ArrayList<PageKey>(layers * spans);
    for (int layer = 0; layer < layers; layer++) {
      for (int span = 0; span < spans; span++) {
        mac.update(text(STATE, layer, span));
        keys.add(PageKey.of(mac.doFinal()));
      }
    }
    return keys;
  }

  /**
   * Hidden states: final ones of the rows that predict the generated positions; or, of lower
   * layers, those that the prefix's rows enter the next layer with.
   */
  public PageKey predictions() {
    return name(PREDICTIONS, 0, 0);
  }

  /** The state as a whole: what its pages are kept, given up and leased by. */
  public PageKey whole() {
    return name(WHOLE, 0, 0);
  }

  private PageKey name(int kind, int layer, int span) {
    return PageKey.of(hmac(context, text(kind, layer, span)));
  }

  private static ByteBuffer text(int kind, int layer, int span) {
    return ByteBuffer.allocate(12).putInt(kind).putInt(layer).putInt(span).flip();
  }

  static byte[] hmac(byte[] secret, ByteBuffer text) {
    var mac = mac(secret);
    mac.update(text);
    return mac.doFinal();
  }

  private static Mac mac(byte[] secret) {
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret, "HmacSHA256"));
      return mac;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HmacSHA256", e);
    }
  }
}
