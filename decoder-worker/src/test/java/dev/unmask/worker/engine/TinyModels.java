package dev.unmask.worker.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.unmask.worker.model.Checkpoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.stream.StreamSupport;

/** The random checkpoints the golden traces were made with, and what their forward gives. */
final class TinyModels {
  static final String LLADA = "tiny-llada";
  static final String DREAM = "tiny-dream";
  static final String FAST_DLLM_V2 = "tiny-fast-dllm-v2";
  static final String SDAR = "tiny-sdar";

  private TinyModels() {}

  static Path folder(String model) {
    return Path.of("src/test/golden/models", model);
  }

  /** One thread: tiny products gain nothing from more, and waiting for each other costs dear. */
  static final EngineSettings CPU = new EngineSettings("cpu", OptionalInt.of(1));

  static TorchEngine load(String model) {
    try (var checkpoint = Checkpoint.open(folder(model))) {
      return TorchEngine.load(checkpoint, CPU);
    }
  }

  static JsonNode probe(String model) {
    try {
      return new ObjectMapper().readTree(folder(model).resolve("probe.json").toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static int[] ints(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).mapToInt(JsonNode::asInt).toArray();
  }

  static float[] floats(JsonNode array) {
    float[] elements = new float[array.size()];
    for (int i = 0; i < elements.length; i++) {
      elements[i] = array.get(i).floatValue();
    }
    return elements;
  }
}
