package dev.unmask.worker.serving;

import dev.unmask.prompt.WrittenPrompt;
import dev.unmask.type.v1.Prompt;
import dev.unmask.worker.canvas.Outset;
import dev.unmask.worker.method.Method;
import dev.unmask.worker.scheduling.Demand;
import dev.unmask.worker.serving.exchange.SharedRequest;
import dev.unmask.worker.serving.models.ServedModel;
import dev.unmask.worker.serving.steps.Mark;
import dev.unmask.worker.serving.steps.Requester;
import java.util.List;

/**
 * A request that passed all checks.
 *
 * @param requestId its name in logs
 * @param model that answers
 * @param namespace whose states it may share
 * @param method how to decode
 * @param outset its prompt, and what else is known at first
 * @param stop strings that end the text
 * @param arrival when it came, and until when it must be answered
 * @param sharing how its states are shared
 * @param written the prompt as its client wrote it; empty if nobody did
 */
public record Assignment(
    String requestId,
    ServedModel model,
    String namespace,
    Method method,
    Outset outset,
    List<String> stop,
    Arrival arrival,
    SharingTerms sharing,
    WrittenPrompt written) {
  public Assignment {
    stop = List.copyOf(stop);
  }

  /** Of a prompt that nobody wrote. */
  public Assignment(
      String requestId,
      ServedModel model,
      String namespace,
      Method method,
      int[] prompt,
      List<String> stop,
      Arrival arrival,
      SharingTerms sharing) {
    this(
        requestId,
        model,
        namespace,
        method,
        Outset.of(prompt),
        stop,
        arrival,
        sharing,
        new WrittenPrompt(namespace, model.name(), Prompt.getDefaultInstance()));
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
    this(requestId, model, namespace, method, prompt, stop, arrival, SharingTerms.EXACT);
  }

  /** Token ids of the prompt. */
  public int[] prompt() {
    return outset.prompt();
  }

  /** Positions of the canvas. */
  public int canvasLength() {
    return prompt().length + method.generationLength();
  }

  /** What it shares depends on that alone. */
  SharedRequest shared() {
    var source =
        new SharedRequest.Source(model.program(), model.traits(), model.engine().pageLayout());
    return new SharedRequest(
        namespace, source, method, outset, sharing.prefix(), sharing.granted(), sharing.encoding());
  }

  /** What it needs to run. */
  Demand demand() {
    var engine = model.engine();
    int positions = engine.positions(prompt().length, method);
    return new Demand(namespace, arrival.deadline(), engine.pool(), positions);
  }

  /** Who has its steps made. */
  Requester requester(Mark mark) {
    return new Requester(namespace, arrival.deadline(), model.name(), model.engine(), mark);
  }
}
