package dev.unmask.worker.model;

import dev.unmask.worker.model.files.ElementKind;
import dev.unmask.worker.model.files.StoredTensor;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/** A tensor a test can change: type, shape and bytes on the heap. */
public record TensorContent(ElementKind kind, List<Long> shape, byte[] bytes) {
  static TensorContent of(StoredTensor tensor) {
    return new TensorContent(
        tensor.kind(), tensor.shape(), tensor.bytes().toArray(ValueLayout.JAVA_BYTE));
  }

  /** The float32 elements narrowed to another type. */
  public TensorContent as(ElementKind narrow) {
    var floats = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
    var target =
        ByteBuffer.allocate(floats.remaining() * narrow.bytes()).order(ByteOrder.LITTLE_ENDIAN);
    while (floats.hasRemaining()) {
      put(target, narrow, floats.get());
    }
    return new TensorContent(narrow, shape, target.array());
  }

  /** What is left of each element after narrowing, as float32 again. */
  public TensorContent rounded(ElementKind narrow) {
    var source = ByteBuffer.wrap(as(narrow).bytes).order(ByteOrder.LITTLE_ENDIAN);
    var target = ByteBuffer.allocate(bytes.length).order(ByteOrder.LITTLE_ENDIAN);
    while (source.hasRemaining()) {
      target.putFloat(
          switch (narrow) {
            case F32 -> source.getFloat();
            case F16 -> Float.float16ToFloat(source.getShort());
            case BF16 -> Float.intBitsToFloat(source.getShort() << 16);
          });
    }
    return new TensorContent(ElementKind.F32, shape, target.array());
  }

  private static void put(ByteBuffer target, ElementKind narrow, float element) {
    switch (narrow) {
      case F32 -> target.putFloat(element);
      case F16 -> target.putShort(Float.floatToFloat16(element));
      case BF16 -> target.putShort((short) (Float.floatToRawIntBits(element) >>> 16));
    }
  }
}
