package dev.unmask.page;

import dev.unmask.type.v1.PageEncoding;

/**
 * What a finished block of a block-causal model is shared by (sharing mode BLOCK_CAUSAL): all
 * tokens up to its end, chained block by block, so that any shared beginning is found. Exact.
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
   * The first block.
   *
   * @param program digest of model weights, tokenizer, compute type, page layout and program
   *     version
   * @param family of the model
   * @param encoding how the pages' elements are written
   * @param block its tokens
   * @throws IllegalArgumentException if they are not a whole block
   */
  public static BlockChain first(
      byte[] program, BlockCausal family, PageEncoding encoding, int... block) {
    return new BlockChain(program.clone(), family, ContextText.named(encoding), PrefixChain.start())
        .then(block);
  }

  /**
   * The block after this one.
   *
   * @throws IllegalArgumentException if its tokens are not a whole block
   */
  public BlockChain then(int... block) {
    if (block.length != family.blockLength()) {
      throw new IllegalArgumentException(
          "a block has %d tokens, not %d".formatted(family.blockLength(), block.length));
    }
    return new BlockChain(program, family, encoding, chain.then(block));
  }

  /** Tokens up to the block's end. */
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
