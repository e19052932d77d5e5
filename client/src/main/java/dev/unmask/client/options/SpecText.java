package dev.unmask.client.options;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import dev.unmask.type.v1.DecodingSpec;
import java.io.IOException;
import java.io.UncheckedIOException;

/** How a canvas is decoded, as the contract's JSON. */
public final class SpecText {
  private static final ObjectMapper JSON = new ObjectMapper();

  private SpecText() {}

  /** The fields that are set, by their names in the contract. */
  public static JsonNode of(DecodingSpec spec) {
    try {
      return JSON.readTree(JsonFormat.printer().preservingProtoFieldNames().print(spec));
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
