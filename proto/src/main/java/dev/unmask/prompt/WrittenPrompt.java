package dev.unmask.prompt;

import dev.unmask.type.v1.Conversation;
import dev.unmask.type.v1.Message;
import dev.unmask.type.v1.Prompt;
import dev.unmask.type.v1.TokenIds;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * A prompt as its client wrote it, before any template or tokenizer.
 *
 * @param namespace whose it is
 * @param model name of the model that is asked
 * @param prompt text, token ids or a conversation
 */
public record WrittenPrompt(String namespace, String model, Prompt prompt) {
  /** UTF-16 code units of a piece. */
  static final int PIECE_CHARACTERS = 256;

  /** Token ids of a piece. */
  static final int PIECE_TOKENS = 32;

  private static final String ASSISTANT = "assistant";

  /**
   * Its leading pieces: whole ones of a text or of token ids; of a conversation also the rest of
   * each message, which ends with it.
   */
  public Pieces pieces() {
    var chain = new PieceChain(namespace, model);
    switch (prompt.getContentCase()) {
      case TEXT -> whole(chain, "text", prompt.getText());
      case TOKENS -> whole(chain, prompt.getTokens());
      case CONVERSATION -> {
        for (var message : prompt.getConversation().getMessagesList()) {
          message(chain, message);
        }
      }
      case CONTENT_NOT_SET -> {
        // Nothing was written.
      }
    }
    return chain.pieces();
  }

  /**
   * What the next turn of the same talk begins with: this prompt and its answer.
   *
   * @param text of the answer as it was told; not empty for a conversation, else it says nothing
   * @param tokens of the answer
   */
  public WrittenPrompt answered(String text, int... tokens) {
    var more = prompt.toBuilder();
    switch (prompt.getContentCase()) {
      case TEXT -> more.setText(prompt.getText() + text);
      case TOKENS ->
          more.setTokens(
              prompt.getTokens().toBuilder().addAllIds(Arrays.stream(tokens).boxed().toList()));
      case CONVERSATION -> more.setConversation(answered(prompt.getConversation(), text));
      case CONTENT_NOT_SET -> {
        // Nothing was written, and nothing answered.
      }
    }
    return new WrittenPrompt(namespace, model, more.build());
  }

  private static Conversation answered(Conversation conversation, String text) {
    return text.isEmpty()
        ? conversation
        : conversation.toBuilder()
            .addMessages(Message.newBuilder().setRole(ASSISTANT).setContent(text))
            .build();
  }

  private static int whole(PieceChain chain, String kind, String text) {
    int from = 0;
    while (from + PIECE_CHARACTERS <= text.length() && !chain.full()) {
      chain.add(kind, utf16(text.substring(from, from + PIECE_CHARACTERS)));
      from += PIECE_CHARACTERS;
    }
    return from;
  }

  private static void message(PieceChain chain, Message message) {
    int from = whole(chain, "in " + message.getRole(), message.getContent());
    if (!chain.full()) {
      chain.add("end of " + message.getRole(), utf16(message.getContent().substring(from)));
    }
  }

  private static void whole(PieceChain chain, TokenIds tokens) {
    var piece = ByteBuffer.allocate(PIECE_TOKENS * Integer.BYTES);
    int whole = tokens.getIdsCount() / PIECE_TOKENS * PIECE_TOKENS;
    for (int i = 0; i < whole && !chain.full(); i++) {
      piece.putInt(tokens.getIds(i));
      if (!piece.hasRemaining()) {
        chain.add("tokens", piece.array().clone());
        piece.clear();
      }
    }
  }

  /** Not UTF-8, which has no bytes for half a surrogate pair. */
  private static byte[] utf16(String text) {
    var bytes = ByteBuffer.allocate(text.length() * Character.BYTES);
    text.chars().forEach(unit -> bytes.putChar((char) unit));
    return bytes.array();
  }
}
