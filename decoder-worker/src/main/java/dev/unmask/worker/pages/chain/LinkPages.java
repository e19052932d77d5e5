package dev.unmask.worker.pages.chain;

import dev.unmask.type.v1.PageEncoding;
import dev.unmask.worker.engine.host.StoredForward;
import dev.unmask.worker.pages.Room;
import dev.unmask.worker.pages.encoding.EncodedPages;
import dev.unmask.worker.pages.encoding.PageCodec;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Keys and values of successive links in the memory of one stored forward, which has them layer by
 * layer.
 *
 * @param terms of their chain
 */
record LinkPages(ChainTerms terms) {
  /**
   * The pages of all links, one link's behind the other's, as {@link Chain#links} names them.
   *
   * @param forward whole links, no predictions; closed with the room
   */
  Room<StoredForward> room(StoredForward forward) {
    var pages = pages(forward, forward.positions() / terms.linkTokens());
    if (terms.encoding() == PageEncoding.PAGE_ENCODING_AS_COMPUTED) {
      return new Room<>(forward, pages, forward::close);
    }
    var encoded = new EncodedPages(PageCodec.of(terms.encoding(), terms.layout()), pages);
    return new Room<>(
        forward,
        encoded.payloads(),
        encoded,
        () -> {
          encoded.close();
          forward.close();
        });
  }

  /** Copies the pages of leading links from one forward to another. */
  void copy(StoredForward from, StoredForward to, int links) {
    var sources = pages(from, links);
    var targets = pages(to, links);
    for (int i = 0; i < sources.size(); i++) {
      targets.get(i).put(sources.get(i));
    }
  }

  private List<ByteBuffer> pages(StoredForward forward, int links) {
    var pages = new ArrayList<ByteBuffer>();
    for (int link = 0; link < links; link++) {
      for (int layer = 0; layer < terms.layout().layers(); layer++) {
        for (int span = 0; span < terms.linkSpans(); span++) {
          pages.add(forward.page(layer, link * terms.linkSpans() + span).slice());
        }
      }
    }
    return pages;
  }
}
