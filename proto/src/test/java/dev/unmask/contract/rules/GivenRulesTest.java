package dev.unmask.contract.rules;

import static dev.unmask.contract.rules.Samples.LLADA;
import static dev.unmask.contract.rules.Samples.MASK;
import static dev.unmask.contract.rules.Samples.VOCABULARY;
import static dev.unmask.contract.rules.Samples.one;
import static org.assertj.core.api.Assertions.assertThat;

import dev.unmask.contract.Limits;
import dev.unmask.contract.Violation;
import dev.unmask.decoder.v1.DecodeRequest;
import dev.unmask.type.v1.DecodingSpec;
import dev.unmask.type.v1.Given;
import dev.unmask.type.v1.GivenToken;
import dev.unmask.type.v1.Model;
import dev.unmask.type.v1.ModelFamily;
import dev.unmask.type.v1.TokenIds;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class GivenRulesTest {
  private static final int GENERATION = 32;
  private static final DecodingSpec SPEC =
      DecodingSpec.newBuilder().setGenerationLength(GENERATION).build();
  private static final Model SDAR =
      Samples.model(ModelFamily.MODEL_FAMILY_SDAR).toBuilder().setBlockLength(4).build();

  @Test
  void given_tokensAndSuffixAtTheirBounds_areGood() {
    var given = given(0, 5, GENERATION - 3).toBuilder().setSuffixTokens(ids(1, 2)).build();
    assertThat(violations(LLADA, given)).isEmpty();
    assertThat(violations(LLADA, Given.newBuilder().setSuffixText("!").build())).isEmpty();
    assertThat(violations(LLADA, Given.getDefaultInstance())).isEmpty();
    assertThat(violations(SDAR, given(0, 5, GENERATION - 1))).isEmpty();
  }

  @Test
  void position_notRising_isRefused() {
    assertThat(violations(LLADA, given(3, 3)))
        .isEqualTo(one("given.tokens[1].position", "must be above the one before, 3, was 3"));
  }

  @Test
  void position_inOrBehindTheSuffix_isRefusedWithTheBound() {
    var given = given(GENERATION - 2).toBuilder().setSuffixTokens(ids(1, 2)).build();
    assertThat(violations(LLADA, given))
        .isEqualTo(
            one(
                "given.tokens[0].position",
                "must be below 30 (generation_length minus suffix), was 30"));
    assertThat(violations(LLADA, given(-1)))
        .extracting(Violation::description)
        .containsExactly("must be below 32 (generation_length minus suffix), was 4294967295");
  }

  @Test
  void token_unknownOrMask_isRefused() {
    var given =
        Given.newBuilder()
            .addTokens(GivenToken.newBuilder().setPosition(0).setToken(VOCABULARY))
            .addTokens(GivenToken.newBuilder().setPosition(1).setToken(MASK))
            .setSuffixTokens(ids(MASK))
            .build();
    assertThat(violations(LLADA, given))
        .containsExactly(
            new Violation("given.suffix_tokens.ids[0]", "must not be the mask token 499"),
            new Violation(
                "given.tokens[0].token", "must be below the vocabulary size 500, was 500"),
            new Violation("given.tokens[1].token", "must not be the mask token 499"));
  }

  @Test
  void suffix_asLongAsTheGeneration_isRefused() {
    var suffix = ids(IntStream.range(0, GENERATION).toArray());
    assertThat(violations(LLADA, Given.newBuilder().setSuffixTokens(suffix).build()))
        .isEqualTo(
            one("given.suffix_tokens", "must be shorter than generation_length 32 tokens, was 32"));
  }

  @Test
  void suffix_empty_isRefused() {
    assertThat(violations(LLADA, Given.newBuilder().setSuffixText("").build()))
        .isEqualTo(one("given.suffix_text", "must not be empty"));
    assertThat(violations(LLADA, Given.newBuilder().setSuffixTokens(ids()).build()))
        .isEqualTo(one("given.suffix_tokens.ids", "must not be empty"));
    var tooLong = Given.newBuilder().setSuffixText("x".repeat(Limits.PROMPT_BYTES + 1)).build();
    assertThat(violations(LLADA, tooLong))
        .extracting(Violation::field)
        .containsExactly("given.suffix_text");
  }

  @Test
  void suffix_blockCausalModel_isRefusedWithTheReason() {
    assertThat(violations(SDAR, Given.newBuilder().setSuffixText("!").build()))
        .singleElement()
        .satisfies(violation -> {
          assertThat(violation.field()).isEqualTo("given.suffix_text");
          assertThat(violation.description()).contains("block-causal");
        });
  }

  @Test
  void given_nothingLeftToDecode_isRefused() {
    var given =
        given(IntStream.range(0, GENERATION - 2).toArray()).toBuilder()
            .setSuffixTokens(ids(1, 2))
            .build();
    assertThat(violations(LLADA, given))
        .isEqualTo(one("given.tokens", "must leave a position to decode: at most 29, was 30"));
  }

  @Test
  void suffixText_tooManyTokensOrMasks_isRefusedOnceItsTokensAreKnown() {
    var given = given(30).toBuilder().setSuffixText("a text").build();
    var rules = RequestRules.of(LLADA);
    assertThat(rules.violations(SPEC, given, ids(4))).isEmpty();
    assertThat(rules.violations(SPEC, given, ids(4, 5)))
        .extracting(Violation::field)
        .containsExactly("given.tokens[0].position");
    assertThat(rules.violations(SPEC, given, ids(IntStream.range(0, GENERATION).toArray())))
        .isEqualTo(
            one("given.suffix_text", "must be shorter than generation_length 32 tokens, was 32"));
    assertThat(rules.violations(SPEC, given, ids(MASK)))
        .extracting(Violation::field)
        .containsExactly("given.suffix_text.ids[0]");
  }

  /** The same rules for gateways' requests. */
  @Test
  void given_ofADecodeRequest_isCheckedToo() {
    var request =
        DecodeRequest.newBuilder()
            .setRequestId("r1")
            .setModel("mini")
            .setNamespace("default")
            .setPrompt(Samples.tokens(1))
            .setSpec(SPEC)
            .setGiven(given(3, 2));
    assertThat(RequestRules.of(LLADA).violations(request.build()))
        .extracting(Violation::field)
        .containsExactly("given.tokens[1].position");
  }

  private static List<Violation> violations(Model model, Given given) {
    var request = Samples.request().setSpec(SPEC).setGiven(given).build();
    return RequestRules.of(model).violations(request);
  }

  private static Given given(int... positions) {
    var given = Given.newBuilder();
    Arrays.stream(positions)
        .forEach(
            position -> given.addTokens(GivenToken.newBuilder().setPosition(position).setToken(7)));
    return given.build();
  }

  private static TokenIds ids(int... ids) {
    var tokens = TokenIds.newBuilder();
    Arrays.stream(ids).forEach(tokens::addIds);
    return tokens.build();
  }
}
