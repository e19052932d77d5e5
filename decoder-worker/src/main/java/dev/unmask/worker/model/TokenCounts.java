package dev.unmask.worker.model;

import com.fasterxml.jackson.databind.JsonNode;
import dev.unmask.worker.model.files.CheckpointException;
import dev.unmask.worker.model.files.JsonFile;
import dev.unmask.worker.scoring.TokenFrequencies;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The token counts of a corpus in a model's folder: {@code llada_corpus.json}, {@code
 * dream_corpus.json} or any other {@code *_corpus.json}, with {@code num_token} and {@code
 * p_baseline_dict} as PC-Sampler and d2Cache publish them.
 */
final class TokenCounts {
  private static final String FILES = "*_corpus.json";

  private TokenCounts() {}

  /**
   * Frequencies of a folder's corpus, if it has one.
   *
   * @throws CheckpointException if there are several, or one is not such a file
   */
  static Optional<TokenFrequencies> read(Path folder, int vocabulary) {
    try (var found = Files.newDirectoryStream(folder, FILES)) {
      var files = found.iterator();
      if (!files.hasNext()) {
        return Optional.empty();
      }
      var file = files.next();
      if (files.hasNext()) {
        throw new CheckpointException(
            "token counts stand in both " + file + " and " + files.next());
      }
      return Optional.of(frequencies(file, vocabulary));
    } catch (IOException e) {
      throw new CheckpointException("token counts of " + folder + " cannot be read", e);
    }
  }

  private static TokenFrequencies frequencies(Path file, int vocabulary) throws IOException {
    var json = JsonFile.read(file);
    try {
      Map<Integer, Long> counts = new HashMap<>();
      json.required("p_baseline_dict")
          .properties()
          .forEach(entry -> counts.put(Integer.parseInt(entry.getKey()), count(entry.getValue())));
      return TokenFrequencies.of(counts, count(json.required("num_token")), vocabulary);
    } catch (IllegalArgumentException e) {
      throw new CheckpointException(file + ": " + e.getMessage(), e);
    }
  }

  private static long count(JsonNode value) {
    if (!value.canConvertToLong()) {
      throw new IllegalArgumentException("a count that is no number: " + value);
    }
    return value.asLong();
  }
}
