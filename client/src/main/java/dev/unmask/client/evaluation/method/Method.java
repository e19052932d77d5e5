package dev.unmask.client.evaluation.method;

import dev.unmask.client.evaluation.settings.Settings;
import dev.unmask.type.v1.DecodingSpec;

/**
 * A decoding method with a name.
 *
 * @param name what reports call it
 * @param common settings of its whole list
 * @param own settings that make it what it is
 */
public record Method(String name, Settings common, Settings own) {
  /** A method of its own settings alone. */
  public static Method of(String name, Settings own) {
    return new Method(name, Settings.none(), own);
  }

  /**
   * The method for a subject: defaults, then what the list has in common, then {@code given}, then
   * its own settings.
   *
   * @throws IllegalArgumentException naming method and setting when they do not fit
   */
  public DecodingSpec spec(Settings given, Subject subject) {
    try {
      return DecodingSettings.spec(own, settings(given), subject);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("method " + name + ": " + e.getMessage(), e);
    }
  }

  /** Everything that was set: its list's, then {@code given}, then its own. */
  public Settings settings(Settings given) {
    return common.with(given).with(own);
  }
}
