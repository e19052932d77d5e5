package dev.unmask.worker.model.files;

import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * A tensor of a checkpoint, in the memory its file is mapped to.
 *
 * @param name in the checkpoint
 * @param kind of the elements
 * @param shape sizes, outermost first
 * @param bytes all elements, row-major, little endian; valid until the checkpoint is closed
 */
public record StoredTensor(String name, ElementKind kind, List<Long> shape, MemorySegment bytes) {
  public StoredTensor {
    shape = List.copyOf(shape);
  }
}
