package dev.unmask.worker.text;

import com.fasterxml.jackson.databind.JsonNode;
import dev.unmask.contract.Limits;
import dev.unmask.worker.model.files.JsonFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a checkpoint says about its text beside {@code tokenizer.json}.
 *
 * @param beginOfSequence text of the token a prompt begins with, as templates see it
 * @param endOfSequence text of the token that ends a sequence, as templates see it
 * @param chatTemplate Jinja source, from {@code chat_template.jinja} or {@code
 *     tokenizer_config.json}
 * @param endTokens ids that end an answer: end of sequence and end of turn
 */
public record TokenizerConfig(
    String beginOfSequence,
    String endOfSequence,
    Optional<String> chatTemplate,
    Set<Integer> endTokens) {
  private static final Set<String> END_OF_TURN = Set.of("<|eot_id|>", "<|im_end|>");

  public TokenizerConfig {
    endTokens = Set.copyOf(endTokens);
  }

  /**
   * Reads a checkpoint folder.
   *
   * @param folder with {@code tokenizer_config.json}
   * @param endOfSequenceToken the model's id for the end of a sequence
   * @throws IOException if a file is not JSON or cannot be read
   */
  public static TokenizerConfig read(Path folder, int endOfSequenceToken) throws IOException {
    var config = JsonFile.read(folder.resolve("tokenizer_config.json"));
    var ends = new TreeSet<>(Set.of(endOfSequenceToken));
    for (var token : config.path("added_tokens_decoder").properties()) {
      if (END_OF_TURN.contains(token.getValue().path("content").asText())) {
        ends.add(id(token.getKey()));
      }
    }
    ends.addAll(generationEnds(folder.resolve("generation_config.json")));
    return new TokenizerConfig(
        name(config.path("bos_token")),
        name(config.path("eos_token")),
        chatTemplate(folder, config),
        ends);
  }

  private static int id(String key) throws IOException {
    try {
      return Integer.parseUnsignedInt(key);
    } catch (NumberFormatException e) {
      throw new IOException("added_tokens_decoder of tokenizer_config.json: no id: " + key, e);
    }
  }

  private static Optional<String> chatTemplate(Path folder, JsonNode config) throws IOException {
    var file = folder.resolve("chat_template.jinja");
    if (Files.isRegularFile(file)) {
      JsonFile.require(file, Limits.CHAT_TEMPLATE_CHARACTERS);
      return Optional.of(Files.readString(file));
    }
    return Optional.of(config.path("chat_template"))
        .filter(JsonNode::isTextual)
        .map(JsonNode::asText);
  }

  private static Set<Integer> generationEnds(Path file) throws IOException {
    var ends = new TreeSet<Integer>();
    if (Files.isRegularFile(file)) {
      var given = JsonFile.read(file).path("eos_token_id");
      if (given.isInt()) {
        ends.add(given.asInt());
      }
      given.forEach(id -> ends.add(id.asInt()));
    }
    return ends;
  }

  /** A special token is either its text or an object with a "content". */
  private static String name(JsonNode token) {
    return token.isObject() ? token.path("content").asText() : token.asText("");
  }
}
