package dev.unmask.bench.speed.bare;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.unmask.worker.model.Checkpoint;
import dev.unmask.worker.model.files.StoredTensor;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * A checkpoint's tensors widened to float32 arrays.
 *
 * @param checkpoint they come from
 * @param memory they live in
 */
record PlainWeights(Checkpoint checkpoint, NDManager memory) {
  private static final ValueLayout.OfShort HALF =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfFloat FULL =
      ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  NDArray vector(String module) {
    var tensor = tensor(module);
    return memory.create(floats(tensor), new Shape(tensor.shape().get(0)));
  }

  NDArray matrix(String module) {
    var tensor = tensor(module);
    return memory.create(floats(tensor), new Shape(tensor.shape().get(0), tensor.shape().get(1)));
  }

  /** [in, out], as products need it. */
  NDArray transposed(String module) {
    return matrix(module).transpose().duplicate();
  }

  private StoredTensor tensor(String module) {
    return checkpoint.tensor(module + ".weight");
  }

  private static float[] floats(StoredTensor tensor) {
    int count = Math.toIntExact(tensor.bytes().byteSize() / tensor.kind().bytes());
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] =
          switch (tensor.kind()) {
            case F32 -> tensor.bytes().getAtIndex(FULL, i);
            case F16 -> Float.float16ToFloat(tensor.bytes().getAtIndex(HALF, i));
            case BF16 -> Float.intBitsToFloat(tensor.bytes().getAtIndex(HALF, i) << 16);
          };
    }
    return values;
  }
}
