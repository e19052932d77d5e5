package dev.unmask.page;

import dev.unmask.type.v1.PageEncoding;

/**
 * Everything the first forward of a request is a function of, if it keeps of each layer the keys
 * that a block wants most and drops the others (sharing mode EXACT, Sparse-dLLM without a delay).
 * Page {@code i} of a layer holds the kept entries {@code [32 i, 32 (i + 1))}, and says which
 * positions they are of.
 *
 * @param program digest of model weights, tokenizer, compute type, page layout and program version
 * @param prompt token ids of the whole prompt
 * @param generationLength masks that follow the prompt
 * @param retention what is kept
 */
public record RetainedContext(
    byte[] program, int[] prompt, int generationLength, Retention retention)
    implements SharedContext {
  private static final int KIND = 4;

  /**
   * What a layer keeps: all of a block length, a keep ratio and a smoothing kernel that touches the
   * first forward.
   *
   * @param start first position of the rows whose mean query chooses
   * @param end first position behind them
   * @param kept how many of the other positions are kept
   * @param kernel width of the maximum that smooths importance over neighbours
   */
  public record Retention(int start, int end, int kept, int kernel) {}

  public RetainedContext {
    program = program.clone();
    prompt = prompt.clone();
  }

  /** As computed, always: a page lists positions, too. */
  @Override
  public PageEncoding encoding() {
    return PageEncoding.PAGE_ENCODING_AS_COMPUTED;
  }

  @Override
  public PageNames names(String namespace, byte[] secret) {
    return new ContextText(KIND, namespace, program)
        .with(generationLength)
        .with(prompt)
        .with(retention.start())
        .with(retention.end())
        .with(retention.kept())
        .with(retention.kernel())
        .names(secret);
  }
}
