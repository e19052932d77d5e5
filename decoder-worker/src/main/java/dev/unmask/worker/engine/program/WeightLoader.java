package dev.unmask.worker.engine.program;

import ai.djl.pytorch.jni.IValue;
import dev.unmask.worker.engine.program.WeightPlan.Weight;
import dev.unmask.worker.model.Checkpoint;
import dev.unmask.worker.model.files.ElementKind;
import java.util.ArrayList;
import java.util.List;

/**
 * Gives a checkpoint's weights to a program, in one pass over the files: each weight is allocated
 * on the device and filled piece by piece with the files' own bytes, which the program converts.
 */
public final class WeightLoader {
  private final TorchProgram program;
  private final Checkpoint checkpoint;

  /** From one checkpoint to one program. */
  public WeightLoader(TorchProgram program, Checkpoint checkpoint) {
    this.program = program;
    this.checkpoint = checkpoint;
  }

  /** Loads everything; afterwards the program does not need the checkpoint any more. */
  public void load(ComputeType type) {
    var plan = WeightPlan.of(checkpoint);
    var tensors = plan.all().flatMap(weight -> weight.parts().stream());
    try (var staging = new Staging(program, tensors)) {
      for (var layer : plan.layers()) {
        layer(layer, staging);
      }
      ends(plan.ends(), staging, type);
    }
  }

  private void layer(List<Weight> weights, Staging staging) {
    var loaded = load(weights, staging);
    try (var call = program.call("add_layer")) {
      call.list(loaded).number(checkpoint.shape().qkvBias() ? 1 : 0).complete();
    }
    loaded.forEach(IValue::close);
  }

  private void ends(List<Weight> weights, Staging staging, ComputeType type) {
    var loaded = load(weights, staging);
    var shape = checkpoint.shape();
    boolean wide = checkpoint.family().rotatesInFloat32();
    try (var call = program.call("add_ends")) {
      call.list(loaded).number(shape.ropeTheta()).number(shape.contextLength());
      call.number((wide ? ComputeType.FLOAT32 : type).torchCode()).complete();
    }
    loaded.forEach(IValue::close);
  }

  private List<IValue> load(List<Weight> weights, Staging staging) {
    var loaded = new ArrayList<IValue>();
    weights.forEach(weight -> loaded.add(load(weight, staging)));
    return loaded;
  }

  private IValue load(Weight weight, Staging staging) {
    var room = room(weight);
    long filled = 0;
    for (var tensor : weight.parts()) {
      long bytes = tensor.bytes().byteSize();
      for (long at = 0; at < bytes; ) {
        var piece = staging.next();
        try (var call = program.call("fill")) {
          call.value(room).number(filled).value(piece.buffer()).number(piece.count());
          call.number(torchCode(tensor.kind())).complete();
        }
        filled += piece.count() / tensor.kind().bytes();
        at += piece.count();
      }
    }
    return room;
  }

  private IValue room(Weight weight) {
    try (var call = program.call("room")) {
      // A vector that is on the device, so that the program knows which one.
      return call.vector(new int[] {0}).number(weight.rows()).number(weight.columns()).run();
    }
  }

  private static long torchCode(ElementKind kind) {
    return switch (kind) {
      case F32 -> 6;
      case F16 -> 5;
      case BF16 -> 15;
    };
  }
}
