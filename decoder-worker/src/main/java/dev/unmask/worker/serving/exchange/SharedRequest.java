package dev.unmask.worker.serving.exchange;

import dev.unmask.type.v1.PageEncoding;
import dev.unmask.worker.canvas.Outset;
import dev.unmask.worker.engine.host.PageLayout;
import dev.unmask.worker.method.Method;
import dev.unmask.worker.method.ModelTraits;
import dev.unmask.worker.pages.chain.Owners;
import dev.unmask.worker.shallow.SharedPrefix;
import java.util.Optional;

/**
 * As much of a request as what it shares depends on.
 *
 * @param namespace who may share it
 * @param model that computes
 * @param method how it decodes
 * @param outset its prompt, and what else is known at first
 * @param prefix of the prompt whose lower layers it shares, if it said so
 * @param granted beginning of the prompt that it shares with other tenants, if it said so
 * @param encoding how keys and values are written where they are stored
 */
public record SharedRequest(
    String namespace,
    Source model,
    Method method,
    Outset outset,
    Optional<SharedPrefix> prefix,
    Optional<Owners.Granted> granted,
    PageEncoding encoding) {
  /**
   * What computes a state.
   *
   * @param program digest of everything but the request that a forward is a function of
   * @param traits of the model
   * @param layout of its pages
   */
  public record Source(byte[] program, ModelTraits traits, PageLayout layout) {}

  /** Token ids of the prompt. */
  int[] prompt() {
    return outset.prompt();
  }

  /** Positions of the canvas. */
  int canvasLength() {
    return prompt().length + method.generationLength();
  }
}
