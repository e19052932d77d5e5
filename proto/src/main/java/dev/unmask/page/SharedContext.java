package dev.unmask.page;

import dev.unmask.type.v1.PageEncoding;

/**
 * What a shared state was computed from, and so everything the names of its pages are made from:
 * design section 4. Two states have one name only if they were computed from the same, or if their
 * mode says what may differ. There is deliberately no context of a prefix and all layers of a model
 * with full attention: there a prefix's state depends on what follows it.
 */
public sealed interface SharedContext
    permits ExactContext, RetainedContext, ShallowContext, BlockChain {
  /**
   * Names this context's pages.
   *
   * @param namespace who may share them
   * @param secret the namespace's secret; without it names cannot be guessed
   */
  PageNames names(String namespace, byte[] secret);

  /** How the pages' elements are written. */
  PageEncoding encoding();
}
