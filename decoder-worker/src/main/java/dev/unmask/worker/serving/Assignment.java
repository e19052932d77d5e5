package dev.unmask.worker.serving;

import dev.unmask.worker.method.Method;
import dev.unmask.worker.scheduling.Demand;
import dev.unmask.worker.serving.steps.Requester;
import dev.unmask.worker.shallow.SharedPrefix;
import java.util.List;
import java.util.Optional;

/**
 * A request that passed all checks.
 *
 * @param requestId its name in logs
 * @param model that answers
 * @param namespace whose states it may share
 * @param method how to decode
 * @param prompt token ids
 * @param stop strings that end the text
 * @param arrival when it came, and until when it must be answered
 * @param prefix of the prompt whose lower layers it shares, if it said so
 */
public record Assignment(
    String requestId,
    ServedModel model,
    String namespace,
    Method method,
    int[] prompt,
    List<String> stop,
    Arrival arrival,
    Optional<SharedPrefix> prefix) {
  public Assignment {
    stop = List.copyOf(stop);
  }

  /** That shares what is exact. */
  public Assignment(
      String requestId,
      ServedModel model,
      String namespace,
      Method method,
      int[] prompt,
      List<String> stop,
      Arrival arrival) {
    this(requestId, model, namespace, method, prompt, stop, arrival, Optional.empty());
  }

  /** Positions of the canvas. */
  public int canvasLength() {
    return prompt.length + method.generationLength();
  }

  /** What it needs to run. */
  Demand demand() {
    var engine = model.engine();
    int positions = engine.positions(prompt.length, method);
    return new Demand(namespace, arrival.deadline(), engine.pool(), positions);
  }

  /** Who has its steps made. */
  Requester requester() {
    return new Requester(namespace, arrival.deadline(), model.name(), model.engine());
  }
}
