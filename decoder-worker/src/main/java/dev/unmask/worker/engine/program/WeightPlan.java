package dev.unmask.worker.engine.program;

import dev.unmask.worker.model.Checkpoint;
import dev.unmask.worker.model.LayerNames;
import dev.unmask.worker.model.files.StoredTensor;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The weights of a program in the order it takes them. Each is one stored tensor or several, one
 * below the other: what one product can compute is joined, query, key and value, gate and up.
 *
 * @param layers weights of each layer
 * @param ends embedding, final norm and head
 */
record WeightPlan(List<List<Weight>> layers, List<Weight> ends) {
  /**
   * A weight of the program.
   *
   * @param parts stored tensors of equal width
   */
  record Weight(List<StoredTensor> parts) {
    /** Elements of a row; 0 for a vector. */
    long columns() {
      var shape = parts.getFirst().shape();
      return shape.size() == 1 ? 0 : shape.get(1);
    }

    /** Rows of all parts. */
    long rows() {
      return parts.stream().mapToLong(part -> part.shape().getFirst()).sum();
    }
  }

  static WeightPlan of(Checkpoint checkpoint) {
    var layers = new ArrayList<List<Weight>>();
    for (int i = 0; i < checkpoint.shape().layers(); i++) {
      layers.add(layer(checkpoint, checkpoint.family().layer(i)));
    }
    var family = checkpoint.family();
    var head = checkpoint.shape().tiedHead() ? family.embedding() : family.head();
    return new WeightPlan(
        layers,
        List.of(
            weight(checkpoint, family.embedding()),
            weight(checkpoint, family.finalNorm()),
            weight(checkpoint, head)));
  }

  private static List<Weight> layer(Checkpoint checkpoint, LayerNames names) {
    var weights = new ArrayList<Weight>();
    weights.add(weight(checkpoint, names.attentionNorm()));
    weights.add(weight(checkpoint, names.query(), names.key(), names.value()));
    weights.add(weight(checkpoint, names.attentionOut()));
    weights.add(weight(checkpoint, names.mlpNorm()));
    weights.add(weight(checkpoint, names.gate(), names.up()));
    weights.add(weight(checkpoint, names.down()));
    if (checkpoint.shape().qkvBias()) {
      weights.add(tensors(checkpoint, ".bias", names.query(), names.key(), names.value()));
    }
    if (checkpoint.shape().qkNorm()) {
      weights.add(weight(checkpoint, names.queryNorm()));
      weights.add(weight(checkpoint, names.keyNorm()));
    }
    return weights;
  }

  private static Weight weight(Checkpoint checkpoint, String... modules) {
    return tensors(checkpoint, ".weight", modules);
  }

  private static Weight tensors(Checkpoint checkpoint, String suffix, String... modules) {
    return new Weight(
        Stream.of(modules).map(module -> checkpoint.tensor(module + suffix)).toList());
  }

  /** All weights in order. */
  Stream<Weight> all() {
    return Stream.concat(layers.stream().flatMap(List::stream), ends.stream());
  }
}
