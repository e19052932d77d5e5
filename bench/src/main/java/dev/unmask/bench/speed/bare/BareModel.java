package dev.unmask.bench.speed.bare;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import dev.unmask.worker.model.Checkpoint;
import dev.unmask.worker.model.LayerNames;
import dev.unmask.worker.model.ModelShape;
import java.util.ArrayList;
import java.util.List;

/**
 * The step as plain DJL tensor calls: a LLaDA block's rows against stored keys and values, with the
 * head and the best token and probability of each row. The same arithmetic as the engine's program,
 * one JNI call an operation.
 */
public final class BareModel implements AutoCloseable {
  /** Weights of a layer, products transposed to [in, out], and its stored keys and values. */
  private record Layer(
      NDArray attentionNorm,
      NDArray query,
      NDArray key,
      NDArray value,
      NDArray attentionOut,
      NDArray mlpNorm,
      NDArray gate,
      NDArray up,
      NDArray down,
      NDArray storedKeys,
      NDArray storedValues) {}

  private final NDManager memory = NDManager.newBaseManager("PyTorch");
  private final ModelShape shape;
  private final List<Layer> layers = new ArrayList<>();
  private final NDArray embedding;
  private final NDArray finalNorm;
  private final NDArray head;
  private final NDArray cosine;
  private final NDArray sine;

  /**
   * Copies weights and makes room for keys and values.
   *
   * @param positions of the canvas
   */
  public BareModel(Checkpoint checkpoint, int positions) {
    shape = checkpoint.shape();
    var family = checkpoint.family();
    var weights = new PlainWeights(checkpoint, memory);
    for (int i = 0; i < shape.layers(); i++) {
      layers.add(layer(weights, family.layer(i), positions));
    }
    embedding = weights.matrix(family.embedding());
    finalNorm = weights.vector(family.finalNorm());
    head = weights.transposed(family.head());
    var frequency =
        memory
            .create((float) shape.ropeTheta())
            .pow(memory.arange(0f, shape.headSize(), 2f).div(shape.headSize()).neg());
    var angle = memory.arange(positions).toType(ai.djl.ndarray.types.DataType.FLOAT32, false);
    var angles = angle.reshape(positions, 1).mul(frequency.reshape(1, shape.headSize() / 2));
    angles = angles.concat(angles, 1);
    cosine = angles.cos();
    sine = angles.sin();
  }

  private Layer layer(PlainWeights weights, LayerNames names, int positions) {
    var room = new Shape(shape.kvHeads(), positions, shape.headSize());
    return new Layer(
        weights.vector(names.attentionNorm()),
        weights.transposed(names.query()),
        weights.transposed(names.key()),
        weights.transposed(names.value()),
        weights.transposed(names.attentionOut()),
        weights.vector(names.mlpNorm()),
        weights.transposed(names.gate()),
        weights.transposed(names.up()),
        weights.transposed(names.down()),
        memory.randomNormal(room),
        memory.randomNormal(room));
  }

  /**
   * One step.
   *
   * @param tokens of the rows
   * @param first position of the first row; the others follow
   * @return best token and its probability of each row
   */
  public NDList step(int[] tokens, int first) {
    int end = first + tokens.length;
    try (var step = memory.newSubManager()) {
      var hidden = embedding.get(step.create(tokens));
      hidden.attach(step);
      var turn = new NDArray[] {rows(step, cosine, first, end), rows(step, sine, first, end)};
      for (var layer : layers) {
        hidden = hidden.add(attend(step, layer, hidden, turn, new int[] {first, end}));
        hidden = hidden.add(mix(layer, norm(hidden, layer.mlpNorm())));
      }
      var shares = norm(hidden, finalNorm).matMul(head).softmax(-1);
      var best = new NDList(shares.argMax(-1), shares.max(new int[] {-1}));
      best.attach(memory);
      return best;
    }
  }

  private static NDArray rows(NDManager step, NDArray table, int first, int end) {
    var rows = table.get(new NDIndex(first + ":" + end)).expandDims(1);
    rows.attach(step);
    return rows;
  }

  private NDArray attend(NDManager step, Layer layer, NDArray x, NDArray[] turn, int[] range) {
    var normed = norm(x, layer.attentionNorm());
    var query = rotate(heads(normed.matMul(layer.query())), turn).transpose(1, 0, 2);
    var key = rotate(heads(normed.matMul(layer.key())), turn).transpose(1, 0, 2);
    var value = heads(normed.matMul(layer.value())).transpose(1, 0, 2);
    var where = new NDIndex(":, " + range[0] + ":" + range[1] + ", :");
    layer.storedKeys().set(where, key);
    layer.storedValues().set(where, value);
    var keys = layer.storedKeys().transpose(0, 2, 1);
    keys.attach(step);
    var scores = query.matMul(keys).mul(1 / Math.sqrt(shape.headSize()));
    var seen = scores.softmax(-1).matMul(layer.storedValues()).transpose(1, 0, 2);
    return seen.reshape(range[1] - range[0], shape.hidden()).matMul(layer.attentionOut());
  }

  private NDArray heads(NDArray x) {
    return x.reshape(x.getShape().get(0), shape.heads(), shape.headSize());
  }

  private NDArray rotate(NDArray x, NDArray[] turn) {
    int half = shape.headSize() / 2;
    var other = x.get(":, :, " + half + ":").neg().concat(x.get(":, :, :" + half), 2);
    return x.mul(turn[0]).add(other.mul(turn[1]));
  }

  private static NDArray mix(Layer layer, NDArray x) {
    var gate = x.matMul(layer.gate());
    return gate.div(gate.neg().exp().add(1)).mul(x.matMul(layer.up())).matMul(layer.down());
  }

  private NDArray norm(NDArray x, NDArray scale) {
    var mean = x.square().mean(new int[] {-1}, true).add(shape.epsilon());
    return x.div(mean.sqrt()).mul(scale);
  }

  @Override
  public void close() {
    memory.close();
  }
}
