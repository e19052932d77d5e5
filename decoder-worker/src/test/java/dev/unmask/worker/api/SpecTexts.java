package dev.unmask.worker.api;

import com.google.protobuf.TextFormat;
import dev.unmask.type.v1.DecodingSpec;

/** Decoding specs in protobuf's text format. */
final class SpecTexts {
  private SpecTexts() {}

  static DecodingSpec spec(String text) {
    try {
      return TextFormat.parse(text, DecodingSpec.class);
    } catch (TextFormat.ParseException e) {
      throw new IllegalArgumentException(text, e);
    }
  }
}
