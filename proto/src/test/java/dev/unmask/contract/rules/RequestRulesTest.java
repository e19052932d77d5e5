package dev.unmask.contract.rules;

import static dev.unmask.contract.rules.Samples.LLADA;
import static dev.unmask.contract.rules.Samples.VOCABULARY;
import static dev.unmask.contract.rules.Samples.one;
import static dev.unmask.contract.rules.Samples.tokens;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unmask.contract.Limits;
import dev.unmask.contract.Problem;
import dev.unmask.contract.ProblemException;
import dev.unmask.contract.Violation;
import dev.unmask.decoder.v1.DecodeRequest;
import dev.unmask.type.v1.Prompt;
import dev.unmask.type.v1.TokenIds;
import java.util.List;
import org.junit.jupiter.api.Test;

class RequestRulesTest {
  private static final RequestRules RULES = RequestRules.of(LLADA);

  @Test
  void names_atAndBeyondTheirLength_areRefusedBeyondOnly() {
    var longest = "n".repeat(128);
    var good = Samples.request().setModel(longest).setWorker(longest).setRequestId(longest);
    assertThat(RULES.violations(good.build())).isEmpty();
    var tooLong = "n".repeat(129);
    var bad = Samples.request().setModel(tooLong).setWorker(tooLong).setRequestId(tooLong);
    assertThat(RULES.violations(bad.build()))
        .containsExactly(
            new Violation("model", "must be at most 128 characters, was 129"),
            new Violation("request_id", "must be at most 128 characters, was 129"),
            new Violation("worker", "must be at most 128 characters, was 129"));
  }

  @Test
  void requestId_withOtherCharacters_isRefusedAndQuotedSafely() {
    assertThat(RULES.violations(Samples.request().setRequestId("a b\u00e9").build()))
        .isEqualTo(one("request_id", "must be characters of [A-Za-z0-9._-], was \"a b?\""));
  }

  @Test
  void decodeRequest_complete_isGood() {
    assertThat(RULES.violations(decode().build())).isEmpty();
    assertThat(RULES.violations(decode().setNamespace("n".repeat(64)).build())).isEmpty();
  }

  @Test
  void decodeRequest_withoutNames_isRefused() {
    assertThat(RULES.violations(decode().clearModel().clearRequestId().clearNamespace().build()))
        .extracting(Violation::field)
        .containsExactly("model", "request_id", "namespace");
    assertThat(RULES.violations(decode().setNamespace("n".repeat(65)).build()))
        .extracting(Violation::field)
        .containsExactly("namespace");
  }

  @Test
  void timeBudget_belowZeroOrNoDuration_isRefused() {
    var none = com.google.protobuf.Duration.getDefaultInstance();
    assertThat(RULES.violations(decode().setTimeBudget(none).build())).isEmpty();
    var wrong = com.google.protobuf.Duration.newBuilder().setSeconds(-1).setNanos(-5);
    assertThat(RULES.violations(decode().setTimeBudget(wrong).build()))
        .containsExactly(
            new Violation("time_budget.nanos", "must be in [0, 999999999], was -5"),
            new Violation("time_budget.seconds", "must be at least 0, was -1"));
  }

  @Test
  void rules_ofAnyModel_leaveModelBoundsOut() {
    var request = Samples.request().setPrompt(tokens(VOCABULARY)).build();
    assertThat(RequestRules.ofAnyModel().violations(request)).isEmpty();
    assertThat(RULES.violations(request)).hasSize(1);
  }

  @Test
  void tokenize_ofBothServices_checkTheSamePrompt() {
    var prompt = Prompt.newBuilder().setText("").build();
    assertThat(
            RULES.violations(
                dev.unmask.generation.v1.TokenizeRequest.newBuilder().setPrompt(prompt).build()))
        .isEqualTo(one("prompt.text", "must not be empty"));
    assertThat(
            RULES.violations(
                dev.unmask.decoder.v1.TokenizeRequest.newBuilder().setPrompt(prompt).build()))
        .extracting(Violation::field)
        .containsExactly("model", "prompt.text");
  }

  @Test
  void detokenize_ofBothServices_allowTheMaskAndRefuseUnknownIds() {
    var tokens = TokenIds.newBuilder().addIds(Samples.MASK).addIds(VOCABULARY).build();
    assertThat(
            RULES.violations(
                dev.unmask.generation.v1.DetokenizeRequest.newBuilder().setTokens(tokens).build()))
        .extracting(Violation::field)
        .containsExactly("tokens.ids[1]");
    assertThat(RULES.violations(dev.unmask.decoder.v1.DetokenizeRequest.getDefaultInstance()))
        .extracting(Violation::field)
        .containsExactly("model", "tokens.ids");
  }

  @Test
  void violations_moreThanFit_areCounted() {
    var request = Samples.request().setPrompt(tokens(filled(800, VOCABULARY))).build();
    var violations = RULES.violations(request);
    int size =
        violations.stream().mapToInt(v -> v.field().length() + v.description().length()).sum();
    assertThat(size).isLessThan(Limits.VIOLATION_BYTES + 100);
    assertThat(violations.getLast().field()).isEqualTo("request");
    assertThat(violations.getLast().description())
        .isEqualTo("breaks " + (800 - violations.size() + 1) + " more rules, not listed");
  }

  @Test
  void require_withViolations_throwsAShortMessage() {
    RequestRules.require(List.of());
    var request = Samples.request().setPrompt(tokens(filled(800, VOCABULARY))).build();
    assertThatThrownBy(() -> RequestRules.require(RULES.violations(request)))
        .isInstanceOfSatisfying(
            ProblemException.class,
            thrown -> {
              assertThat(thrown.problem()).isInstanceOf(Problem.BadRequest.class);
              assertThat(thrown)
                  .message()
                  .hasSize(Limits.STATUS_MESSAGE_CHARACTERS)
                  .endsWith("...");
            });
  }

  private static DecodeRequest.Builder decode() {
    return DecodeRequest.newBuilder()
        .setRequestId("r1")
        .setModel("mini")
        .setNamespace("default")
        .setPrompt(Prompt.newBuilder().setText("1+1="));
  }

  private static int[] filled(int length, int value) {
    var ids = new int[length];
    java.util.Arrays.fill(ids, value);
    return ids;
  }
}
