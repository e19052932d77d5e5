package dev.unmask.page;

import dev.unmask.type.v1.PageEncoding;

/**
 * What a link of a block-causal model's canvas is shared by (sharing mode BLOCK_CAUSAL): all tokens
 * up to its end, chained link by link, so that any shared beginning is found. A link is {@link
 * BlockCausal#linkTokens} tokens: the blocks of one page, or the pages of one block. Its pages are
 * numbered from its own beginning. Exact.
 */
public final class BlockChain implements SharedContext {
  private static final int KIND = 3;

  private final byte[] program;
  private final BlockCausal family;
  private final PageEncoding encoding;
  private final PrefixChain chain;

  private BlockChain(byte[] program, BlockCausal family, PageEncoding encoding, PrefixChain chain) {
    this.program = program;
    this.family = family;
    this.encoding = encoding;
    this.chain = chain;
  }

  /**
   * The first link.
   *
   * @param program digest of model weights, tokenizer, compute type, page layout and program
   *     version
   * @param family of the model
   * @param encoding how the pages' elements are written
   * @param tokens of it
   * @throws IllegalArgumentException if they are not a whole link
   */
  public static BlockChain first(
      byte[] program, BlockCausal family, PageEncoding encoding, int... tokens) {
    return new BlockChain(program.clone(), family, ContextText.named(encoding), PrefixChain.start())
        .then(tokens);
  }

  /**
   * The link after this one.
   *
   * @throws IllegalArgumentException if its tokens are not a whole link
   */
  public BlockChain then(int... tokens) {
    if (tokens.length != family.linkTokens()) {
      throw new IllegalArgumentException(
          "a link has %d tokens, not %d".formatted(family.linkTokens(), tokens.length));
    }
    return new BlockChain(program, family, encoding, chain.then(tokens));
  }

  /** Tokens up to the link's end. */
  public int tokens() {
    return chain.tokens();
  }

  @Override
  public PageEncoding encoding() {
    return encoding;
  }

  @Override
  public PageNames names(String namespace, byte[] secret) {
    return new ContextText(KIND, namespace, program)
        .with(family.blockLength())
        .with(encoding.getNumber())
        .with(chain.tokens())
        .with(chain.link())
        .names(secret);
  }
}
