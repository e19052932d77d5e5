package dev.unmask.worker.engine.program;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * A TorchScript module's attributes as a Python pickle, protocol 2: the class, an instance of it
 * without arguments, and a dictionary of its attributes.
 */
final class ModulePickle {
  private static final String TENSOR_LIST = "ctorch.jit._pickle\nbuild_tensorlist\n]\u0085R";

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  /** Begins an instance of a class of the archive's source. */
  ModulePickle(String className) {
    append("\u0080\u0002c__torch__\n" + className + "\n)\u0081}(");
  }

  /** Adds an attribute of type int. */
  ModulePickle with(String name, int value) {
    name(name);
    append("J");
    appendInt(value);
    return this;
  }

  /** Adds an attribute of type float. */
  ModulePickle with(String name, double value) {
    name(name);
    append("G");
    bytes.writeBytes(ByteBuffer.allocate(Double.BYTES).putDouble(value).array());
    return this;
  }

  /** Adds an attribute of type List[Tensor], empty. */
  ModulePickle withTensors(String name) {
    name(name);
    append(TENSOR_LIST);
    return this;
  }

  /** Adds a list of another type than tensors, empty. */
  ModulePickle withList(String name, String elementType) {
    name(name);
    append("ctorch.jit._pickle\nrestore_type_tag\n(]");
    name("List[%s]".formatted(elementType));
    append("tR");
    return this;
  }

  byte[] toByteArray() {
    var whole = new ByteArrayOutputStream();
    whole.writeBytes(bytes.toByteArray());
    whole.writeBytes("ub.".getBytes(StandardCharsets.ISO_8859_1));
    return whole.toByteArray();
  }

  private void name(String name) {
    append("X");
    appendInt(name.length());
    append(name);
  }

  private void append(String opcodes) {
    bytes.writeBytes(opcodes.getBytes(StandardCharsets.ISO_8859_1));
  }

  private void appendInt(int number) {
    bytes.writeBytes(
        ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN).putInt(number).array());
  }
}
