package dev.unmask.client.options;

import dev.unmask.contract.preference.PreferenceWords;
import dev.unmask.type.v1.Preference;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads preferences as people type them. */
public final class PreferenceText implements ITypeConverter<Preference> {
  @Override
  public Preference convert(String text) {
    return PreferenceWords.named(text)
        .orElseThrow(() ->
            new TypeConversionException("'" + text + "' is not one of " + PreferenceWords.list()));
  }
}
