package dev.unmask.page;

import dev.unmask.type.v1.PageEncoding;

/**
 * Everything the first full forward of a request is a function of (sharing mode EXACT).
 *
 * @param program digest of model weights, tokenizer, compute type, page layout and program version
 * @param prompt token ids of the whole prompt
 * @param generationLength masks that follow the prompt
 * @param encoding how the pages' elements are written; a lossy one makes the state an approximation
 */
public record ExactContext(
    byte[] program, int[] prompt, int generationLength, PageEncoding encoding)
    implements SharedContext {
  private static final int KIND = 1;

  public ExactContext {
    program = program.clone();
    prompt = prompt.clone();
    encoding = ContextText.named(encoding);
  }

  /** In the type it was computed in. */
  public ExactContext(byte[] program, int[] prompt, int generationLength) {
    this(program, prompt, generationLength, PageEncoding.PAGE_ENCODING_AS_COMPUTED);
  }

  @Override
  public PageNames names(String namespace, byte[] secret) {
    return new ContextText(KIND, namespace, program)
        .with(generationLength)
        .with(encoding.getNumber())
        .with(prompt)
        .names(secret);
  }
}
