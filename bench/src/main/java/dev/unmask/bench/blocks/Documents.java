package dev.unmask.bench.blocks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.unmask.type.v1.Conversation;
import dev.unmask.type.v1.Prompt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The shipped lookup task by document: each has questions of its own, whose prompts are alike up to
 * the question.
 *
 * @param byId questions of each document, documents of rising length
 */
record Documents(Map<String, List<Asked>> byId) {
  private static final String MARK = "####";
  private static final String QUESTION = "\n\nQuestion:";

  /**
   * A question about a document.
   *
   * @param document text before the question
   * @param question text of it
   * @param answer that is right
   */
  record Asked(String document, String question, String answer) {
    /** The same behind words that make it another document. */
    Asked behind(String words) {
      return new Asked(words + document, question, answer);
    }

    Talk.Question alone() {
      return new Talk.Question(conversation(List.of(document + question)), Optional.of(answer));
    }
  }

  /** Reads the task of the shipped models. */
  static Documents read(Path models) throws IOException {
    var json = new ObjectMapper();
    var byId = new LinkedHashMap<String, List<Asked>>();
    for (var line : Files.readAllLines(models.resolve("tasks/lookup.jsonl"))) {
      var item = json.readTree(line);
      byId.computeIfAbsent(item.required("document_id").asText(), _ -> new ArrayList<>())
          .add(asked(item));
    }
    return new Documents(byId);
  }

  private static Asked asked(JsonNode item) {
    var text = item.required("messages").required(0).required("content").asText();
    int at = text.lastIndexOf(QUESTION);
    return new Asked(text.substring(0, at), text.substring(at), item.required("answer").asText());
  }

  /** The longest documents' questions. */
  List<List<Asked>> longest(int count) {
    var all = List.copyOf(byId.values());
    return all.subList(Math.max(0, all.size() - count), all.size());
  }

  /** What a text says behind its last mark; empty if it has none. */
  static String result(String text) {
    int mark = text.lastIndexOf(MARK);
    return mark < 0 ? "" : text.substring(mark + MARK.length()).strip();
  }

  /** Turns of user and assistant, beginning with the user's. */
  static Prompt conversation(List<String> turns) {
    var conversation = Conversation.newBuilder();
    for (int i = 0; i < turns.size(); i++) {
      conversation
          .addMessagesBuilder()
          .setRole(i % 2 == 0 ? "user" : "assistant")
          .setContent(turns.get(i));
    }
    return Prompt.newBuilder().setConversation(conversation).build();
  }
}
