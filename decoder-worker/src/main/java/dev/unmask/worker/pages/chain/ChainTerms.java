package dev.unmask.worker.pages.chain;

import dev.unmask.contract.Limits;
import dev.unmask.page.BlockCausal;
import dev.unmask.type.v1.PageEncoding;
import dev.unmask.worker.engine.host.PageLayout;

/**
 * What all links of a request's chain have in common beside their tokens.
 *
 * @param owners who may share them
 * @param program digest of everything but the tokens that a block is a function of
 * @param family of the model
 * @param layout of its pages
 * @param encoding how they are written
 */
public record ChainTerms(
    Owners owners, byte[] program, BlockCausal family, PageLayout layout, PageEncoding encoding) {
  public ChainTerms {
    program = program.clone();
  }

  /** Tokens a link. */
  public int linkTokens() {
    return family.linkTokens();
  }

  /** Pages a layer of one link. */
  int linkSpans() {
    return linkTokens() / Limits.PAGE_SPAN;
  }

  /** Pages of one link. */
  int linkPages() {
    return linkSpans() * layout.layers();
  }
}
