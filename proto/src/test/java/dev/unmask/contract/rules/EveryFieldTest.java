package dev.unmask.contract.rules;

import static dev.unmask.contract.rules.Samples.ofSpec;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import dev.unmask.contract.Violation;
import dev.unmask.type.v1.DecodingSpec;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every number and every choice of a spec has a rule; fields that are added need one, too. */
class EveryFieldTest {
  static Stream<List<FieldDescriptor>> bounded() {
    return leaves(List.of(), DecodingSpec.getDescriptor())
        .filter(path -> absurd(path.getLast()).isPresent());
  }

  @ParameterizedTest
  @MethodSource("bounded")
  void field_absurd_isRefusedByItsName(List<FieldDescriptor> path) {
    var spec = (DecodingSpec) with(DecodingSpec.getDefaultInstance(), path);
    var name = path.stream().map(FieldDescriptor::getName).collect(Collectors.joining("."));
    assertThat(ofSpec(builder -> builder.mergeFrom(spec)))
        .filteredOn(violation -> violation.field().equals("spec." + name))
        .extracting(Violation::description)
        .first()
        .asString()
        .startsWith("must be ");
  }

  private static Stream<List<FieldDescriptor>> leaves(List<FieldDescriptor> path, Descriptor type) {
    return type.getFields().stream()
        .flatMap(field -> {
          var longer = Stream.concat(path.stream(), Stream.of(field)).toList();
          return field.getJavaType() == FieldDescriptor.JavaType.MESSAGE
              ? leaves(longer, field.getMessageType())
              : Stream.of(longer);
        });
  }

  private static Message with(Message message, List<FieldDescriptor> path) {
    var field = path.getFirst();
    var value =
        path.size() == 1
            ? absurd(field).orElseThrow()
            : with((Message) message.getField(field), path.subList(1, path.size()));
    return message.toBuilder().setField(field, value).build();
  }

  /** What no range holds; a seed may be anything, and text has rules of its own. */
  private static Optional<Object> absurd(FieldDescriptor field) {
    return switch (field.getJavaType()) {
      case INT -> Optional.of(-1);
      case DOUBLE -> Optional.of(Double.NaN);
      case ENUM -> Optional.of(field.getEnumType().findValueByNumberCreatingIfUnknown(99));
      case LONG, BOOLEAN, STRING, FLOAT, BYTE_STRING, MESSAGE -> Optional.empty();
    };
  }
}
