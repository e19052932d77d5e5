package dev.unmask.gateway.openai.reply;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import dev.unmask.contract.preference.PreferenceWords;
import dev.unmask.type.v1.Opened;
import dev.unmask.type.v1.PreferredMethod;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;

/**
 * The method that a request's preference got.
 *
 * @param preference its word
 * @param name of the method in the model's table
 * @param spec the method as {@code unmask.spec} would ask for it
 */
public record Preferred(String preference, String name, JsonNode spec) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final JsonFormat.Printer PRINTER =
      JsonFormat.printer().preservingProtoFieldNames();

  static Optional<Preferred> of(Opened opened) {
    return opened.hasPreferredMethod()
        ? Optional.of(of(opened.getPreferredMethod()))
        : Optional.empty();
  }

  /** A model's method. */
  public static Preferred of(PreferredMethod method) {
    return new Preferred(
        PreferenceWords.of(method.getPreference()), method.getName(), spec(method));
  }

  private static JsonNode spec(PreferredMethod method) {
    try {
      return JSON.readTree(PRINTER.print(method.getMethod()));
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("a spec has no field that JSON cannot tell", e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
