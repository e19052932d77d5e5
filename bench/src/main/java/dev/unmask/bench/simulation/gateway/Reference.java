package dev.unmask.bench.simulation.gateway;

import dev.unmask.bench.simulation.model.ScriptedEngine;
import dev.unmask.bench.simulation.worker.ScriptedModel;
import dev.unmask.generation.v1.GenerateRequest;
import dev.unmask.worker.api.DecodingSpecs;
import dev.unmask.worker.decoding.Decoding;
import dev.unmask.worker.decoding.StepOutcome;
import dev.unmask.worker.unmask.Wino;
import java.util.ArrayList;
import java.util.List;

/**
 * What a request is answered by a model that nobody shares, in a process that nothing happens to
 * (I7).
 *
 * @param steps in their order
 * @param revokes whether its method may take tokens back
 */
record Reference(List<StepOutcome> steps, boolean revokes) {
  private static final int POSITIONS = 2 * ScriptedModel.CONTEXT;

  static Reference of(ScriptedModel model, GenerateRequest request) {
    int[] prompt =
        request.getPrompt().getTokens().getIdsList().stream().mapToInt(token -> token).toArray();
    var method = DecodingSpecs.method(request.getSpec(), model.description());
    var decoding = new Decoding(model.traits(), method, prompt);
    var engine = new ScriptedEngine(model.script(), model.traits(), POSITIONS, _ -> {}, _ -> {});
    var steps = new ArrayList<StepOutcome>();
    try (var state = engine.open(prompt.length, method)) {
      while (!decoding.done()) {
        steps.add(decoding.advance(state));
      }
    }
    return new Reference(steps, method.unmask() instanceof Wino);
  }
}
