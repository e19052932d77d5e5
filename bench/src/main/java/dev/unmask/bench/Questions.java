package dev.unmask.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.unmask.type.v1.Conversation;
import dev.unmask.type.v1.Prompt;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Questions of the shipped tasks. */
public final class Questions {
  private Questions() {}

  /**
   * The first questions of a task.
   *
   * @param file one of models/tasks
   * @param count at most this many
   * @throws UncheckedIOException if the file cannot be read
   */
  public static List<Prompt> read(Path file, int count) {
    var json = new ObjectMapper();
    try (var lines = Files.lines(file)) {
      return lines.limit(count).map(line -> prompt(json, line)).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Prompt prompt(ObjectMapper json, String line) {
    try {
      var conversation = Conversation.newBuilder();
      for (JsonNode message : json.readTree(line).path("messages")) {
        conversation
            .addMessagesBuilder()
            .setRole(message.path("role").asText())
            .setContent(message.path("content").asText());
      }
      return Prompt.newBuilder().setConversation(conversation).build();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
