package dev.unmask.contract.rules;

import static dev.unmask.contract.rules.Samples.LLADA;
import static dev.unmask.contract.rules.Samples.one;
import static dev.unmask.contract.rules.Samples.request;
import static dev.unmask.contract.rules.Samples.tokens;
import static org.assertj.core.api.Assertions.assertThat;

import dev.unmask.contract.Violation;
import dev.unmask.decoder.v1.DecodeRequest;
import dev.unmask.type.v1.Conversation;
import dev.unmask.type.v1.DecodingSpec;
import dev.unmask.type.v1.DllmCache;
import dev.unmask.type.v1.Guidance;
import dev.unmask.type.v1.Message;
import dev.unmask.type.v1.NoCache;
import dev.unmask.type.v1.PageEncoding;
import dev.unmask.type.v1.Prompt;
import dev.unmask.type.v1.ShallowSharing;
import dev.unmask.type.v1.Sharing;
import dev.unmask.type.v1.SparseDllm;
import dev.unmask.type.v1.Wino;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a request may share beyond what is exact. */
class SharingRulesTest {
  private static final ShallowSharing SHALLOW = ShallowSharing.getDefaultInstance();
  private static final Prompt TALK =
      Prompt.newBuilder()
          .setConversation(
              Conversation.newBuilder()
                  .addMessages(Message.newBuilder().setRole("system").setContent("s"))
                  .addMessages(Message.newBuilder().setRole("user").setContent("u")))
          .build();
  private static final Prompt TEXT = Prompt.newBuilder().setText("a\uD83D\uDE00b").build();

  @Test
  void sharing_everyFormOfPrefix_isTaken() {
    assertThat(of(tokens(1, 2, 3), shallow().setPrefixTokens(3))).isEmpty();
    assertThat(of(TEXT, shallow().setPrefixTokens(900))).isEmpty();
    assertThat(of(TALK, shallow().setPrefixMessages(2))).isEmpty();
    assertThat(of(TEXT, shallow().setPrefixCharacters(3))).isEmpty();
  }

  @Test
  void sharing_pageEncodingAlone_isTaken() {
    var encoding = PageEncoding.PAGE_ENCODING_INT8;
    assertThat(of(TEXT, Sharing.newBuilder().setPageEncoding(encoding))).isEmpty();
    assertThat(of(TEXT, Sharing.newBuilder().setPageEncodingValue(9)))
        .extracting(Violation::field)
        .containsExactly("sharing.page_encoding");
    assertThat(of(TEXT, Sharing.newBuilder())).hasSize(2);
  }

  @Test
  void sharing_publicNamespaceAlone_isTakenIfItIsAName() {
    assertThat(of(TEXT, Sharing.newBuilder().setPublicNamespace("docs"))).isEmpty();
    assertThat(of(TEXT, Sharing.newBuilder().setPublicNamespace("Docs")))
        .extracting(Violation::field)
        .containsExactly("sharing.public_namespace");
  }

  @Test
  void sharing_prefixBeyondThePrompt_isRefused() {
    assertThat(of(tokens(1, 2, 3), shallow().setPrefixTokens(4)))
        .isEqualTo(one("sharing.prefix_tokens", "must be in [1, 3], was 4"));
    assertThat(of(TALK, shallow().setPrefixMessages(3)))
        .isEqualTo(one("sharing.prefix_messages", "must be in [1, 2], was 3"));
    assertThat(of(TEXT, shallow().setPrefixCharacters(4)))
        .isEqualTo(one("sharing.prefix_characters", "must be in [1, 3], was 4"));
    assertThat(of(TEXT, shallow().setPrefixTokens(-1))).hasSize(1);
    assertThat(of(TEXT, shallow().setPrefixTokens(0))).hasSize(1);
  }

  @Test
  void sharing_prefixOfAnotherFormOfPrompt_isRefused() {
    assertThat(of(TEXT, shallow().setPrefixMessages(1)))
        .isEqualTo(one("sharing.prefix_messages", "needs a conversation as prompt"));
    assertThat(of(TALK, shallow().setPrefixCharacters(1)))
        .isEqualTo(one("sharing.prefix_characters", "needs a text as prompt"));
  }

  @Test
  void sharing_nothingSaid_asksForBoth() {
    assertThat(of(TEXT, Sharing.newBuilder()))
        .extracting(Violation::description)
        .satisfiesExactly(
            prefix -> assertThat(prefix).contains("prefix_tokens"),
            mode -> assertThat(mode).contains("shallow"));
  }

  @Test
  void sharing_depthOfNoLayers_isRefused() {
    for (int depth : new int[] {0, -1, 1024}) {
      var sharing =
          Sharing.newBuilder()
              .setPrefixTokens(32)
              .setShallow(ShallowSharing.newBuilder().setDepth(depth));
      assertThat(of(TEXT, sharing))
          .extracting(Violation::field)
          .containsExactly("sharing.shallow.depth");
    }
  }

  @Test
  void sharing_methodWithoutPlainFirstForward_isRefused() {
    var methods =
        List.of(
            spec()
                .setGuidance(Guidance.newBuilder().setScale(1))
                .setNoCache(NoCache.getDefaultInstance()),
            spec().setWino(Wino.getDefaultInstance()).setNoCache(NoCache.getDefaultInstance()),
            spec().setDllmCache(DllmCache.getDefaultInstance()),
            spec().setSparseDllm(SparseDllm.newBuilder().setDelay(0)));
    for (var method : methods) {
      assertThat(of(TEXT, method.build(), shallow().setPrefixTokens(32)))
          .filteredOn(found -> found.field().equals("sharing.shallow"))
          .as(method.toString())
          .singleElement()
          .extracting(Violation::description)
          .asString()
          .contains("plain first forward");
    }
    var delayed = spec().setSparseDllm(SparseDllm.getDefaultInstance()).build();
    assertThat(of(TEXT, delayed, shallow().setPrefixTokens(32))).isEmpty();
  }

  @Test
  void sharing_ofAGatewaysRequest_isCheckedToo() {
    var request =
        DecodeRequest.newBuilder()
            .setRequestId("r")
            .setModel("mini")
            .setNamespace("a")
            .setPrompt(TEXT)
            .setSharing(shallow().setPrefixCharacters(9));
    assertThat(RequestRules.of(LLADA).violations(request.build()))
        .isEqualTo(one("sharing.prefix_characters", "must be in [1, 3], was 9"));
  }

  private static Sharing.Builder shallow() {
    return Sharing.newBuilder().setShallow(SHALLOW);
  }

  private static DecodingSpec.Builder spec() {
    return DecodingSpec.newBuilder();
  }

  private static List<Violation> of(Prompt prompt, Sharing.Builder sharing) {
    return of(prompt, DecodingSpec.getDefaultInstance(), sharing);
  }

  private static List<Violation> of(Prompt prompt, DecodingSpec spec, Sharing.Builder sharing) {
    return RequestRules.of(LLADA)
        .violations(request().setPrompt(prompt).setSpec(spec).setSharing(sharing).build());
  }
}
