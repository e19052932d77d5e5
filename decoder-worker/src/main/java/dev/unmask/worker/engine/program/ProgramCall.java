package dev.unmask.worker.engine.program;

import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import java.nio.ByteBuffer;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One call of a program's method: arguments in order, then {@link #run}. Closing it frees every
 * argument made here and every result read here; values lent with {@link #value} stay.
 */
public final class ProgramCall implements AutoCloseable {
  private final PtSymbolBlock module;
  private final String method;
  private final PtNDManager memory;
  private final IValue nothing;
  private final List<IValue> arguments = new ArrayList<>();
  private final List<IValue> owned = new ArrayList<>();

  ProgramCall(PtSymbolBlock module, String method, PtNDManager memory, IValue nothing) {
    this.module = module;
    this.nothing = nothing;
    this.method = method;
    this.memory = memory;
  }

  /** An argument that somebody else owns. */
  public ProgramCall value(IValue value) {
    arguments.add(value);
    return this;
  }

  /** An int. */
  public ProgramCall number(long number) {
    return own(IValue.from(number));
  }

  /** A float. */
  public ProgramCall number(double number) {
    return own(IValue.from(number));
  }

  /** A list of ints. */
  public ProgramCall numbers(long... numbers) {
    return own(IValue.listFrom(numbers));
  }

  /** A list of floats. */
  public ProgramCall numbers(double... numbers) {
    return own(IValue.listFrom(numbers));
  }

  /** A vector of int64. */
  public ProgramCall vector(int[] elements) {
    return vector(Arrays.stream(elements).asLongStream().toArray());
  }

  /** A vector of int64. */
  public ProgramCall vector(long[] elements) {
    var array =
        memory.create(LongBuffer.wrap(elements), new Shape(elements.length), DataType.INT64);
    return own(IValue.from(array));
  }

  /** A list of tensors that somebody else owns. */
  public ProgramCall list(List<IValue> tensors) {
    return tensors.isEmpty()
        ? value(nothing)
        : own(IValue.listFrom(tensors.toArray(IValue[]::new)));
  }

  /** A vector over a direct buffer's memory, not copied on a CPU. */
  public ProgramCall bytes(ByteBuffer buffer, DataType type) {
    return own(IValue.from(array(buffer, type)));
  }

  /** A list of vectors over direct buffers' memory, not copied on a CPU. */
  public ProgramCall bytes(List<ByteBuffer> buffers, DataType type) {
    return own(
        IValue.listFrom(
            buffers.stream().map(buffer -> array(buffer, type)).toArray(PtNDArray[]::new)));
  }

  private PtNDArray array(ByteBuffer buffer, DataType type) {
    return memory.create(buffer, new Shape(buffer.remaining() / type.getNumOfBytes()), type);
  }

  private ProgramCall own(IValue value) {
    owned.add(value);
    return value(value);
  }

  /** Runs the method; the caller owns the result. */
  public IValue run() {
    // The switch is the thread's own, so the process-wide flag does not reach every caller.
    JniUtils.setGraphExecutorOptimize(false);
    return IValueUtils.runMethod(module, method, arguments.toArray(IValue[]::new));
  }

  /** Runs a method that returns nothing. */
  public void complete() {
    run().close();
  }

  /** Runs a method whose result is read here. */
  public PtNDArray tensor() {
    try (var result = run()) {
      return result.toTensor(memory);
    }
  }

  /** Runs a method that returns a tuple; the caller owns its parts. */
  public List<IValue> parts() {
    try (var result = run()) {
      return List.of(result.toIValueTuple());
    }
  }

  @Override
  public void close() {
    owned.forEach(IValue::close);
    memory.close();
  }
}
