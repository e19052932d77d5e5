package dev.unmask.worker.serving.exchange;

import dev.unmask.page.BlockCausal;
import dev.unmask.worker.caching.BlockCache;
import dev.unmask.worker.decoding.Decoding;
import dev.unmask.worker.pages.SharedForwards;
import dev.unmask.worker.pages.chain.ChainTerms;
import dev.unmask.worker.pages.chain.Owners;
import dev.unmask.worker.pages.chain.SharedChains;

/**
 * What requests share through a cache-service.
 *
 * @param forwards first forwards of models with full attention
 * @param chains finished blocks of block-causal models
 */
public record Exchanges(SharedForwards forwards, SharedChains chains) implements AutoCloseable {
  /**
   * What a request shares.
   *
   * @param decoding of the request, no step made yet
   */
  public Exchange open(SharedRequest request, Decoding decoding, Timing timing) {
    var block = request.model().traits().causalBlock();
    if (block.isEmpty()) {
      var all = FirstForward.all(request, forwards);
      return new ForwardExchange(all, request.canvasLength(), timing);
    }
    BlockCausal family = block::getAsInt;
    boolean shares =
        family.hasLinks()
            && request.method().cache() instanceof BlockCache
            && request.method().guidance().isEmpty();
    return shares
        ? new BlockExchange(chains, terms(request, family), request, decoding, timing)
        : new NoExchange();
  }

  private ChainTerms terms(SharedRequest request, BlockCausal family) {
    var model = request.model();
    var granted = request.granted().filter(there -> chains.shares(there.namespace()));
    var owners = new Owners(request.namespace(), granted);
    return new ChainTerms(owners, model.program(), family, model.layout(), request.encoding());
  }

  /** Frees the memory kept for what is fetched. */
  @Override
  public void close() {
    forwards.close();
    chains.close();
  }
}
