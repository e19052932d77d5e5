package dev.unmask.worker.model.files;

import java.util.Arrays;
import java.util.Optional;

/** Element types of checkpoint tensors that can be read, little endian. */
public enum ElementKind {
  /** IEEE 754 binary32. */
  F32(4),
  /** IEEE 754 binary16. */
  F16(2),
  /** bfloat16. */
  BF16(2);

  private final int bytes;

  ElementKind(int bytes) {
    this.bytes = bytes;
  }

  /** Bytes of an element. */
  public int bytes() {
    return bytes;
  }

  static Optional<ElementKind> named(String name) {
    return Arrays.stream(values()).filter(kind -> kind.name().equals(name)).findFirst();
  }
}
