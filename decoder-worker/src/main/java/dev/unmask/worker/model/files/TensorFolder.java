package dev.unmask.worker.model.files;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** The tensors of a checkpoint folder: one file, or shards that an index names. */
public final class TensorFolder {
  private static final String SINGLE = "model.safetensors";
  private static final String INDEX = "model.safetensors.index.json";

  /** A name and nothing that a file system reads as more: no separator, no parent. */
  private static final Pattern SHARD =
      Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]{0,200}\\.safetensors");

  /** What PyTorch writes. Reading it can run whatever its author wanted. */
  private static final String PICKLES = "*.{bin,pt,pth,pkl,ckpt}";

  private TensorFolder() {}

  /**
   * Maps all tensors for as long as the arena lives.
   *
   * @throws CheckpointException if a file is missing or unsound, or a tensor is missing or there
   *     twice
   */
  public static SortedMap<String, StoredTensor> map(Path folder, Arena arena) {
    if (Files.exists(folder.resolve(SINGLE))) {
      return collect(folder, List.of(SINGLE), arena);
    }
    if (Files.exists(folder.resolve(INDEX))) {
      return shards(folder, arena);
    }
    throw new CheckpointException(
        folder + " holds neither " + SINGLE + " nor " + INDEX + pickled(folder));
  }

  private static String pickled(Path folder) {
    try (var found = Files.newDirectoryStream(folder, PICKLES)) {
      var files = found.iterator();
      return files.hasNext()
          ? "; %s is a pickle, which can run code when it is read: convert it to safetensors"
              .formatted(files.next().getFileName())
          : "";
    } catch (IOException e) {
      throw new CheckpointException(folder + " cannot be read", e);
    }
  }

  private static SortedMap<String, StoredTensor> shards(Path folder, Arena arena) {
    var weights = index(folder.resolve(INDEX));
    SortedSet<String> files = new TreeSet<>();
    weights.properties().forEach(entry -> files.add(plain(folder, entry.getValue())));
    var tensors = collect(folder, files, arena);
    for (var entry : weights.properties()) {
      if (!tensors.containsKey(entry.getKey())) {
        throw new CheckpointException(
            folder + ": " + entry.getKey() + " is not in " + entry.getValue().asText());
      }
    }
    return tensors;
  }

  private static JsonNode index(Path path) {
    try {
      return JsonFile.read(path).path("weight_map");
    } catch (IOException e) {
      throw new CheckpointException(path + " is not a readable index: " + e.getMessage(), e);
    }
  }

  /** A shard lies in the folder itself; an index must not reach for other files. */
  private static String plain(Path folder, JsonNode file) {
    String name = file.asText();
    if (!SHARD.matcher(name).matches()) {
      throw new CheckpointException(folder + ": " + name + " in " + INDEX + " is no shard");
    }
    return name;
  }

  private static SortedMap<String, StoredTensor> collect(
      Path folder, Iterable<String> files, Arena arena) {
    var tensors = new TreeMap<String, StoredTensor>();
    for (String file : files) {
      for (var tensor : TensorFile.map(folder.resolve(file), arena)) {
        if (tensors.put(tensor.name(), tensor) != null) {
          throw new CheckpointException(folder + ": " + tensor.name() + " is there twice");
        }
      }
    }
    return tensors;
  }
}
