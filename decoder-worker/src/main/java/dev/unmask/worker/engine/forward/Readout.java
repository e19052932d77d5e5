package dev.unmask.worker.engine.forward;

import ai.djl.pytorch.jni.IValue;
import dev.unmask.worker.engine.program.TorchProgram;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Float tensors of a device that are read all at once, because every read waits for the device. For
 * the engine's thread only.
 */
public final class Readout implements AutoCloseable {
  private final TorchProgram program;
  private final List<IValue> tensors = new ArrayList<>();
  private final List<IValue> owned = new ArrayList<>();
  private float[] all = {};
  private int length;

  /** Nothing to read yet. */
  Readout(TorchProgram program) {
    this.program = program;
  }

  /** A tensor among those that are read. */
  public final class Entry {
    private final int from;
    private final int count;

    private Entry(int from, int count) {
      this.from = from;
      this.count = count;
    }

    /** Its elements, after the run. */
    public float[] floats() {
      return Arrays.copyOfRange(all, from, from + count);
    }
  }

  /** Adds a tensor that is closed with the readout. */
  Entry add(IValue tensor, int count) {
    owned.add(tensor);
    return lend(tensor, count);
  }

  /** Adds a tensor that somebody else closes. */
  Entry lend(IValue tensor, int count) {
    tensors.add(tensor);
    var entry = new Entry(length, count);
    length += count;
    return entry;
  }

  /** Waits for the device and reads. */
  void run() {
    if (tensors.isEmpty()) {
      return;
    }
    try (var call = program.call("collect")) {
      all = call.list(tensors).tensor().toFloatArray();
    }
  }

  @Override
  public void close() {
    owned.forEach(IValue::close);
  }
}
