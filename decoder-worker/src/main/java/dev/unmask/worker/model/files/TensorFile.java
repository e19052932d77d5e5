package dev.unmask.worker.model.files;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.unmask.contract.Limits;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Reads a safetensors file: a header length (8 bytes, little endian), a JSON header that names
 * type, shape and place of each tensor, then the tensors, one after the other without a hole. The
 * file is mapped, never copied to the heap.
 */
final class TensorFile {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();
  private static final ValueLayout.OfLong LENGTH =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private final Path path;

  private TensorFile(Path path) {
    this.path = path;
  }

  /**
   * Maps a file for as long as the arena lives.
   *
   * @throws CheckpointException if the file is not a sound safetensors file
   */
  static List<StoredTensor> map(Path path, Arena arena) {
    try {
      JsonFile.require(path, Long.MAX_VALUE);
    } catch (IOException e) {
      throw new CheckpointException(path + " cannot be read: " + e.getMessage(), e);
    }
    try (var channel = FileChannel.open(path)) {
      var content = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
      return new TensorFile(path).tensors(content);
    } catch (IOException e) {
      throw new CheckpointException(path + " cannot be read: " + e.getMessage(), e);
    }
  }

  private List<StoredTensor> tensors(MemorySegment content) {
    long length = content.byteSize() < Long.BYTES ? -1 : content.get(LENGTH, 0);
    if (length < 0 || length > content.byteSize() - Long.BYTES) {
      throw refusal("its header of " + length + " bytes does not lie in the file");
    }
    if (length > Limits.CHECKPOINT_HEADER_BYTES) {
      throw refusal(
          "its header has " + length + " bytes, most are " + Limits.CHECKPOINT_HEADER_BYTES);
    }
    byte[] header = content.asSlice(Long.BYTES, length).toArray(ValueLayout.JAVA_BYTE);
    return tensors(parse(header), content.asSlice(Long.BYTES + length));
  }

  private JsonNode parse(byte[] header) {
    try {
      var tree = JSON.readTree(header);
      if (!tree.isObject()) {
        throw refusal("its header is not a JSON object");
      }
      return tree;
    } catch (JsonProcessingException e) {
      throw new CheckpointException(path + ": its header is not JSON", e);
    } catch (IOException e) {
      throw new CheckpointException(path + ": its header cannot be read", e);
    }
  }

  private List<StoredTensor> tensors(JsonNode header, MemorySegment data) {
    var places = new ArrayList<Place>();
    for (var entry : header.properties()) {
      if (!entry.getKey().equals("__metadata__")) {
        places.add(place(entry.getKey(), entry.getValue()));
      }
    }
    places.sort(Comparator.comparingLong(Place::begin).thenComparingLong(Place::end));
    long filled = 0;
    for (var place : places) {
      if (place.begin() != filled) {
        throw refusal(place.name() + " begins at byte " + place.begin() + " instead of " + filled);
      }
      filled = place.end();
    }
    if (filled != data.byteSize()) {
      throw refusal("its tensors take " + filled + " of " + data.byteSize() + " bytes");
    }
    return places.stream().map(place -> place.tensor(data)).toList();
  }

  private Place place(String name, JsonNode entry) {
    var kind =
        ElementKind.named(entry.path("dtype").asText())
            .orElseThrow(() -> refusal(name + " has the unsupported type " + entry.path("dtype")));
    var offsets = entry.path("data_offsets");
    var shape = new ArrayList<Long>();
    entry.path("shape").forEach(size -> shape.add(whole(size)));
    long begin = whole(offsets.path(0));
    long end = whole(offsets.path(1));
    if (begin < 0 || end < begin || !entry.path("shape").isArray()) {
      throw refusal(name + " has no sound shape and offsets: " + entry);
    }
    if (bytes(name, kind, shape) != end - begin) {
      throw refusal(
          name + " of shape " + shape + " and type " + kind + " takes " + (end - begin) + " bytes");
    }
    return new Place(name, kind, shape, begin, end);
  }

  /** A number as it is written: what does not fit is not cut to something that does. */
  private static long whole(JsonNode number) {
    return number.isIntegralNumber() && number.canConvertToLong() ? number.asLong() : -1;
  }

  private long bytes(String name, ElementKind kind, List<Long> shape) {
    try {
      long bytes = kind.bytes();
      for (long size : shape) {
        if (size < 0) {
          throw refusal(name + " has a negative size in its shape " + shape);
        }
        bytes = Math.multiplyExact(bytes, size);
      }
      return bytes;
    } catch (ArithmeticException e) {
      throw new CheckpointException(path + ": " + name + " has the absurd shape " + shape, e);
    }
  }

  private CheckpointException refusal(String reason) {
    return new CheckpointException(path + ": " + reason);
  }

  /** Where a tensor lies, in bytes after the header. */
  private record Place(String name, ElementKind kind, List<Long> shape, long begin, long end) {
    StoredTensor tensor(MemorySegment data) {
      return new StoredTensor(name, kind, shape, data.asSlice(begin, end - begin));
    }
  }
}
