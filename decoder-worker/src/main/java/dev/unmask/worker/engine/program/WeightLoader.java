package dev.unmask.worker.engine.program;

import ai.djl.ndarray.types.DataType;
import ai.djl.pytorch.jni.IValue;
import dev.unmask.worker.model.Checkpoint;
import dev.unmask.worker.model.ElementKind;
import dev.unmask.worker.model.StoredTensor;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Gives a checkpoint's weights to a program. They cross as the files' own bytes, layer by layer;
 * the program converts them and joins what one product can compute: query, key and value, gate and
 * up.
 */
public final class WeightLoader {
  /** A buffer holds less than 2 GiB; a larger tensor crosses in pieces of whole rows. */
  private static final long PIECE_BYTES = 1L << 30;

  private final TorchProgram program;
  private final Checkpoint checkpoint;

  /** From one checkpoint to one program. */
  public WeightLoader(TorchProgram program, Checkpoint checkpoint) {
    this.program = program;
    this.checkpoint = checkpoint;
  }

  /** Loads everything; afterwards the program does not need the checkpoint any more. */
  public void load(ComputeType type) {
    for (int layer = 0; layer < checkpoint.shape().layers(); layer++) {
      layer(layer);
    }
    var family = checkpoint.family();
    var shape = checkpoint.shape();
    int tableType = (family.rotatesInFloat32() ? ComputeType.FLOAT32 : type).torchCode();
    try (var call = program.call("add_ends");
        var embedding = weight(family.embedding());
        var norm = weight(family.finalNorm());
        var head = weight(shape.tiedHead() ? family.embedding() : family.head())) {
      call.value(embedding).value(norm).value(head);
      call.number(shape.ropeTheta()).number(shape.contextLength()).number(tableType).complete();
    }
  }

  private void layer(int index) {
    var names = checkpoint.family().layer(index);
    try (var call = program.call("add_layer");
        var attentionNorm = weight(names.attentionNorm());
        var qkv = weight(names.query(), names.key(), names.value());
        var bias = bias(names.query(), names.key(), names.value());
        var attentionOut = weight(names.attentionOut());
        var mlpNorm = weight(names.mlpNorm());
        var gateUp = weight(names.gate(), names.up());
        var down = weight(names.down())) {
      call.value(attentionNorm).value(qkv).value(bias).value(attentionOut);
      call.value(mlpNorm).value(gateUp).value(down).complete();
    }
  }

  private IValue weight(String... modules) {
    return tensor(Stream.of(modules).map(module -> module + ".weight"));
  }

  /** The biases of modules as one list, empty if the model has none. */
  private IValue bias(String... modules) {
    if (!checkpoint.shape().qkvBias()) {
      return noTensors();
    }
    try (var bias = tensor(Stream.of(modules).map(module -> module + ".bias"))) {
      return IValue.listFrom(bias);
    }
  }

  private IValue noTensors() {
    try (var call = program.call("nothing")) {
      return call.run();
    }
  }

  private IValue tensor(Stream<String> names) {
    var tensors = names.map(checkpoint::tensor).toList();
    var pieces = new ArrayList<ByteBuffer>();
    var types = new ArrayList<Long>();
    for (var tensor : tensors) {
      for (var piece : pieces(tensor)) {
        pieces.add(piece);
        types.add(torchCode(tensor.kind()));
      }
    }
    var shape = tensors.getFirst().shape();
    try (var call = program.call("weight")) {
      call.bytes(pieces, DataType.UINT8);
      call.numbers(types.stream().mapToLong(Long::longValue).toArray());
      return call.number(shape.size() == 1 ? 0 : shape.get(1)).run();
    }
  }

  private static List<ByteBuffer> pieces(StoredTensor tensor) {
    var bytes = tensor.bytes();
    long rowBytes = bytes.byteSize() / tensor.shape().getFirst();
    long pieceBytes = Math.max(1, PIECE_BYTES / rowBytes) * rowBytes;
    var pieces = new ArrayList<ByteBuffer>();
    for (long at = 0; at < bytes.byteSize(); at += pieceBytes) {
      long length = Math.min(pieceBytes, bytes.byteSize() - at);
      pieces.add(bytes.asSlice(at, length).asByteBuffer());
    }
    return pieces;
  }

  private static long torchCode(ElementKind kind) {
    return switch (kind) {
      case F32 -> 6;
      case F16 -> 5;
      case BF16 -> 15;
    };
  }
}
