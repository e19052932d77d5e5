package dev.unmask.gateway.routing;

import dev.unmask.gateway.config.WorkerAddress;
import dev.unmask.type.v1.Model;
import java.util.List;

/**
 * A worker as the gateway sees it; one that never answered is not seen at all.
 *
 * @param name what it calls itself
 * @param address where it listens
 * @param reachable whether it answered when it was last asked
 * @param load how busy it is
 * @param models what it serves, or served when it last answered
 * @param held pieces of prompts that its device holds; changes as it tells
 */
public record WorkerView(
    String name,
    WorkerAddress address,
    boolean reachable,
    Load load,
    List<Model> models,
    HeldPieces held) {
  public WorkerView {
    models = List.copyOf(models);
  }

  boolean serves(String model) {
    return models.stream().anyMatch(served -> served.getIdentity().getName().equals(model));
  }
}
