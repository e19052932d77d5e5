package dev.unmask.bench.quality;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.unmask.worker.text.ChatTemplate.Turn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A question whose answer follows the last {@code ####} of a response.
 *
 * @param turns of the conversation
 * @param answer what counts
 */
record Exercise(List<Turn> turns, String answer) {
  private static final String MARK = "####";

  /** The first exercises of a task file. */
  static List<Exercise> read(Path file, int count) throws IOException {
    var json = new ObjectMapper();
    var exercises = new ArrayList<Exercise>();
    for (String line : Files.readAllLines(file)) {
      if (exercises.size() == count) {
        break;
      }
      var node = json.readTree(line);
      var turns = new ArrayList<Turn>();
      for (var message : node.required("messages")) {
        turns.add(
            new Turn(message.required("role").asText(), message.required("content").asText()));
      }
      exercises.add(new Exercise(turns, node.required("answer").asText()));
    }
    return exercises;
  }

  /** Whether a response holds the answer. */
  boolean rightWith(String response) {
    return response.substring(response.lastIndexOf(MARK) + MARK.length()).strip().equals(answer)
        && response.contains(MARK);
  }
}
