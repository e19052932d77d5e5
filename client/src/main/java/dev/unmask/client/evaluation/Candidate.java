package dev.unmask.client.evaluation;

import dev.unmask.client.evaluation.settings.ModelKind;
import dev.unmask.type.v1.Model;

/**
 * A model to evaluate.
 *
 * @param model as the gateway tells it
 * @param kind what defaults depend on
 */
public record Candidate(Model model, ModelKind kind) {
  /** Its name. */
  public String name() {
    return model.getIdentity().getName();
  }
}
