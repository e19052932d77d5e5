package dev.unmask.cache.api;

import dev.unmask.contract.Limits;
import dev.unmask.contract.Violation;
import dev.unmask.page.PageKey;
import java.util.List;
import java.util.regex.Pattern;

/** Bounds of the names in requests. */
public final class Names {
  private static final Pattern NAMESPACE =
      Pattern.compile("[a-z0-9-]{1," + Limits.NAMESPACE_CHARACTERS + "}");

  private Names() {}

  /** What is wrong with a namespace. */
  public static List<Violation> check(String namespace) {
    return NAMESPACE.matcher(namespace).matches()
        ? List.of()
        : List.of(
            new Violation(
                "namespace",
                "must be 1 to " + Limits.NAMESPACE_CHARACTERS + " characters of [a-z0-9-]"));
  }

  /** What is wrong with a key. */
  public static List<Violation> check(String field, dev.unmask.type.v1.PageKey key) {
    int bytes = key.getDigest().size();
    return bytes == PageKey.BYTES
        ? List.of()
        : List.of(new Violation(field, "must be " + PageKey.BYTES + " bytes, not " + bytes));
  }
}
