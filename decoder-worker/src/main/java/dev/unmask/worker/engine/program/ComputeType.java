package dev.unmask.worker.engine.program;

/** Type the forward computes in, and the type of keys and values in pages. */
public enum ComputeType {
  /** IEEE 754 binary32; on a CPU. */
  FLOAT32(4, 6),
  /** Brain float; on a GPU. It never crosses into an NDArray: DJL ends the process when asked. */
  BFLOAT16(2, 15);

  private final int bytes;
  private final int torchCode;

  ComputeType(int bytes, int torchCode) {
    this.bytes = bytes;
    this.torchCode = torchCode;
  }

  /** Bytes of an element. */
  public int bytes() {
    return bytes;
  }

  /** The type's number in TorchScript. */
  public int torchCode() {
    return torchCode;
  }
}
