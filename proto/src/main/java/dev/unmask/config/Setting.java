package dev.unmask.config;

import dev.unmask.contract.Limits;

/**
 * A setting as a person is told of it. The reference of settings is made of these.
 *
 * @param name its key; {@code NAMESPACE} stands for any namespace, {@code [0]} for any number
 * @param type how a value is written, e.g. {@code duration}
 * @param usual what holds without it; empty: it must be given, or a file of the service has it
 * @param range what is allowed; empty: whatever the type allows
 * @param meaning one sentence or two
 */
public record Setting(String name, String type, String usual, String range, String meaning) {
  /** A type whose entries may be written with commas, or as a list of a file. */
  public static final String LIST = "list";

  /** Matches every key that means this setting, and no other. */
  String pattern() {
    var key =
        name.replace(".", "\\.")
            .replace("NAMESPACE", "[a-z0-9-]{1," + Limits.NAMESPACE_CHARACTERS + "}")
            .replace("[0]", "\\[\\d+]");
    return type.equals(LIST) ? key + "(\\[\\d+])?" : key;
  }
}
