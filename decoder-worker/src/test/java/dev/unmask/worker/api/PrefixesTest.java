package dev.unmask.worker.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.unmask.contract.Problem;
import dev.unmask.contract.ProblemException;
import dev.unmask.contract.Violation;
import dev.unmask.decoder.v1.DecodeRequest;
import dev.unmask.type.v1.Conversation;
import dev.unmask.type.v1.Message;
import dev.unmask.type.v1.Prompt;
import dev.unmask.type.v1.ShallowSharing;
import dev.unmask.type.v1.Sharing;
import dev.unmask.worker.engine.EngineSettings;
import dev.unmask.worker.method.ModelTraits;
import dev.unmask.worker.serving.models.ModelFolder;
import dev.unmask.worker.serving.models.ServedModel;
import dev.unmask.worker.shallow.DepthTable;
import dev.unmask.worker.shallow.SharedPrefix;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Declared prefixes as tokens and layers. */
class PrefixesTest {
  private static final String SHARED = "Anna has 12 boxes of 8 apples. ".repeat(20);
  private static final DepthTable TABLE =
      new DepthTable(List.of(new DepthTable.Bound(.5, 3), new DepthTable.Bound(.99, 2)));

  private static ServedModel model;

  @BeforeAll
  static void load() {
    var settings = new EngineSettings("cpu", OptionalInt.of(1));
    model = new ModelFolder(Path.of("../models/unmask-mini-llada")).load(settings);
  }

  @AfterAll
  static void close() {
    model.engine().close();
    model.tokenizer().close();
  }

  @Test
  void of_nothingDeclared_isEmpty() {
    var prompt = text(SHARED);
    assertThat(
            new Prefixes(model, Prompts.tokens(prompt, model))
                .shallow(DecodeRequest.newBuilder().setPrompt(prompt).build()))
        .isEmpty();
  }

  @Test
  void of_tokens_areWholeSpansAndLeaveOne() {
    int[] prompt = Prompts.tokens(text(SHARED), model);
    assertThat(of(TABLE, text(SHARED), s -> s.setPrefixTokens(70)).positions()).isEqualTo(64);
    assertThat(of(TABLE, text(SHARED), s -> s.setPrefixTokens(prompt.length)).positions())
        .isEqualTo((prompt.length - 1) / 32 * 32);
  }

  @Test
  void of_charactersOrMessages_areWhatBothHaveInCommon() {
    int[] alone = Prompts.tokens(text(SHARED), model);
    int[] whole = Prompts.tokens(text(SHARED + "How many?"), model);
    int common = Arrays.mismatch(alone, whole);
    var found = of(TABLE, text(SHARED + "How many?"), s -> s.setPrefixCharacters(SHARED.length()));
    assertThat(found.positions()).isEqualTo((common < 0 ? alone.length : common) / 32 * 32);

    var talk = talk(SHARED, "How many?");
    int[] rendered = Prompts.tokens(talk, model);
    var messages = of(TABLE, talk, s -> s.setPrefixMessages(1));
    assertThat(messages.positions()).isPositive().isLessThan(rendered.length);
    assertThat(messages).isEqualTo(of(TABLE, talk(SHARED, "And so?"), s -> s.setPrefixMessages(1)));
  }

  @Test
  void of_share_choosesTheDepth() {
    int length = Prompts.tokens(text(SHARED), model).length;
    assertThat(of(TABLE, text(SHARED), s -> s.setPrefixTokens(length / 2)).depth()).isEqualTo(3);
    assertThat(of(TABLE, text(SHARED), s -> s.setPrefixTokens(length / 2 + 40)).depth())
        .isEqualTo(2);
    assertThat(of(TABLE, text(SHARED), s -> s.setPrefixTokens(64).setShallow(depth(7))).depth())
        .isEqualTo(7);
  }

  @Test
  void of_whatCannotBeShared_isRefusedByName() {
    var prompt = text(SHARED);
    assertThat(refused(TABLE, prompt, s -> s.setPrefixTokens(31)).field())
        .isEqualTo("sharing.prefix_tokens");
    assertThat(refused(TABLE, prompt, s -> s.setPrefixTokens(100_000)).description())
        .contains("must be at most the prompt's");
    assertThat(refused(TABLE, prompt, s -> s.setPrefixCharacters(3)).field())
        .isEqualTo("sharing.prefix_characters");
    assertThat(refused(TABLE, prompt, s -> s.setPrefixTokens(64).setShallow(depth(8))))
        .isEqualTo(
            new Violation("sharing.shallow.depth", "must be in [1, 7] for this model, was 8"));
  }

