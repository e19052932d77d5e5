package dev.unmask.worker.preference;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import dev.unmask.contract.preference.Preferences;
import dev.unmask.contract.rules.RequestRules;
import dev.unmask.type.v1.DecodingSpec;
import dev.unmask.type.v1.Model;

/**
 * Methods as JSON, checked as a request for them would be.
 *
 * @param model that they are for
 */
record MethodJson(Model model) {
  /**
   * Reads one.
   *
   * @param field where it stands
   * @throws IllegalArgumentException naming the field, if it is not a method of the model
   */
  DecodingSpec read(String field, JsonNode json) {
    var spec = DecodingSpec.newBuilder();
    try {
      JsonFormat.parser().merge(json.toString(), spec);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalArgumentException(field + " is no DecodingSpec: " + e.getMessage(), e);
    }
    Preferences.otherFields(spec.build()).stream()
        .findFirst()
        .ifPresent(name -> {
          throw new IllegalArgumentException(field + "." + name + " is not part of a method");
        });
    RequestRules.of(model).violations(spec.build()).stream()
        .findFirst()
        .ifPresent(broken -> {
          throw new IllegalArgumentException(
              field + broken.field().replaceFirst("^spec", "") + " " + broken.description());
        });
    return spec.build();
  }
}
