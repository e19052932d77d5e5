package dev.unmask.gateway.access.tenants;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamReadException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import dev.unmask.gateway.access.Quotas;
import java.io.IOException;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Reads a tenants file: YAML, or JSON, which is YAML too. Safe for any thread.
 *
 * <p>Values that were given are quoted by the records' own rules only, so that a key in the wrong
 * place does not end up in a log. For the same reason Jackson's failures are no causes of ours.
 */
final class TenantsReader {
  private static final ObjectMapper YAML = mapper();

  private TenantsReader() {}

  private static ObjectMapper mapper() {
    var mapper =
        YAMLMapper.builder()
            .addModule(new Jdk8Module())
            .propertyNamingStrategy(PropertyNamingStrategies.KEBAB_CASE)
            .defaultSetterInfo(JsonSetter.Value.construct(Nulls.AS_EMPTY, Nulls.FAIL))
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .build();
    // A record has no empty value; Tenant puts its own for what is absent.
    mapper
        .configOverride(Quotas.class)
        .setSetterInfo(JsonSetter.Value.construct(Nulls.SET, Nulls.FAIL));
    return mapper;
  }

  /**
   * The file's content.
   *
   * @throws IllegalArgumentException naming the field that is wrong, and its bound
   */
  static TenantsFile read(byte[] text) {
    try {
      return Optional.ofNullable(YAML.readValue(text, TenantsFile.class))
          .orElseThrow(() -> new IllegalArgumentException("tenants must name at least one tenant"));
    } catch (JsonMappingException e) {
      throw new IllegalArgumentException(field(e) + why(e));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("the file is no YAML" + line(e));
    } catch (IOException e) {
      throw new IllegalArgumentException("cannot be read: " + e.getMessage(), e);
    }
  }

  private static String why(JsonMappingException failure) {
    return switch (failure) {
      case UnrecognizedPropertyException e -> " is not known; known: " + e.getKnownPropertyIds();
      case JsonMappingException e when e.getCause() instanceof IllegalArgumentException rule ->
          ": " + rule.getMessage();
      case JsonMappingException e when e.getCause() instanceof StreamReadException at ->
          " is no YAML" + line(at);
      default -> " has a value of the wrong kind";
    };
  }

  private static String line(JsonProcessingException failure) {
    return Optional.ofNullable(failure.getLocation())
        .map(at -> " at line " + at.getLineNr())
        .orElse("");
  }

  private static String field(JsonMappingException failure) {
    var path =
        failure.getPath().stream()
            .map(step ->
                step.getFieldName() == null
                    ? "[" + step.getIndex() + "]"
                    : "." + step.getFieldName())
            .collect(Collectors.joining());
    return path.startsWith(".") ? path.substring(1) : "the file" + path;
  }
}
