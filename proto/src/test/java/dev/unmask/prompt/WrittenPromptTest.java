package dev.unmask.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unmask.contract.Limits;
import dev.unmask.type.v1.Conversation;
import dev.unmask.type.v1.Message;
import dev.unmask.type.v1.Prompt;
import dev.unmask.type.v1.TokenIds;
import java.util.HashSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WrittenPromptTest {
  private static final String DOCUMENT = "A document of some length. ".repeat(40);

  @Test
  void pieces_textsWithACommonBeginning_haveItsWholePiecesInCommon() {
    var one = text(DOCUMENT + "What is it about?").pieces();
    var two = text(DOCUMENT + "Who wrote it?").pieces();
    assertThat(one.count()).isEqualTo((DOCUMENT.length() + 17) / 256);
    assertThat(common(one, two)).isEqualTo(DOCUMENT.length() / 256);
  }

  @Test
  void pieces_differenceInTheFirstPiece_leavesNothingInCommon() {
    assertThat(common(text("X" + DOCUMENT).pieces(), text(DOCUMENT).pieces())).isZero();
    assertThat(text("short").pieces()).isEqualTo(Pieces.none());
  }

  @Test
  void pieces_otherNamespaceOrModel_haveNothingInCommon() {
    var prompt = Prompt.newBuilder().setText(DOCUMENT).build();
    var ours = new WrittenPrompt("a", "mini", prompt).pieces();
    assertThat(ours.count()).isPositive();
    assertThat(common(ours, new WrittenPrompt("b", "mini", prompt).pieces())).isZero();
    assertThat(common(ours, new WrittenPrompt("a", "maxi", prompt).pieces())).isZero();
    assertThat(common(ours, new WrittenPrompt("am", "ini", prompt).pieces())).isZero();
  }

  @Test
  void pieces_conversation_countsEachMessageToItsEnd() {
    var one = talk("system", "Be kind.", "user", "Hello").pieces();
    assertThat(one.count()).isEqualTo(2);
    assertThat(common(one, talk("system", "Be kind.", "user", "Bye").pieces())).isEqualTo(1);
    assertThat(common(one, talk("system", "Be kind.", "assistant", "Hello").pieces())).isEqualTo(1);
    assertThat(common(one, talk("user", "Be kind.", "user", "Hello").pieces())).isZero();
    assertThat(common(one, talk("system", "Be kind.user", "user", "Hello").pieces())).isZero();
  }

  @Test
  void pieces_longMessage_isCut() {
    var one = talk("user", DOCUMENT + "one").pieces();
    var two = talk("user", DOCUMENT + "two").pieces();
    assertThat(one.count()).isEqualTo(DOCUMENT.length() / 256 + 1);
    assertThat(common(one, two)).isEqualTo(DOCUMENT.length() / 256);
    assertThat(common(one, text(DOCUMENT).pieces())).isZero();
  }

  @Test
  void answered_conversation_isWhatTheNextTurnBeginsWith() {
    var first = talk("user", "Hello");
    var next = talk("user", "Hello", "assistant", "Hi.", "user", "How are you?").pieces();
    var told = first.answered("Hi.", 1, 2).pieces();
    assertThat(told.count()).isEqualTo(2);
    assertThat(common(told, next)).isEqualTo(2);
    assertThat(first.answered("").pieces()).isEqualTo(first.pieces());
  }

  @Test
  void answered_textAndTokens_goOn() {
    assertThat(text(DOCUMENT).answered("an answer").prompt().getText())
        .isEqualTo(DOCUMENT + "an answer");
    var tokens = tokens(40);
    assertThat(tokens.pieces().count()).isEqualTo(1);
    var answered = tokens.answered("ignored", IntStream.range(40, 64).toArray());
    assertThat(answered.pieces()).isEqualTo(tokens(70).pieces());
    assertThat(answered.pieces().count()).isEqualTo(2);
  }

  @Test
  void pieces_halfASurrogatePair_isToldApart() {
    var one = text("x".repeat(255) + "\uD83D\uDE00" + "y".repeat(255)).pieces();
    var two = text("x".repeat(255) + "\uD83E\uDD14" + "y".repeat(255)).pieces();
    assertThat(common(one, two)).isZero();
  }

  @Test
  void pieces_veryLongPrompt_areBounded() {
    var pieces = text("x".repeat(256 * (Limits.PROMPT_PIECES + 3))).pieces();
    assertThat(pieces.count()).isEqualTo(Limits.PROMPT_PIECES);
    assertThat(new HashSet<>(pieces.digests())).hasSize(Limits.PROMPT_PIECES);
  }

  @Test
  void pieces_absentPrompt_areNone() {
    var nothing = new WrittenPrompt("a", "mini", Prompt.getDefaultInstance());
    assertThat(nothing.pieces()).isEqualTo(Pieces.none());
    assertThat(nothing.answered("text", 1).pieces()).isEqualTo(Pieces.none());
  }

  private static int common(Pieces one, Pieces two) {
    return one.leading(new HashSet<>(two.digests())::contains);
  }

  private static WrittenPrompt text(String text) {
    return written(Prompt.newBuilder().setText(text));
  }

  private static WrittenPrompt tokens(int count) {
    var ids = TokenIds.newBuilder();
    IntStream.range(0, count).forEach(ids::addIds);
    return written(Prompt.newBuilder().setTokens(ids));
  }

  private static WrittenPrompt talk(String... rolesAndContents) {
    var conversation = Conversation.newBuilder();
    for (int i = 0; i < rolesAndContents.length; i += 2) {
      conversation.addMessages(
          Message.newBuilder().setRole(rolesAndContents[i]).setContent(rolesAndContents[i + 1]));
    }
    return written(Prompt.newBuilder().setConversation(conversation));
  }

  private static WrittenPrompt written(Prompt.Builder prompt) {
    return new WrittenPrompt("default", "mini", prompt.build());
  }
}
