package dev.unmask.contract.preference;

import dev.unmask.type.v1.Preference;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What preferences are called outside of messages: {@code quality} and so on. */
public final class PreferenceWords {
  private static final String PREFIX = "PREFERENCE_";

  private PreferenceWords() {}

  /** A preference's word. */
  public static String of(Preference preference) {
    return preference.name().replace(PREFIX, "").toLowerCase(Locale.ROOT);
  }

  /** The preference of a word, if there is one. */
  public static Optional<Preference> named(String word) {
    return all().stream().filter(preference -> of(preference).equals(word)).findFirst();
  }

  /** All words, the most careful first, as a message lists them. */
  public static String list() {
    return all().stream().map(PreferenceWords::of).collect(Collectors.joining(", "));
  }

  /** Every preference there is. */
  public static List<Preference> all() {
    return Arrays.stream(Preference.values())
        .filter(preference -> preference != Preference.PREFERENCE_UNSPECIFIED)
        .filter(preference -> preference != Preference.UNRECOGNIZED)
        .toList();
  }
}
