package dev.unmask.worker.engine;

import ai.djl.ndarray.types.DataType;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.IValue;
import dev.unmask.contract.Limits;
import dev.unmask.worker.engine.host.HostMemory;
import dev.unmask.worker.engine.host.PageLayout;
import dev.unmask.worker.engine.host.StoredForward;
import dev.unmask.worker.engine.program.TorchProgram;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Moves a first forward between the device and pages in host memory. For the engine's thread. */
record StateTransfer(TorchProgram program, PageLayout layout) {
  /**
   * Copies out.
   *
   * @param start first slot of the canvas
   * @param positions whose keys and values are wanted, from 0
   * @param hidden final hidden states of the rows that predict
   */
  StoredForward export(int start, int positions, IValue hidden) {
    return export(layout, start, positions, Optional.of(hidden));
  }

  /** Copies out keys and values of a run of slots, with nothing beside them. */
  StoredForward span(int slot, int positions) {
    return export(layout, slot, positions, Optional.empty());
  }

  /**
   * Copies out what lies below a layer.
   *
   * @param start first slot of the canvas
   * @param positions whose keys and values are wanted, from 0
   * @param depth how many layers
   * @param hidden states that these positions enter the next layer with, if there is one
   */
  StoredForward below(int depth, int start, int positions, Optional<IValue> hidden) {
    return export(layout.below(depth), start, positions, hidden);
  }

  private StoredForward export(
      PageLayout shape, int start, int positions, Optional<IValue> hidden) {
    var memory = program.hostMemory();
    try {
      var layers = keys(shape.layers(), start, positions, memory);
      var states =
          hidden.map(value -> bytes(value, memory)).orElseGet(() -> ByteBuffer.allocateDirect(0));
      return new StoredForward(shape, positions, layers, states, memory::close);
    } catch (RuntimeException e) {
      memory.close();
      throw e;
    }
  }

  private List<ByteBuffer> keys(int depth, int start, int positions, PtNDManager memory) {
    if (positions == 0) {
      return List.of();
    }
    try (var call = program.call("export_state")) {
      call.number(start).number(positions).number(Limits.PAGE_SPAN).number(depth);
      try (var pages = call.run()) {
        return Arrays.stream(pages.toTensorArray(memory)).map(p -> p.toByteBuffer(true)).toList();
      }
    }
  }

  private ByteBuffer bytes(IValue hidden, PtNDManager memory) {
    try (var call = program.call("leave");
        var bytes = call.value(hidden).run()) {
      return bytes.toTensor(memory).toByteBuffer(true);
    }
  }

  /** Copies in keys and values, of as many layers as there are. */
  void restore(int start, StoredForward forward) {
    if (forward.positions() > 0) {
      int depth = forward.layout().layers();
      var layers = IntStream.range(0, depth).mapToObj(forward::layer).toList();
      try (var call = program.call("restore_state")) {
        call.bytes(layers, crossing()).number(start);
        call.number(forward.positions()).number(Limits.PAGE_SPAN).complete();
      }
    }
  }

  /** Copies keys and values of all layers from slots of the pool to others of it. */
  void copy(int from, int to, int count) {
    try (var call = program.call("copy_slots")) {
      call.number(from).number(to).number(count).complete();
    }
  }

  /** Copies in hidden states. */
  IValue hidden(StoredForward forward) {
    try (var call = program.call("take_hidden")) {
      return call.bytes(forward.predictions(), crossing()).number(layout.hidden()).run();
    }
  }

  /** Memory that the device reads and writes itself. */
  HostMemory staging(long size) {
    var memory = program.hostMemory();
    try (var call = program.call("staging")) {
      var buffer = call.vector(new int[] {0}).number(Math.max(1, size)).run();
      var bytes = MemorySegment.ofBuffer(buffer.toTensor(memory).toByteBuffer(true));
      return new HostMemory(
          bytes,
          () -> {
            buffer.close();
            memory.close();
          });
    }
  }

  private DataType crossing() {
    return switch (layout.type()) {
      case FLOAT32 -> DataType.FLOAT32;
      case BFLOAT16 -> DataType.UINT8;
    };
  }
}
