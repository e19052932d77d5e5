package dev.unmask.contract.limits;

import com.google.protobuf.TextFormat;
import com.google.protobuf.TextFormat.ParseException;
import dev.unmask.contract.Violation;
import dev.unmask.contract.rules.RequestRules;
import dev.unmask.contract.rules.Samples;
import dev.unmask.decoder.v1.DecodeRequest;
import dev.unmask.generation.v1.GenerateRequest;
import dev.unmask.type.v1.Model;
import java.math.BigDecimal;
import java.util.List;

/**
 * A field of a request whose most is a constant of {@link dev.unmask.contract.Limits}.
 *
 * @param field its path
 * @param constant that bounds it
 * @param unit of the bound
 * @param form how a request gets so much of it
 * @param request in protobuf's text format; {@code %s} stands for the field's value
 */
record FieldLimit(String field, String constant, String unit, Form form, String request) {
  private static final Model WIDE = Samples.LLADA.toBuilder().setContextLength(1 << 20).build();

  /** What a field holds. */
  enum Form {
    /** A whole number. */
    WHOLE,
    /** A real number. */
    REAL,
    /** So many characters. */
    TEXT,
    /** So many elements; the request has one. */
    LIST,
    /** As {@link #TEXT}, of a gateway's request to a worker. */
    DECODE_TEXT
  }

  /** Broken rules of the field at its bound. */
  List<Violation> at() throws ParseException {
    return violations(
        switch (form) {
          case WHOLE, REAL -> bound();
          case TEXT, DECODE_TEXT -> "x".repeat(count());
          case LIST -> repeated(count());
        });
  }

  /** Broken rules of the field at the next value beyond. */
  List<Violation> beyond() throws ParseException {
    return violations(
        switch (form) {
          case WHOLE -> String.valueOf(count() + 1);
          case REAL -> String.valueOf(Math.nextUp(Double.parseDouble(bound())));
          case TEXT, DECODE_TEXT -> "x".repeat(count() + 1);
          case LIST -> repeated(count() + 1);
        });
  }

  /** The bound as messages write it. */
  String bound() {
    var value = Constants.value(constant);
    return value instanceof Double real
        ? new BigDecimal(real).toPlainString()
        : String.valueOf(value);
  }

  private int count() {
    return (int) Constants.value(constant);
  }

  private String repeated(int count) {
    return (request + " ").repeat(count);
  }

  private List<Violation> violations(String value) throws ParseException {
    var text = form == Form.LIST ? value : request.replace("%s", value);
    var rules = RequestRules.of(WIDE);
    var found =
        form == Form.DECODE_TEXT
            ? rules.violations(TextFormat.parse(text, DecodeRequest.class))
            : rules.violations(TextFormat.parse(text, GenerateRequest.class));
    return found.stream().filter(violation -> violation.field().equals(field)).toList();
  }
}
