package dev.unmask.client.demo;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.unmask.type.v1.Conversation;
import dev.unmask.type.v1.Message;
import dev.unmask.type.v1.Prompt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * One question of a shipped task.
 *
 * @param id unique over all tasks
 * @param messages the turns to send
 * @param answer what counts: the end of a right answer, after the last {@code ####}
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record Question(String id, List<Turn> messages, String answer) {
  private static final String BEFORE_QUESTION = "Question: ";
  private static final String BEFORE_RESULT = "####";

  public Question {
    messages = List.copyOf(messages);
  }

  /** One turn of the conversation. */
  public record Turn(String role, String content) {}

  /**
   * Reads one question of a task.
   *
   * @param task JSON lines
   * @param number of the line, from 1
   * @throws IOException when the file cannot be read or has no such line
   */
  public static Question read(Path task, int number) throws IOException {
    try (var lines = Files.lines(task)) {
      var line = lines.skip(number - 1L).findFirst();
      return new ObjectMapper()
          .readValue(
              line.orElseThrow(() -> new IOException(task + " has no question " + number)),
              Question.class);
    }
  }

  /** The question as it is sent. */
  public Prompt prompt() {
    var conversation = Conversation.newBuilder();
    for (var turn : messages) {
      conversation.addMessages(
          Message.newBuilder().setRole(turn.role()).setContent(turn.content()));
    }
    return Prompt.newBuilder().setConversation(conversation).build();
  }

  /** The question proper, without the solved examples before it. */
  public String text() {
    var content = messages.getLast().content();
    int start = content.lastIndexOf(BEFORE_QUESTION);
    var text = start < 0 ? content : content.substring(start + BEFORE_QUESTION.length());
    return text.replaceFirst("\\s*Answer:\\s*$", "");
  }

  /** What an answer says in the end; empty when it does not get there. */
  public static String result(String text) {
    int mark = text.lastIndexOf(BEFORE_RESULT);
    return mark < 0 ? "" : text.substring(mark + BEFORE_RESULT.length()).strip();
  }

  /** Whether an answer is right. */
  public boolean isRight(String text) {
    return result(text).equals(answer);
  }
}
