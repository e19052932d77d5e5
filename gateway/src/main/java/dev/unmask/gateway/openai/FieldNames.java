package dev.unmask.gateway.openai;

import java.util.Map;
import java.util.regex.Pattern;

/** What fields of the gateway's own request are called in OpenAI's. */
final class FieldNames {
  private static final Map<String, String> SAME =
      Map.of(
          "spec.generation_length", "max_tokens",
          "spec.sampling.temperature", "temperature",
          "spec.sampling.top_p", "top_p",
          "spec.sampling.seed", "seed",
          "prompt.text", "prompt",
          "prompt.conversation", "messages",
          "given.suffix_text", "suffix",
          "given.suffix_tokens", "suffix",
          "deadline_rule", "unmask.deadline_rule",
          "worker", "unmask.worker");
  private static final Pattern MESSAGES = Pattern.compile("prompt\\.conversation\\.(messages.*)");
  private static final Pattern TOKENS = Pattern.compile("prompt\\.tokens(\\.ids)?(.*)");
  private static final Pattern STOP = Pattern.compile("spec\\.(stop.*)");
  private static final Pattern SUFFIX = Pattern.compile("given\\.suffix_tokens\\.ids(.*)");
  private static final Pattern OURS = Pattern.compile("(spec|sharing|preference)(\\..*|)");

  private FieldNames() {}

  static String of(String field) {
    if (SAME.containsKey(field)) {
      return SAME.get(field);
    }
    var named = MESSAGES.matcher(field).replaceFirst("$1");
    named = TOKENS.matcher(named).replaceFirst("prompt$2");
    named = STOP.matcher(named).replaceFirst("$1");
    named = SUFFIX.matcher(named).replaceFirst("suffix$1");
    return OURS.matcher(named).replaceFirst("unmask.$1$2");
  }
}
