package dev.unmask.client.load.workload;

import dev.unmask.client.evaluation.task.Ask;
import dev.unmask.client.evaluation.task.file.Row;
import dev.unmask.client.evaluation.task.file.RowException;
import dev.unmask.client.evaluation.task.file.Rows;
import dev.unmask.type.v1.Prompt;
import dev.unmask.type.v1.TokenIds;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads a file of prompts: a prompt a line, or a JSON object a line that has {@code prompt} (text),
 * {@code messages} (turns of {@code role} and {@code content}) or {@code tokens} (ids). A file is
 * JSON when its first sign is a brace or a bracket.
 */
public final class PromptFile {
  private PromptFile() {}

  /**
   * All prompts, in the file's order.
   *
   * @param raw whether words are sent as they are, without a chat template
   * @throws IOException when the file cannot be read or holds no prompt
   * @throws IllegalArgumentException when a line is no prompt, naming it
   */
  public static List<Prompt> read(Path file, boolean raw) throws IOException {
    return read(file, new Wording(raw));
  }

  /**
   * All prompts, in the file's order.
   *
   * @throws IOException when the file cannot be read or holds no prompt
   * @throws IllegalArgumentException when a line is no prompt, naming it
   */
  static List<Prompt> read(Path file, Wording wording) throws IOException {
    if (Files.size(file) > Rows.FILE_BYTES) {
      throw new IOException(
          file + " has " + Files.size(file) + " bytes; at most " + Rows.FILE_BYTES + " are read");
    }
    var content = Files.readAllBytes(file);
    var text = new String(content, StandardCharsets.UTF_8).strip();
    var prompts =
        text.startsWith("{") || text.startsWith("[")
            ? ofJson(Rows.of(file, content), wording)
            : text.lines().filter(line -> !line.isBlank()).map(wording::prompt).toList();
    if (prompts.isEmpty()) {
      throw new IOException(file + " holds no prompt");
    }
    return prompts;
  }

  private static List<Prompt> ofJson(Rows rows, Wording wording) {
    if (!rows.faults().isEmpty()) {
      var fault = rows.faults().getFirst();
      throw new IllegalArgumentException(rows.file() + ":" + fault.line() + ": " + fault.reason());
    }
    var prompts = new ArrayList<Prompt>();
    for (var row : rows.rows()) {
      try {
        prompts.add(prompt(row, wording));
      } catch (RowException e) {
        throw new IllegalArgumentException(
            rows.file() + ":" + row.line() + ": " + e.getMessage(), e);
      }
    }
    return prompts;
  }

  private static Prompt prompt(Row row, Wording wording) throws RowException {
    if (row.has("messages")) {
      var turns = new ArrayList<Ask.Turn>();
      for (var turn : row.rows("messages")) {
        turns.add(new Ask.Turn(turn.text("role"), turn.text("content")));
      }
      return wording.prompt(turns);
    }
    if (row.has("tokens")) {
      var ids = row.numbers("tokens");
      if (ids.stream().anyMatch(id -> id < 0)) {
        throw new RowException("tokens must not be below 0");
      }
      var tokens = TokenIds.newBuilder().addAllIds(ids);
      return Prompt.newBuilder().setTokens(tokens).build();
    }
    return wording.prompt(row.text("prompt"));
  }
}
