package dev.unmask.worker.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** The tensors of a checkpoint folder: one file, or shards that an index names. */
final class TensorFolder {
  private static final String SINGLE = "model.safetensors";
  private static final String INDEX = "model.safetensors.index.json";

  private TensorFolder() {}

  /**
   * Maps all tensors for as long as the arena lives.
   *
   * @throws CheckpointException if a file is missing or unsound, or a tensor is missing or there
   *     twice
   */
  static SortedMap<String, StoredTensor> map(Path folder, Arena arena) {
    if (Files.exists(folder.resolve(SINGLE))) {
      return collect(folder, List.of(SINGLE), arena);
    }
    if (Files.exists(folder.resolve(INDEX))) {
      return shards(folder, arena);
    }
    throw new CheckpointException(folder + " holds neither " + SINGLE + " nor " + INDEX);
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
      return new ObjectMapper().readTree(path.toFile()).path("weight_map");
    } catch (IOException e) {
      throw new CheckpointException(path + " is not a readable index", e);
    }
  }

  /** A shard lies in the folder itself; an index must not reach for other files. */
  private static String plain(Path folder, JsonNode file) {
    String name = file.asText();
    if (!name.endsWith(".safetensors") || !Path.of(name).equals(Path.of(name).getFileName())) {
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
