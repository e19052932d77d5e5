package dev.unmask.gateway.openai.fields;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.unmask.contract.ProblemException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The fields of a JSON object. Reading one of the wrong kind notes a fault and gives what absence
 * gives; {@code null} is absence. {@link #require} throws all faults, fields that were never read
 * among them. Used by one thread.
 */
public final class Fields {
  private static final int SHOWN_CHARACTERS = 64;

  private final String prefix;
  private final JsonNode object;
  private final Faults faults;
  private final Set<String> known = new HashSet<>();
  private final List<Fields> parts = new ArrayList<>();

  private Fields(String prefix, JsonNode object, Faults faults) {
    this.prefix = prefix;
    this.object = object;
    this.faults = faults;
  }

  /** The fields of a request's body. */
  public static Fields of(ObjectNode body) {
    return new Fields("", body, new Faults());
  }

  /** A field of any kind. */
  public Optional<JsonNode> any(String name) {
    known.add(name);
    return Optional.ofNullable(object.get(name)).filter(value -> !value.isNull());
  }

  /** A string. */
  public Optional<String> text(String name) {
    return kind(name, JsonNode::isTextual, "must be a string").map(JsonNode::textValue);
  }

  /** A whole number within closed bounds. */
  public Optional<Long> whole(String name, long least, long most) {
    return kind(
            name,
            value ->
                value.isIntegralNumber()
                    && value.canConvertToLong()
                    && value.longValue() >= least
                    && value.longValue() <= most,
            "must be a whole number in [" + least + ", " + most + "]")
        .map(JsonNode::longValue);
  }

  /** A number. */
  public Optional<Double> number(String name) {
    return kind(name, JsonNode::isNumber, "must be a number").map(JsonNode::doubleValue);
  }

  /** A flag; false where it is absent. */
  public boolean flag(String name) {
    return kind(name, JsonNode::isBoolean, "must be true or false")
        .map(JsonNode::booleanValue)
        .orElse(false);
  }

  /** An object. */
  public Optional<Fields> object(String name) {
    return kind(name, JsonNode::isObject, "must be an object")
        .map(value -> part(path(name), value));
  }

  /** A list of objects; empty where it is absent. */
  public List<Fields> objects(String name) {
    var found = new ArrayList<Fields>();
    kind(name, JsonNode::isArray, "must be a list")
        .ifPresent(list -> {
          for (int i = 0; i < list.size(); i++) {
            var path = path(name) + "[" + i + "]";
            if (list.get(i).isObject()) {
              found.add(part(path, list.get(i)));
            } else {
              faults.add(path, "must be an object");
            }
          }
        });
    return found;
  }

  /** A string or a list of strings; empty where it is absent. */
  public List<String> texts(String name) {
    var value = any(name);
    if (value.filter(JsonNode::isTextual).isPresent()) {
      return List.of(value.orElseThrow().textValue());
    }
    return kind(
            name,
            list -> list.isArray() && all(list, JsonNode::isTextual),
            "must be a string or a list of strings")
        .map(list -> list.valueStream().map(JsonNode::textValue).toList())
        .orElse(List.of());
  }

  /** A list of token ids. */
  public Optional<List<Integer>> tokens(String name) {
    return kind(
            name,
            list ->
                list.isArray()
                    && all(list, id -> id.canConvertToInt() && id.isInt() && id.intValue() >= 0),
            "must be a list of token ids")
        .map(list -> list.valueStream().map(JsonNode::intValue).toList());
  }

  /** A field that may only say what holds anyway. */
  public void only(String name, Predicate<JsonNode> neutral, String description) {
    any(name).filter(neutral.negate()).ifPresent(_ -> wrong(name, description));
  }

  /** Notes a fault of a field. */
  public void wrong(String name, String description) {
    faults.add(path(name), description);
  }

  /**
   * Ends the reading.
   *
   * @throws ProblemException with every fault, if there is one
   */
  public void require() {
    refuseUnknown();
    faults.require();
  }

  private void refuseUnknown() {
    object
        .fieldNames()
        .forEachRemaining(name -> {
          if (!known.contains(name)) {
            wrong(shown(name), "is not a field that is known here");
          }
        });
    parts.forEach(Fields::refuseUnknown);
  }

  private Optional<JsonNode> kind(String name, Predicate<JsonNode> right, String description) {
    var value = any(name);
    if (value.filter(right.negate()).isPresent()) {
      wrong(name, description + ", was " + shown(value.orElseThrow().toString()));
    }
    return value.filter(right);
  }

  private Fields part(String path, JsonNode value) {
    var part = new Fields(path + ".", value, faults);
    parts.add(part);
    return part;
  }

  private String path(String name) {
    return prefix + name;
  }

  private static boolean all(JsonNode list, Predicate<JsonNode> right) {
    return list.valueStream().allMatch(right);
  }

  private static String shown(String given) {
    return given.length() <= SHOWN_CHARACTERS
        ? given
        : given.substring(0, SHOWN_CHARACTERS) + "...";
  }
}
