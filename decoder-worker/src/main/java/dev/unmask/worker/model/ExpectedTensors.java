package dev.unmask.worker.model;

import dev.unmask.worker.model.files.CheckpointException;
import dev.unmask.worker.model.files.StoredTensor;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The tensors a family's checkpoint of some shape must hold, and what they are checked against. */
final class ExpectedTensors {
  private final Map<String, List<Long>> shapes = new TreeMap<>();

  private ExpectedTensors() {}

  static ExpectedTensors of(ModelFamily family, ModelShape shape) {
    var expected = new ExpectedTensors();
    expected.weight(family.embedding(), shape.vocabulary(), shape.hidden());
    expected.weight(family.finalNorm(), shape.hidden());
    if (!shape.tiedHead()) {
      expected.weight(family.head(), shape.vocabulary(), shape.hidden());
    }
    for (int layer = 0; layer < shape.layers(); layer++) {
      expected.layer(family.layer(layer), shape);
    }
    return expected;
  }

  private void layer(LayerNames names, ModelShape shape) {
    int hidden = shape.hidden();
    int queries = shape.heads() * shape.headSize();
    int keys = shape.kvHeads() * shape.headSize();
    weight(names.attentionNorm(), hidden);
    weight(names.query(), queries, hidden);
    weight(names.key(), keys, hidden);
    weight(names.value(), keys, hidden);
    if (shape.qkvBias()) {
      shapes.put(names.query() + ".bias", List.of((long) queries));
      shapes.put(names.key() + ".bias", List.of((long) keys));
      shapes.put(names.value() + ".bias", List.of((long) keys));
    }
    if (shape.qkNorm()) {
      weight(names.queryNorm(), shape.headSize());
      weight(names.keyNorm(), shape.headSize());
    }
    weight(names.attentionOut(), hidden, queries);
    weight(names.mlpNorm(), hidden);
    weight(names.gate(), shape.mlp(), hidden);
    weight(names.up(), shape.mlp(), hidden);
    weight(names.down(), hidden, shape.mlp());
  }

  private void weight(String module, long... sizes) {
    shapes.put(module + ".weight", Arrays.stream(sizes).boxed().toList());
  }

  /**
   * Compares with what a folder holds. Rotary buffers may lie beside the weights, and a head beside
   * a tied embedding; any other surplus tensor means another architecture.
   *
   * @throws CheckpointException naming the tensor that is missing, too much or of another shape
   */
  void check(Map<String, StoredTensor> found, ModelFamily family) {
    shapes.forEach((name, shape) -> check(name, shape, found.get(name)));
    for (String name : found.keySet()) {
      if (!shapes.containsKey(name)
          && !name.endsWith(".inv_freq")
          && !name.equals(family.head() + ".weight")) {
        throw new CheckpointException("tensor " + name + " is not one of this architecture's");
      }
    }
  }

  private static void check(String name, List<Long> shape, StoredTensor found) {
    if (found == null) {
      throw new CheckpointException("tensor " + name + " of shape " + shape + " is missing");
    }
    if (!found.shape().equals(shape)) {
      throw new CheckpointException(
          "tensor " + name + " has shape " + found.shape() + ", the configuration says " + shape);
    }
  }
}
