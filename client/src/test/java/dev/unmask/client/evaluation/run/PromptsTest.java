package dev.unmask.client.evaluation.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unmask.client.evaluation.run.ScriptedGateway.Reply;
import dev.unmask.client.evaluation.task.Ask;
import dev.unmask.contract.Problem;
import dev.unmask.type.v1.ModelFamily;
import dev.unmask.type.v1.Prompt;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class PromptsTest {
  private static final List<Ask.Turn> TURNS = List.of(new Ask.Turn("user", "one three"));

  @Test
  void of_text_beginsAsTheFamilyDoes() throws IOException {
    assertThat(prompt(new Ask.Text("Question"), true).getText())
        .isEqualTo("<|startoftext|>Question");
    assertThat(prompt(new Ask.Text("<|startoftext|>Question"), true).getText())
        .isEqualTo("<|startoftext|>Question");
    assertThat(prompt(new Ask.Text("Question"), false).getText()).isEqualTo("Question");
  }

  @Test
  void of_modelWithoutTheToken_leavesTextAsItIs() throws IOException {
    var model = ScriptedGateway.MODEL.toBuilder();
    model.getIdentityBuilder().setFamily(ModelFamily.MODEL_FAMILY_UNSPECIFIED);
    try (var gateway = gateway();
        var client = gateway.client()) {
      var prompts = Prompts.of(client, model.build(), true);
      assertThat(prompts.of(new Ask.Text("Question")).getText()).isEqualTo("Question");
    }
  }

  @Test
  void of_conversation_isLeftToTheModelsTemplate() throws IOException {
    var conversation = prompt(new Ask.Chat(TURNS, ""), true).getConversation();
    assertThat(conversation.getMessagesList())
        .extracting(message -> message.getRole() + ": " + message.getContent())
        .containsExactly("user: one three");
  }

  @Test
  void of_conversationWithAPrefix_areTheTokensOfBoth() throws IOException {
    var prompt = prompt(new Ask.Chat(TURNS, "Here is"), true);
    assertThat(prompt.getTokens().getIdsList()).containsExactly(3, 5, 4, 2);
  }

  private static Prompt prompt(Ask ask, boolean beginning) throws IOException {
    try (var gateway = gateway();
        var client = gateway.client()) {
      return Prompts.of(client, ScriptedGateway.MODEL, beginning).of(ask);
    }
  }

  private static ScriptedGateway gateway() throws IOException {
    return new ScriptedGateway(_ -> new Reply.Refusal(new Problem.Internal("nobody asks")));
  }
}
