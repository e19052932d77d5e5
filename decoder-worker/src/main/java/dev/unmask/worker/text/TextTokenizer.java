package dev.unmask.worker.text;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import dev.unmask.contract.Limits;
import dev.unmask.worker.model.files.JsonFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;

/** A checkpoint's {@code tokenizer.json}. Safe to share among threads. */
public final class TextTokenizer implements AutoCloseable {
  private static final Map<String, String> AS_PUBLISHED =
      Map.of("addSpecialTokens", "false", "truncation", "false", "padding", "false");

  private final HuggingFaceTokenizer tokenizer;

  private TextTokenizer(HuggingFaceTokenizer tokenizer) {
    this.tokenizer = tokenizer;
  }

  /**
   * Reads {@code tokenizer.json} of a checkpoint folder.
   *
   * @throws IOException if it is missing or not a tokenizer
   */
  public static TextTokenizer open(Path folder) throws IOException {
    var file = folder.resolve("tokenizer.json");
    if (!Files.isRegularFile(file)) {
      throw new IOException(folder + " has no tokenizer.json");
    }
    JsonFile.require(file, Limits.TOKENIZER_BYTES);
    return new TextTokenizer(HuggingFaceTokenizer.newInstance(file, AS_PUBLISHED));
  }

  /** Token ids of a text; adds nothing, reads special tokens where their names stand. */
  public int[] encode(String text) {
    return Arrays.stream(tokenizer.encode(text, false, false).getIds())
        .mapToInt(Math::toIntExact)
        .toArray();
  }

  /** Text of tokens, special tokens as their names; a cut UTF-8 sequence becomes U+FFFD. */
  public String decode(int... tokens) {
    return tokenizer.decode(Arrays.stream(tokens).asLongStream().toArray(), false);
  }

  /** Text of tokens without special tokens. */
  public String decodePlain(int... tokens) {
    return tokenizer.decode(Arrays.stream(tokens).asLongStream().toArray(), true);
  }

  @Override
  public void close() {
    tokenizer.close();
  }
}
