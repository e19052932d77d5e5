package dev.unmask.worker.replay.cases;

import com.fasterxml.jackson.databind.JsonNode;
import dev.unmask.worker.decoding.StepOutcome;
import dev.unmask.worker.rows.Mechanism;
import dev.unmask.worker.rows.Step;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.StreamSupport;

/**
 * What a trace tells of a forward beside its commits. Positions are the canvas's, rising.
 *
 * @param recomputed positions fed to a forward that was not full (d2Cache, block-causal models)
 * @param chosen positions by layer: refreshed by similarity (dLLM-Cache) or kept (Sparse-dLLM); a
 *     layer that may choose otherwise is absent
 * @param remasked positions taken back (WINO)
 */
public record StepTrace(
    List<Integer> recomputed, Map<Integer, List<Integer>> chosen, List<Integer> remasked) {
  public StepTrace {
    recomputed = List.copyOf(recomputed);
    chosen = Map.copyOf(chosen);
    remasked = List.copyOf(remasked);
  }

  /** Of a replayed step. */
  static StepTrace of(Step step, StepOutcome outcome, int[][] chosen) {
    boolean partial =
        switch (step.mechanism()) {
          case Mechanism.Overwrite(boolean rollout) -> rollout && !outcome.refresh();
          case Mechanism.BlockCausal _ -> true;
          case Mechanism.Fresh _,
              Mechanism.LayerRefresh _,
              Mechanism.Retain _,
              Mechanism.Retained _,
              Mechanism.Shadow _ ->
              false;
        };
    return new StepTrace(
        partial ? Arrays.stream(step.rows()).boxed().toList() : List.of(),
        byLayer(step.mechanism(), chosen),
        outcome.revoked());
  }

  /** The first layer of dLLM-Cache has no choice. */
  private static Map<Integer, List<Integer>> byLayer(Mechanism mechanism, int[][] chosen) {
    int first = mechanism instanceof Mechanism.LayerRefresh ? 1 : 0;
    var byLayer = new TreeMap<Integer, List<Integer>>();
    for (int i = 0; i < chosen.length; i++) {
      byLayer.put(first + i, Arrays.stream(chosen[i]).boxed().toList());
    }
    return byLayer;
  }

  static StepTrace single(JsonNode step) {
    var chosen = new TreeMap<Integer, List<Integer>>();
    for (String field : List.of("refreshed", "kept")) {
      step.path(field)
          .properties()
          .forEach(layer ->
              chosen.put(Integer.parseInt(layer.getKey()), positions(layer.getValue(), 0)));
    }
    return new StepTrace(
        positions(step.path("recomputed"), 0), chosen, positions(step.path("remasked"), 0));
  }

  /** Of one row of a batch, by its number among those that took part, without its padding. */
  static StepTrace row(JsonNode step, int row, int padding) {
    var chosen = new TreeMap<Integer, List<Integer>>();
    step.path("refreshed")
        .properties()
        .forEach(layer ->
            chosen.put(
                Integer.parseInt(layer.getKey()), positions(layer.getValue().path(row), padding)));
    return new StepTrace(positions(step.path("recomputed").path(row), padding), chosen, List.of());
  }

  private static List<Integer> positions(JsonNode array, int padding) {
    return StreamSupport.stream(array.spliterator(), false)
        .map(position -> position.asInt() - padding)
        .sorted()
        .toList();
  }

  /** Whether this replay did what a trace tells; of layers, only those it names are compared. */
  boolean matches(StepTrace expected) {
    return recomputed.equals(expected.recomputed)
        && remasked.equals(expected.remasked)
        && expected.chosen.entrySet().stream()
            .allMatch(layer -> layer.getValue().equals(chosen.get(layer.getKey())));
  }
}
