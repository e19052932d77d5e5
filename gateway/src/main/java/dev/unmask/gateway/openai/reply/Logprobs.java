package dev.unmask.gateway.openai.reply;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How sure the model was of an answer's tokens, in the step that committed them. */
public sealed interface Logprobs {
  /** A conversation's form. */
  record OfChat(List<Token> content, Optional<String> refusal) implements Logprobs {
    public OfChat {
      content = List.copyOf(content);
    }
  }

  /** A text's form. */
  record OfText(
      List<String> tokens,
      List<Double> tokenLogprobs,
      Optional<String> topLogprobs,
      List<Integer> textOffset)
      implements Logprobs {
    public OfText {
      tokens = List.copyOf(tokens);
      tokenLogprobs = List.copyOf(tokenLogprobs);
      textOffset = List.copyOf(textOffset);
    }
  }

  /** One token of the answer. */
  record Token(String token, double logprob, List<Integer> bytes, List<Token> topLogprobs) {
    public Token {
      bytes = List.copyOf(bytes);
      topLogprobs = List.copyOf(topLogprobs);
    }

    static Token of(String piece, double logprob) {
      var bytes = new ArrayList<Integer>();
      for (byte octet : piece.getBytes(StandardCharsets.UTF_8)) {
        bytes.add(Byte.toUnsignedInt(octet));
      }
      return new Token(piece, logprob, bytes, List.of());
    }
  }
}