  @Test
  void of_noTable_isRefusedUnlessTheDepthIsGiven() {
    var prompt = text(SHARED);
    var refused = refused(DepthTable.NONE, prompt, s -> s.setPrefixTokens(64));
    assertThat(refused.field()).isEqualTo("sharing.shallow");
    assertThat(refused.description()).contains("no layers were measured", "eval --drift");
    assertThat(of(DepthTable.NONE, prompt, s -> s.setPrefixTokens(64).setShallow(depth(1))).depth())
        .isEqualTo(1);
  }

  @Test
  void of_shareThatIsNotSafe_isRefused() {
    var shy = new DepthTable(List.of(new DepthTable.Bound(.3, 1), new DepthTable.Bound(1, 0)));
    int length = Prompts.tokens(text(SHARED), model).length;
    assertThat(refused(shy, text(SHARED), s -> s.setPrefixTokens(length)).description())
        .contains("share less of the prompt");
  }

  private static SharedPrefix of(
      DepthTable table, Prompt prompt, Consumer<Sharing.Builder> declare) {
    var sharing = Sharing.newBuilder().setShallow(ShallowSharing.getDefaultInstance());
    declare.accept(sharing);
    var request = DecodeRequest.newBuilder().setPrompt(prompt).setSharing(sharing).build();
    return new Prefixes(with(table), Prompts.tokens(prompt, model)).shallow(request).orElseThrow();
  }

  private static Violation refused(
      DepthTable table, Prompt prompt, Consumer<Sharing.Builder> declare) {
    var found = new Violation[1];
    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(() -> of(table, prompt, declare))
        .satisfies(e -> found[0] = ((Problem.BadRequest) e.problem()).violations().getFirst());
    return found[0];
  }

  @Test
  void of_blockCausalModel_isRefused() {
    var causal = with(TABLE, model.traits().withCausalBlock(32));
    var sharing =
        Sharing.newBuilder().setShallow(ShallowSharing.getDefaultInstance()).setPrefixTokens(64);
    var request = DecodeRequest.newBuilder().setPrompt(text(SHARED)).setSharing(sharing).build();
    var prefixes = new Prefixes(causal, Prompts.tokens(text(SHARED), model));

    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(() -> prefixes.shallow(request))
        .withMessageContaining("shared exactly");
  }

  @Test
  void granted_blockCausalModel_isWholeSpansOfTheDeclaredPrefix() {
    var causal = with(DepthTable.NONE, model.traits().withCausalBlock(32));
    int[] prompt = Prompts.tokens(text(SHARED), model);
    var sharing = Sharing.newBuilder().setPublicNamespace("all").setPrefixTokens(70);
    var request = DecodeRequest.newBuilder().setPrompt(text(SHARED)).setSharing(sharing).build();

    assertThat(new Prefixes(causal, prompt).granted(request)).hasValue(64);
    assertThat(new Prefixes(causal, prompt).granted(DecodeRequest.getDefaultInstance())).isEmpty();
    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(() -> new Prefixes(with(TABLE), prompt).granted(request))
        .withMessageContaining("block-causal");
  }

  private static ServedModel with(DepthTable table) {
    return with(table, model.traits());
  }

  private static ServedModel with(DepthTable table, ModelTraits traits) {
    return new ServedModel(
        model.description(),
        traits,
        model.engine(),
        model.tokenizer(),
        model.text(),
        model.template(),
        table,
        model.program());
  }

  private static ShallowSharing depth(int depth) {
    return ShallowSharing.newBuilder().setDepth(depth).build();
  }

  private static Prompt text(String text) {
    return Prompt.newBuilder().setText(text).build();
  }

  private static Prompt talk(String system, String user) {
    return Prompt.newBuilder()
        .setConversation(
            Conversation.newBuilder()
                .addMessages(Message.newBuilder().setRole("system").setContent(system))
                .addMessages(Message.newBuilder().setRole("user").setContent(user)))
        .build();
  }
}
