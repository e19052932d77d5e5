package dev.unmask.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.unmask.type.v1.Conversation;
import dev.unmask.type.v1.Prompt;
import dev.unmask.worker.text.ChatTemplate.Turn;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A question of a shipped task and what counts as its answer.
 *
 * @param turns of the conversation
 * @param answer that must stand behind the last {@code ####} of a right text, or be all of one
 *     without
 */
public record Exercise(List<Turn> turns, String answer) {
  private static final String MARK = "####";

  public Exercise {
    turns = List.copyOf(turns);
  }

  /**
   * The first questions of a task.
   *
   * @param file one of models/tasks
   * @param count at most this many
   * @throws UncheckedIOException if the file cannot be read
   */
  public static List<Exercise> read(Path file, int count) {
    var json = new ObjectMapper();
    try (var lines = Files.lines(file)) {
      return lines.limit(count).map(line -> exercise(json, line)).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Exercise exercise(ObjectMapper json, String line) {
    try {
      var fields = json.readTree(line);
      var turns = new ArrayList<Turn>();
      for (JsonNode message : fields.required("messages")) {
        turns.add(
            new Turn(message.required("role").asText(), message.required("content").asText()));
      }
      return new Exercise(turns, fields.required("answer").asText());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The question as a request's prompt. */
  public Prompt prompt() {
    var conversation = Conversation.newBuilder();
    turns.forEach(
        turn -> conversation.addMessagesBuilder().setRole(turn.role()).setContent(turn.content()));
    return Prompt.newBuilder().setConversation(conversation).build();
  }

  /** Whether a text ends in the answer. */
  public boolean answeredBy(String text) {
    int mark = text.lastIndexOf(MARK);
    var given = mark < 0 ? text : text.substring(mark + MARK.length());
    return given.strip().equals(answer.strip());
  }
}
