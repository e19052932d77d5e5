package dev.unmask.worker.text;

import dev.unmask.fuzz.Finding;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * Text of prompts as tokens and back, and answers that grow: text comes back as it was, pieces add
 * up, and a stop string is never told.
 */
public final class TokenizerFuzz {
  private static final int VOCABULARY = 2048;
  private static final int END = 2033;
  private static final TextTokenizer TOKENIZER = tokenizer();

  private TokenizerFuzz() {}

  /** The first byte says where the answer is cut, and its last characters are the stop string. */
  public static void fuzzerTestOneInput(byte[] input) {
    if (input.length == 0) {
      return;
    }
    var text = new String(input, 1, input.length - 1, StandardCharsets.UTF_8);
    int[] tokens = TOKENIZER.encode(text);
    for (int token : tokens) {
      Finding.unless(token >= 0 && token < VOCABULARY, "token " + token);
    }
    Finding.unless(TOKENIZER.decode(tokens).equals(text), "text came back as another");
    answer(tokens, Byte.toUnsignedInt(input[0]), text);
  }

  private static void answer(int[] tokens, int cut, String text) {
    var stop = text.substring(Math.max(0, text.length() - 3));
    var stops = stop.isEmpty() || cut % 2 == 0 ? List.<String>of() : List.of(stop);
    var answer = new AnswerText(TOKENIZER::decodePlain, Set.of(END), stops);
    var told = new StringBuilder();
    for (int length = 0; length < tokens.length; length += 1 + cut) {
      told.append(answer.advance(Arrays.copyOf(tokens, length), false));
    }
    told.append(answer.advance(tokens, true));
    Finding.unless(told.toString().equals(answer.told()), "pieces do not add up");
    Finding.unless(stops.stream().noneMatch(answer.told()::contains), "a stop string was told");
    int end = answer.tokens();
    Finding.unless(
        TOKENIZER.decodePlain(Arrays.copyOf(tokens, end)).startsWith(answer.told()),
        "told what the tokens do not say");
  }

  private static TextTokenizer tokenizer() {
    try {
      return TextTokenizer.open(Path.of("..", "models", "unmask-mini-llada"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
