package dev.unmask.contract.rules;

import static dev.unmask.contract.rules.Samples.CONTEXT;
import static dev.unmask.contract.rules.Samples.LLADA;
import static dev.unmask.contract.rules.Samples.MASK;
import static dev.unmask.contract.rules.Samples.VOCABULARY;
import static dev.unmask.contract.rules.Samples.ofPrompt;
import static dev.unmask.contract.rules.Samples.one;
import static dev.unmask.contract.rules.Samples.tokens;
import static org.assertj.core.api.Assertions.assertThat;

import dev.unmask.contract.Limits;
import dev.unmask.contract.Violation;
import dev.unmask.type.v1.Conversation;
import dev.unmask.type.v1.DecodingSpec;
import dev.unmask.type.v1.Message;
import dev.unmask.type.v1.Prompt;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class PromptRulesTest {
  @Test
  void prompt_missing_isRefused() {
    assertThat(ofPrompt(Prompt.getDefaultInstance()))
        .isEqualTo(one("prompt", "is required: set text, tokens or conversation"));
  }

  @Test
  void text_atAndBeyondItsBytes_isRefusedBeyondOnly() {
    assertThat(ofPrompt(text("x"))).isEmpty();
    assertThat(ofPrompt(text("x".repeat(Limits.PROMPT_BYTES)))).isEmpty();
    assertThat(ofPrompt(text(""))).isEqualTo(one("prompt.text", "must not be empty"));
    assertThat(ofPrompt(text("x".repeat(Limits.PROMPT_BYTES + 1))))
        .isEqualTo(
            one("prompt.text", "must be at most 1 MiB (1048576 bytes) of UTF-8, was 1048577"));
  }

  @Test
  void text_ofWideCharacters_isCountedInBytes() {
    assertThat(ofPrompt(text("\u00e9".repeat(Limits.PROMPT_BYTES / 2)))).isEmpty();
    assertThat(ofPrompt(text("\u00e9".repeat(Limits.PROMPT_BYTES / 2) + "x"))).hasSize(1);
  }

  @Test
  void tokens_unknownOrMask_areNamedByIndex() {
    assertThat(ofPrompt(tokens(0, VOCABULARY - 2, VOCABULARY, 7, MASK, -1)))
        .containsExactly(
            new Violation("prompt.tokens.ids[2]", "must be below the vocabulary size 500, was 500"),
            new Violation(
                "prompt.tokens.ids[5]", "must be below the vocabulary size 500, was 4294967295"),
            new Violation("prompt.tokens.ids[4]", "must not be the mask token 499"));
  }

  @Test
  void tokens_empty_areRefused() {
    assertThat(ofPrompt(tokens())).isEqualTo(one("prompt.tokens.ids", "must not be empty"));
  }

  @Test
  void tokens_atAndBeyondTheContext_areRefusedBeyondOnly() {
    assertThat(ofPrompt(tokens(new int[CONTEXT - 128]))).isEmpty();
    assertThat(ofPrompt(tokens(new int[CONTEXT - 127])))
        .isEqualTo(
            one(
                "prompt.tokens.ids",
                "must be at most 896 tokens (context 1024 minus generation_length 128), was 897"));
    assertThat(ofPrompt(tokens(new int[CONTEXT + 1])))
        .isEqualTo(
            one("prompt.tokens.ids", "must be at most the context of 1024 tokens, was 1025"));
  }

  @Test
  void generation_atAndBeyondTheContext_isRefusedBeyondOnly() {
    assertThat(Samples.ofSpec(spec -> spec.setGenerationLength(CONTEXT - 1).setBlockLength(1)))
        .isEmpty();
    assertThat(Samples.ofSpec(spec -> spec.setGenerationLength(CONTEXT)))
        .isEqualTo(
            one(
                "spec.generation_length",
                "must leave room for a prompt in the context of 1024 tokens, was 1024"));
  }

  @Test
  void renderedPrompt_atAndBeyondTheContext_isRefusedBeyondOnly() {
    var rules = RequestRules.of(LLADA);
    var spec = DecodingSpec.newBuilder().setGenerationLength(24).build();
    assertThat(rules.violations(spec, 1)).isEmpty();
    assertThat(rules.violations(spec, 1000)).isEmpty();
    assertThat(rules.violations(spec, 1001))
        .isEqualTo(
            one(
                "prompt",
                "must be at most 1000 tokens (context 1024 minus generation_length 24), was 1001"));
    assertThat(rules.violations(spec, 0))
        .isEqualTo(one("prompt", "must be at least 1 token, was 0"));
  }

  @Test
  void conversation_good_isAccepted() {
    assertThat(
            ofPrompt(
                conversation(List.of(say("system", "s"), say("user", "u"), say("assistant", "a")))))
        .isEmpty();
  }

  @Test
  void conversation_wrongRolesAndEmptyContent_areNamedByIndex() {
    assertThat(ofPrompt(conversation(List.of(say("user", "u"), say("tool\n", "")))))
        .containsExactly(
            new Violation(
                "prompt.conversation.messages[1].role",
                "must be system, user or assistant, was \"tool?\""),
            new Violation("prompt.conversation.messages[1].content", "must not be empty"));
  }

  @Test
  void conversation_atAndBeyondItsTurns_isRefusedBeyondOnly() {
    assertThat(ofPrompt(conversation(Collections.nCopies(256, say("user", "u"))))).isEmpty();
    assertThat(ofPrompt(conversation(Collections.nCopies(257, say("user", "u")))))
        .isEqualTo(one("prompt.conversation.messages", "must be in [1, 256], was 257"));
    assertThat(ofPrompt(conversation(List.of())))
        .isEqualTo(one("prompt.conversation.messages", "must be in [1, 256], was 0"));
  }

  @Test
  void conversation_atAndBeyondItsBytes_isRefusedBeyondOnly() {
    var half = say("user", "x".repeat(Limits.PROMPT_BYTES / 2));
    assertThat(ofPrompt(conversation(List.of(half, half)))).isEmpty();
    assertThat(ofPrompt(conversation(List.of(half, half, say("user", "x")))))
        .isEqualTo(
            one(
                "prompt.conversation",
                "must be at most 1 MiB (1048576 bytes) of UTF-8, was 1048577"));
  }

  @Test
  void conversation_withoutAChatTemplate_isRefused() {
    var plain = LLADA.toBuilder().setHasChatTemplate(false).build();
    var request = Samples.request().setPrompt(conversation(List.of(say("user", "u")))).build();
    assertThat(RequestRules.of(plain).violations(request))
        .isEqualTo(
            one("prompt.conversation", "needs a chat template and the model has none; send text"));
  }

  private static Prompt text(String text) {
    return Prompt.newBuilder().setText(text).build();
  }

  private static Message say(String role, String content) {
    return Message.newBuilder().setRole(role).setContent(content).build();
  }

  private static Prompt conversation(List<Message> messages) {
    return Prompt.newBuilder()
        .setConversation(Conversation.newBuilder().addAllMessages(messages))
        .build();
  }
}
