package dev.unmask.worker.model;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** Writes checkpoint folders for tests: a good one copied, then bent. */
public final class CheckpointFolder {
  private final Path folder;

  private CheckpointFolder(Path folder) {
    this.folder = folder;
  }

  /** A copy of a checkpoint under a temporary directory. */
  public static CheckpointFolder copy(Path source, Path target) {
    try {
      Files.createDirectories(target);
      for (String name : new String[] {"config.json", "model.safetensors"}) {
        Files.copy(source.resolve(name), target.resolve(name));
      }
      return new CheckpointFolder(target);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public Path path() {
    return folder;
  }

  /** Rewrites the configuration's text. */
  public CheckpointFolder config(UnaryOperator<String> change) {
    try {
      var path = folder.resolve("config.json");
      Files.writeString(path, change.apply(Files.readString(path)));
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Rewrites all tensors into one file. */
  public CheckpointFolder tensors(UnaryOperator<Map<String, TensorContent>> change) {
    write("model.safetensors", change.apply(read()));
    return this;
  }

  /** Replaces the single file by shards, tensors dealt in turn, and their index. */
  public CheckpointFolder shards(int count) {
    var all = read();
    var index = new TreeMap<String, String>();
    var names = all.keySet().stream().toList();
    for (int shard = 0; shard < count; shard++) {
      String file = "model-0000%d-of-0000%d.safetensors".formatted(shard + 1, count);
      var part = new LinkedHashMap<String, TensorContent>();
      for (int i = shard; i < names.size(); i += count) {
        part.put(names.get(i), all.get(names.get(i)));
        index.put(names.get(i), file);
      }
      write(file, part);
    }
    try {
      Files.delete(folder.resolve("model.safetensors"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return index(index);
  }

  /** Writes an index. */
  public CheckpointFolder index(Map<String, String> files) {
    var text = new StringBuilder("{\"weight_map\":{");
    files.forEach((name, file) -> text.append("\"%s\":\"%s\",".formatted(name, file)));
    text.setLength(text.length() - 1);
    return raw(
        "model.safetensors.index.json",
        text.append("}}").toString().getBytes(StandardCharsets.UTF_8));
  }

  /** Writes any file. */
  public CheckpointFolder raw(String name, byte[] content) {
    try {
      Files.write(folder.resolve(name), content);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Map<String, TensorContent> read() {
    try (var checkpoint = Checkpoint.open(folder)) {
      var content = new LinkedHashMap<String, TensorContent>();
      checkpoint.tensors().forEach((name, tensor) -> content.put(name, TensorContent.of(tensor)));
      return content;
    }
  }

  private void write(String file, Map<String, TensorContent> tensors) {
    raw(file, safetensors(tensors));
  }

  /** The bytes of a safetensors file. */
  public static byte[] safetensors(Map<String, TensorContent> tensors) {
    var header = new StringBuilder("{\"__metadata__\":{\"format\":\"pt\"}");
    int end = 0;
    for (var entry : tensors.entrySet()) {
      var tensor = entry.getValue();
      int begin = end;
      end += tensor.bytes().length;
      header.append(
          ",\"%s\":{\"dtype\":\"%s\",\"shape\":%s,\"data_offsets\":[%d,%d]}"
              .formatted(entry.getKey(), tensor.kind(), tensor.shape(), begin, end));
    }
    var data = new ByteArrayOutputStream();
    tensors.values().forEach(tensor -> data.writeBytes(tensor.bytes()));
    return file(header.append('}').toString(), data.toByteArray());
  }

  /** A header with its length in front of data. */
  public static byte[] file(String header, byte[] data) {
    byte[] text = header.getBytes(StandardCharsets.UTF_8);
    var bytes =
        ByteBuffer.allocate(Long.BYTES + text.length + data.length).order(ByteOrder.LITTLE_ENDIAN);
    return bytes.putLong(text.length).put(text).put(data).array();
  }
}
