package dev.unmask.page;

/**
 * Everything the first full forward of a request is a function of (sharing mode EXACT).
 *
 * @param program digest of model weights, tokenizer, compute type, page layout and program version
 * @param prompt token ids of the whole prompt
 * @param generationLength masks that follow the prompt
 */
public record ExactContext(byte[] program, int[] prompt, int generationLength)
    implements SharedContext {
  private static final int KIND = 1;

  public ExactContext {
    program = program.clone();
    prompt = prompt.clone();
  }

  @Override
  public PageNames names(String namespace, byte[] secret) {
    return new ContextText(KIND, namespace, program)
        .with(generationLength)
        .with(prompt)
        .names(secret);
  }
}
