package dev.unmask.contract.rules;

import dev.unmask.contract.Limits;
import dev.unmask.contract.Violation;
import java.util.ArrayList;
import java.util.List;

/**
 * The broken rules of one request, in the order they were found. Lists as many as fit into the
 * trailers every gRPC client accepts ({@link Limits#VIOLATION_BYTES}) and counts the rest. Used by
 * one thread.
 */
final class Violations {
  private static final int SHOWN_CHARACTERS = 32;

  private final List<Violation> listed = new ArrayList<>();
  private int bytes;
  private long unlisted;

  void add(String field, String description) {
    int size = field.length() + description.length();
    if (bytes + size > Limits.VIOLATION_BYTES) {
      unlisted++;
      return;
    }
    bytes += size;
    listed.add(new Violation(field, description));
  }

  void addIf(boolean broken, String field, String description) {
    if (broken) {
      add(field, description);
    }
  }

  /** An unsigned number of the contract, widened, must be within closed bounds. */
  void range(String field, long given, long least, long most) {
    addIf(
        given < least || given > most,
        field,
        "must be in [" + least + ", " + most + "], was " + given);
  }

  void range(String field, double given, Interval bounds) {
    addIf(!bounds.contains(given), field, "must be in " + bounds + ", was " + Interval.show(given));
  }

  /** An optional unsigned number, when it is there. */
  void optional(boolean there, String field, int given, long least, long most) {
    if (there) {
      range(field, Integer.toUnsignedLong(given), least, most);
    }
  }

  /** An optional number, when it is there. */
  void optional(boolean there, String field, double given, Interval bounds) {
    if (there) {
      range(field, given, bounds);
    }
  }

  /** A choice must be one this version knows; {@code number} is what was sent. */
  void known(String field, int number, Enum<?> choice) {
    addIf(
        choice.name().equals("UNRECOGNIZED"), field, "must be a value of its enum, was " + number);
  }

  /** All broken rules; the last one tells how many did not fit. */
  List<Violation> list() {
    var all = new ArrayList<>(listed);
    if (unlisted > 0) {
      all.add(new Violation("request", "breaks " + unlisted + " more rules, not listed"));
    }
    return List.copyOf(all);
  }

  /** Text of a caller as it may stand in a message: quoted, printable ASCII, short. */
  static String quote(String given) {
    var shown = new StringBuilder("\"");
    given
        .chars()
        .limit(SHOWN_CHARACTERS)
        .forEach(c -> shown.append(c >= ' ' && c <= '~' ? (char) c : '?'));
    return shown.append(given.length() > SHOWN_CHARACTERS ? "...\"" : "\"").toString();
  }
}
