package dev.unmask.contract.rules;

import dev.unmask.contract.Limits;
import java.util.regex.Pattern;

/** Rules of the names a request carries. Required or not is said by the caller. */
final class NameRules {
  private static final Pattern REQUEST_ID = Pattern.compile("[A-Za-z0-9._-]*");
  private static final Pattern NAMESPACE =
      Pattern.compile("[a-z0-9-]{1," + Limits.NAMESPACE_CHARACTERS + "}");

  private NameRules() {}

  static void required(String field, String name, Violations violations) {
    violations.addIf(name.isEmpty(), field, "is required");
    optional(field, name, violations);
  }

  static void optional(String field, String name, Violations violations) {
    int characters = name.codePointCount(0, name.length());
    violations.addIf(
        characters > Limits.NAME_CHARACTERS,
        field,
        "must be at most " + Limits.NAME_CHARACTERS + " characters, was " + characters);
  }

  static void requestId(String id, Violations violations) {
    optional("request_id", id, violations);
    violations.addIf(
        !REQUEST_ID.matcher(id).matches(),
        "request_id",
        "must be characters of [A-Za-z0-9._-], was " + Violations.quote(id));
  }

  static void namespace(String field, String namespace, Violations violations) {
    violations.addIf(
        !NAMESPACE.matcher(namespace).matches(),
        field,
        "must be 1 to "
            + Limits.NAMESPACE_CHARACTERS
            + " characters of [a-z0-9-], was "
            + Violations.quote(namespace));
  }
}
