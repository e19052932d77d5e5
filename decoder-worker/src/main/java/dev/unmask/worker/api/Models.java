package dev.unmask.worker.api;

import dev.unmask.contract.Problem;
import dev.unmask.contract.ProblemException;
import dev.unmask.worker.serving.ServedModel;
import java.util.List;

/** The models of this worker. Safe to share among threads. */
record Models(List<ServedModel> all) {
  Models {
    all = List.copyOf(all);
  }

  /**
   * A model by name.
   *
   * @throws ProblemException NotFound, naming the models there are
   */
  ServedModel named(String name) {
    return all.stream()
        .filter(model -> model.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new ProblemException(
                    new Problem.NotFound(
                        "model",
                        name,
                        "no model "
                            + name
                            + " here; there is "
                            + String.join(", ", all.stream().map(ServedModel::name).toList()))));
  }
}
