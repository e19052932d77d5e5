package dev.unmask.contract.rules;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.unmask.contract.Limits;
import dev.unmask.contract.Problem;
import dev.unmask.contract.Problems;
import dev.unmask.contract.Violation;
import dev.unmask.decoder.v1.DecodeRequest;
import dev.unmask.fuzz.Finding;
import dev.unmask.generation.v1.GenerateRequest;
import dev.unmask.type.v1.DecodingSpec;
import dev.unmask.type.v1.Prompt;
import io.grpc.protobuf.StatusProto;
import java.util.List;

/**
 * Bytes as requests of clients and gateways: rules refuse in bounded words, and what they let pass
 * is within {@link Limits}.
 */
public final class RequestFuzz {
  private static final List<RequestRules> RULES =
      List.of(
          RequestRules.ofAnyModel(),
          RequestRules.of(Samples.LLADA),
          RequestRules.of(Samples.DREAM));

  /** gRPC clients take trailers of 8 KiB, encoded: a third more than their bytes. */
  private static final int STATUS_BYTES = 6 << 10;

  private RequestFuzz() {}

  /** The first byte says whose request the others are. */
  public static void fuzzerTestOneInput(byte[] input) {
    if (input.length == 0) {
      return;
    }
    var in = ByteString.copyFrom(input, 1, input.length - 1);
    try {
      if (input[0] % 2 == 0) {
        generate(GenerateRequest.parseFrom(in));
      } else {
        decode(DecodeRequest.parseFrom(in));
      }
    } catch (InvalidProtocolBufferException e) {
      // The transport's word for bytes that are no message.
    }
  }

  private static void generate(GenerateRequest request) {
    for (var rules : RULES) {
      var found = rules.violations(request);
      told(found);
      if (found.isEmpty()) {
        bounded(request.getModel(), request.getPrompt(), request.getSpec());
        Finding.unless(request.getRequestId().length() <= Limits.NAME_CHARACTERS, "request_id");
      }
    }
  }

  private static void decode(DecodeRequest request) {
    for (var rules : RULES) {
      var found = rules.violations(request);
      told(found);
      if (found.isEmpty()) {
        bounded(request.getModel(), request.getPrompt(), request.getSpec());
        Finding.unless(request.getNamespace().length() <= Limits.NAMESPACE_CHARACTERS, "namespace");
      }
    }
  }

  private static void told(List<Violation> found) {
    var status = StatusProto.fromThrowable(Problems.toStatus(new Problem.BadRequest(found)));
    Finding.unless(
        status.getSerializedSize() <= STATUS_BYTES, "a status of " + status.getSerializedSize());
    Finding.unless(
        status.getMessage().length() <= Limits.STATUS_MESSAGE_CHARACTERS, "a long message");
  }

  private static void bounded(String model, Prompt prompt, DecodingSpec spec) {
    Finding.unless(model.codePointCount(0, model.length()) <= Limits.NAME_CHARACTERS, "model");
    Finding.unless(prompt.getTextBytes().size() <= Limits.PROMPT_BYTES, "prompt");
    Finding.unless(
        prompt.getConversation().getMessagesCount() <= Limits.CONVERSATION_MESSAGES, "messages");
    Finding.unless(
        Integer.toUnsignedLong(spec.getGenerationLength()) <= Limits.GENERATION_LENGTH, "length");
    Finding.unless(spec.getStopCount() <= Limits.STOP_STRINGS, "stop");
    double temperature = spec.getSampling().getTemperature();
    Finding.unless(temperature >= 0 && temperature <= Limits.TEMPERATURE, "temperature");
  }
}
