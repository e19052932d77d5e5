package dev.unmask.gateway.openai.request;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import dev.unmask.contract.Limits;
import dev.unmask.contract.preference.PreferenceWords;
import dev.unmask.gateway.openai.fields.Fields;
import dev.unmask.generation.v1.DeadlineRule;
import dev.unmask.generation.v1.GenerateRequest;
import dev.unmask.type.v1.DecodingSpec;
import dev.unmask.type.v1.Sharing;
import java.time.Duration;
import java.util.Optional;

/** The field {@code unmask}: what OpenAI's API has no words for, in protobuf's JSON form. */
final class UnmaskFields {
  private static final String SPEC = "spec";
  private static final String SHARING = "sharing";
  private static final String DEADLINE_RULE = "deadline_rule";
  private static final String PREFERENCE = "preference";

  private final Optional<Fields> given;

  UnmaskFields(Fields body) {
    this.given = body.object("unmask");
  }

  DecodingSpec.Builder spec() {
    var spec = DecodingSpec.newBuilder();
    given.ifPresent(fields -> merge(fields, SPEC, spec));
    return spec;
  }

  /** Sharing, deadline rule, preference and worker, where they are given. */
  void addTo(GenerateRequest.Builder request) {
    given.ifPresent(fields -> {
      var sharing = Sharing.newBuilder();
      if (merge(fields, SHARING, sharing)) {
        request.setSharing(sharing);
      }
      fields.text(DEADLINE_RULE).ifPresent(name -> deadlineRule(fields, name, request));
      fields.text(PREFERENCE).ifPresent(word -> preference(fields, word, request));
      fields.text("worker").ifPresent(request::setWorker);
    });
  }

  Optional<Duration> deadline() {
    return given
        .flatMap(fields -> fields.whole("deadline_ms", 1, Limits.REQUEST_TIME.toMillis()))
        .map(Duration::ofMillis);
  }

  boolean canvas() {
    return given.map(fields -> fields.flag("canvas_events")).orElse(false);
  }

  /** Notes that a field of the canvas makes sense in a stream only. */
  void refuseCanvas(String description) {
    given.ifPresent(fields -> fields.wrong("canvas_events", description));
  }

  private static void deadlineRule(Fields fields, String name, GenerateRequest.Builder request) {
    Optional.ofNullable(DeadlineRule.getDescriptor().findValueByName(name))
        .ifPresentOrElse(
            rule -> request.setDeadlineRule(DeadlineRule.valueOf(rule)),
            () ->
                fields.wrong(
                    DEADLINE_RULE,
                    "must be "
                        + DeadlineRule.DEADLINE_RULE_FAIL
                        + " or "
                        + DeadlineRule.DEADLINE_RULE_FEWER_STEPS));
  }

  private static void preference(Fields fields, String word, GenerateRequest.Builder request) {
    PreferenceWords.named(word)
        .ifPresentOrElse(
            request::setPreference,
            () -> fields.wrong(PREFERENCE, "must be one of " + PreferenceWords.list()));
  }

  private static boolean merge(Fields fields, String name, Message.Builder into) {
    var json = fields.any(name);
    json.map(JsonNode::toString)
        .ifPresent(text -> {
          try {
            JsonFormat.parser().merge(text, into);
          } catch (InvalidProtocolBufferException e) {
            fields.wrong(
                name,
                "is not a "
                    + into.getDescriptorForType().getName()
                    + " in JSON: "
                    + e.getMessage());
          }
        });
    return json.isPresent();
  }
}
