package dev.unmask.worker.replay.cases;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.HashSet;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/** The arguments of an original function; remembers which were read, so that none is overlooked. */
final class Params {
  /** Beyond every canvas; sums of a few such sizes are still integers. */
  private static final int LARGEST = 1 << 20;

  private final JsonNode json;
  private final Set<String> read = new HashSet<>();

  Params(JsonNode json) {
    this.json = json;
  }

  int integer(String name) throws UnsupportedCaseException {
    return required(name).asInt();
  }

  int integer(String name, int otherwise) {
    return optional(name).map(JsonNode::asInt).orElse(otherwise);
  }

  /** A number of tokens or steps, from 1: something is divided by it, or made so long. */
  int size(String name) throws UnsupportedCaseException {
    return size(name, required(name).asInt());
  }

  int size(String name, int otherwise) throws UnsupportedCaseException {
    int size = integer(name, otherwise);
    if (size < 1 || size > LARGEST) {
      throw new UnsupportedCaseException(
          "parameter " + name + " is " + size + ", must be from 1 to " + LARGEST);
    }
    return size;
  }

  double number(String name, double otherwise) {
    return optionalNumber(name).orElse(otherwise);
  }

  String text(String name, String otherwise) {
    return optional(name).map(JsonNode::asText).orElse(otherwise);
  }

  boolean flag(String name) {
    return optional(name).map(JsonNode::asBoolean).orElse(false);
  }

  OptionalDouble optionalNumber(String name) {
    return optional(name).stream().mapToDouble(JsonNode::asDouble).findAny();
  }

  /** A group of parameters; an absent one is empty. */
  Params nested(String name) {
    return new Params(optional(name).orElse(JsonNodeFactory.instance.objectNode()));
  }

  /** A parameter that may be absent or null. */
  Optional<JsonNode> optional(String name) {
    read.add(name);
    return Optional.ofNullable(json.get(name)).filter(value -> !value.isNull());
  }

  /** Reads a parameter that does not change what a trace holds. */
  void ignore(String name) {
    read.add(name);
  }

  /** Only one value of this parameter, if it is there at all, is built. */
  void only(String name, String value) throws UnsupportedCaseException {
    var found = optional(name);
    if (found.isPresent() && !found.get().asText().equals(value)) {
      throw new UnsupportedCaseException(name + " " + found.get().asText() + " is not built");
    }
  }

  /** This parameter must be absent, null or 0. */
  void none(String name) throws UnsupportedCaseException {
    var found = optional(name);
    if (found.isPresent() && found.get().asDouble(1) != 0) {
      throw new UnsupportedCaseException(name + " is not built");
    }
  }

  /** Refuses parameters that nobody has read. */
  void finish() throws UnsupportedCaseException {
    var names = json.fieldNames();
    while (names.hasNext()) {
      String name = names.next();
      if (!read.contains(name)) {
        throw new UnsupportedCaseException("parameter " + name + " is unknown");
      }
    }
  }

  private JsonNode required(String name) throws UnsupportedCaseException {
    return optional(name)
        .orElseThrow(() -> new UnsupportedCaseException("parameter " + name + " is missing"));
  }
}
