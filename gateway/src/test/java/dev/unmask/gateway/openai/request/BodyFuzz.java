package dev.unmask.gateway.openai.request;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.unmask.contract.Limits;
import dev.unmask.contract.ProblemException;
import dev.unmask.contract.rules.RequestRules;
import dev.unmask.fuzz.Finding;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Bodies of OpenAI's API: refused in bounded words, or a request within the bounds of HTTP. */
public final class BodyFuzz {
  private static final ObjectMapper JSON = new ObjectMapper();

  private BodyFuzz() {}

  /** The first byte says whether the others are a chat's body or a completion's. */
  public static void fuzzerTestOneInput(byte[] input) {
    if (input.length > 0) {
      body(input)
          .ifPresent(body -> {
            try {
              wanted(input[0] % 2 == 0 ? Reading.chat(body) : Reading.completion(body));
            } catch (ProblemException e) {
              Finding.unless(
                  e.problem().message().length() <= Limits.STATUS_MESSAGE_CHARACTERS,
                  "a message of " + e.problem().message().length() + " characters");
            }
          });
    }
  }

  private static void wanted(Wanted wanted) {
    Finding.unless(wanted.choices() >= 1 && wanted.choices() <= Limits.CHOICES, "n");
    Finding.unless(
        wanted.deadline().stream().allMatch(time -> time.compareTo(Limits.REQUEST_TIME) <= 0),
        "deadline_ms");
    var suffixed = wanted.suffix().isEmpty() ? wanted : wanted.leadingTo(List.of(1, 2, 3));
    for (int i = 0; i < suffixed.choices(); i++) {
      RequestRules.ofAnyModel().violations(suffixed.choice(i, "chatcmpl-1"));
    }
  }

  /** As the server reads it, before any of ours. */
  private static Optional<ObjectNode> body(byte[] input) {
    try {
      return JSON.readTree(input, 1, input.length - 1) instanceof ObjectNode body
          ? Optional.of(body)
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
