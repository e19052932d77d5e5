package dev.unmask.gateway.openai.reply;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Optional;

/** One answer, or what is new of it, in one of OpenAI's forms. */
public sealed interface Choice {
  /** From 0. */
  int index();

  /** A whole answer of a conversation. */
  record OfChat(
      int index,
      Message message,
      Optional<Logprobs> logprobs,
      Optional<String> finishReason,
      Optional<Took> unmask)
      implements Choice {}

  /** A piece of an answer of a conversation. */
  record OfChatChunk(
      int index,
      Delta delta,
      Optional<Logprobs> logprobs,
      Optional<String> finishReason,
      @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<Took> unmask)
      implements Choice {}

  /** An answer to a text, whole or a piece. */
  record OfText(
      int index,
      String text,
      Optional<Logprobs> logprobs,
      Optional<String> finishReason,
      @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<Took> unmask)
      implements Choice {}

  /** What was said. */
  record Message(String role, String content, Optional<String> refusal) {}

  /** What is said on. */
  record Delta(
      @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<String> role,
      @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<String> content) {}
}
