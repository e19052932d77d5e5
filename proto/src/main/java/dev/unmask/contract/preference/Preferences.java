package dev.unmask.contract.preference;

import com.google.protobuf.Descriptors.FieldDescriptor;
import dev.unmask.contract.Violation;
import dev.unmask.generation.v1.GenerateRequest;
import dev.unmask.type.v1.DecodingSpec;
import dev.unmask.type.v1.Model;
import dev.unmask.type.v1.Preference;
import dev.unmask.type.v1.PreferredMethod;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What a request's preference makes of its spec. */
public final class Preferences {
  private static final String FIELD = "preference";

  /** Fields of a spec that say what is wanted, and not how it is decoded. */
  private static final Set<String> NO_METHOD =
      Set.of("generation_length", "block_length", "sampling", "end_of_sequence_rule", "stop");

  private Preferences() {}

  /** Names of the fields that are set in a spec and are its method. */
  private static List<String> methodFields(DecodingSpec spec) {
    return fields(spec).filter(name -> !NO_METHOD.contains(name)).toList();
  }

  /** Names of the fields that are set in a spec and are not its method. */
  public static List<String> otherFields(DecodingSpec spec) {
    return fields(spec).filter(NO_METHOD::contains).toList();
  }

  private static Stream<String> fields(DecodingSpec spec) {
    return spec.getAllFields().keySet().stream().map(FieldDescriptor::getName);
  }

  /** The method that a request's preference gets from a model, if it has one and it is offered. */
  public static Optional<PreferredMethod> method(GenerateRequest request, Model model) {
    return model.getPreferredMethodsList().stream()
        .filter(method -> method.getPreference() == request.getPreference())
        .findFirst();
  }

  /**
   * The spec that a request is decoded by: what its own says beside the method, and the method that
   * its preference gets. As it is if it has no preference, or one that is not offered.
   */
  public static DecodingSpec spec(GenerateRequest request, Model model) {
    return method(request, model)
        .map(method -> with(method.getMethod(), request.getSpec()))
        .orElse(request.getSpec());
  }

  private static DecodingSpec with(DecodingSpec method, DecodingSpec given) {
    var spec = method.toBuilder();
    given
        .getAllFields()
        .forEach((field, value) -> {
          if (NO_METHOD.contains(field.getName())) {
            spec.setField(field, value);
          }
        });
    return spec.build();
  }

  /**
   * Broken rules of a request's preference.
   *
   * @param model empty if it is not known
   */
  public static List<Violation> violations(GenerateRequest request, Optional<Model> model) {
    var preference = request.getPreference();
    var found = new ArrayList<Violation>();
    if (preference == Preference.PREFERENCE_UNSPECIFIED) {
      return found;
    }
    if (preference == Preference.UNRECOGNIZED) {
      found.add(
          new Violation(FIELD, "must be a value of its enum, was " + request.getPreferenceValue()));
      return found;
    }
    methodFields(request.getSpec())
        .forEach(name ->
            found.add(
                new Violation("spec." + name, "must be absent: preference chooses the method")));
    model
        .filter(known -> method(request, known).isEmpty())
        .ifPresent(known -> found.add(new Violation(FIELD, notOffered(known))));
    return found;
  }

  private static String notOffered(Model model) {
    return "is not offered by the model "
        + model.getIdentity().getName()
        + ": its methods were not measured";
  }
}
