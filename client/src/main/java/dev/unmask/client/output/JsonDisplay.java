package dev.unmask.client.output;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.unmask.client.Answer;
import dev.unmask.generation.v1.GenerateResponse;
import dev.unmask.type.v1.StepDelta;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** Prints one JSON object on one line when the generation is over. */
public final class JsonDisplay implements Display {
  private final PrintStream out;
  private final boolean withSteps;
  private final List<StepDelta> deltas = new ArrayList<>();
  private final ObjectMapper json =
      new ObjectMapper().setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE);

  /**
   * Prints to {@code out}.
   *
   * @param withSteps whether the object tells every step
   */
  public JsonDisplay(PrintStream out, boolean withSteps) {
    this.out = out;
    this.withSteps = withSteps;
  }

  @Override
  public void show(GenerateResponse event) {
    if (withSteps && event.hasDelta()) {
      deltas.add(event.getDelta());
    }
  }

  @Override
  public void finish(Answer answer) {
    var report = GenerationReport.of(answer);
    var node = json.<ObjectNode>valueToTree(report);
    if (withSteps) {
      node.set("steps", json.valueToTree(deltas.stream().map(StepReport::of).toList()));
    }
    try {
      out.println(json.writeValueAsString(node));
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
    out.flush();
  }
}
