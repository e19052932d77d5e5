package dev.unmask.page;

import dev.unmask.type.v1.PageEncoding;

/**
 * What the lower layers of a declared prefix are shared by (sharing mode SHALLOW). Approximate: the
 * same names may stand for states of different donors, which differ in what followed the prefix, so
 * they are shared within one namespace only, and only where a request asks for it.
 *
 * @param program digest of model weights, tokenizer, compute type, page layout and program version
 * @param prefix the declared prefix, whole spans of 32 tokens
 * @param lower layers that are shared
 * @param generation how long donors' generations are, roughly: masks are attended to as well
 * @param donor what computed the state
 * @param encoding how the pages' elements are written
 */
public record ShallowContext(
    byte[] program,
    PrefixChain prefix,
    LowerLayers lower,
    GenerationClass generation,
    Donor donor,
    PageEncoding encoding)
    implements SharedContext {
  private static final int KIND = 2;
  private static final int SPAN = 32;

  /** What a prefix's state is computed with. */
  public enum Donor {
    /** A request's whole canvas: its own end of the prompt and its masks follow the prefix. */
    REQUEST(1),
    /** The prefix with masks behind it and nothing else. */
    CANONICAL(2);

    private final int number;

    Donor(int number) {
      this.number = number;
    }
  }

  public ShallowContext {
    program = program.clone();
    if (prefix.tokens() < SPAN || prefix.tokens() % SPAN != 0) {
      throw new IllegalArgumentException(
          "a shared prefix is whole spans of %d tokens, not %d tokens"
              .formatted(SPAN, prefix.tokens()));
    }
    encoding = ContextText.named(encoding);
  }

  @Override
  public PageNames names(String namespace, byte[] secret) {
    return new ContextText(KIND, namespace, program)
        .with(prefix.tokens())
        .with(prefix.link())
        .with(lower.depth())
        .with(lower.layers())
        .with(generation.most())
        .with(donor.number)
        .with(encoding.getNumber())
        .names(secret);
  }
}
