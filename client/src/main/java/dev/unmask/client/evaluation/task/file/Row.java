package dev.unmask.client.evaluation.task.file;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * One record of a benchmark's file.
 *
 * @param line its first line, from 1
 * @param fields what it says
 */
public record Row(int line, ObjectNode fields) {
  /** Whether a field is there and not null. */
  public boolean has(String field) {
    return !fields.path(field).isMissingNode() && !fields.path(field).isNull();
  }

  /** A field that must be text and not empty. */
  public String text(String field) throws RowException {
    var text = string(field, value(field));
    if (text.isBlank()) {
      throw new RowException(field + " is empty");
    }
    return text;
  }

  /** A field that may be missing or empty. */
  public String textOrEmpty(String field) throws RowException {
    return has(field) ? string(field, value(field)) : "";
  }

  /** A field that must be a whole number. */
  public int number(String field) throws RowException {
    var value = value(field);
    if (!value.isInt()) {
      throw wrongType(field, "a whole number", value);
    }
    return value.intValue();
  }

  /** A field that must be a list of whole numbers. */
  public List<Integer> numbers(String field) throws RowException {
    var numbers = new ArrayList<Integer>();
    for (var element : list(field)) {
      if (!element.isInt()) {
        throw wrongType(field + "[" + numbers.size() + "]", "a whole number", element);
      }
      numbers.add(element.intValue());
    }
    return numbers;
  }

  /** A field that must be a list of text. */
  public List<String> texts(String field) throws RowException {
    var texts = new ArrayList<String>();
    for (var element : list(field)) {
      texts.add(string(field + "[" + texts.size() + "]", element));
    }
    return texts;
  }

  /** A list of text that may be missing or empty. */
  public List<String> textsOrNone(String field) throws RowException {
    return has(field) && !value(field).isEmpty() ? texts(field) : List.of();
  }

  /** A field that must be a list of records. */
  public List<Row> rows(String field) throws RowException {
    var rows = new ArrayList<Row>();
    for (var element : list(field)) {
      if (!(element instanceof ObjectNode record)) {
        throw wrongType(field + "[" + rows.size() + "]", "a record", element);
      }
      rows.add(new Row(line, record));
    }
    return List.copyOf(rows);
  }

  private JsonNode list(String field) throws RowException {
    var value = value(field);
    if (!value.isArray()) {
      throw wrongType(field, "a list", value);
    }
    if (value.isEmpty()) {
      throw new RowException(field + " is empty");
    }
    return value;
  }

  private JsonNode value(String field) throws RowException {
    if (!has(field)) {
      throw new RowException(field + " is missing");
    }
    return fields.path(field);
  }

  private static String string(String field, JsonNode value) throws RowException {
    if (!value.isTextual()) {
      throw wrongType(field, "text", value);
    }
    return value.textValue();
  }

  private static RowException wrongType(String field, String right, JsonNode value) {
    return new RowException(
        field
            + " must be "
            + right
            + ", is "
            + value.getNodeType().name().toLowerCase(Locale.ROOT));
  }
}
