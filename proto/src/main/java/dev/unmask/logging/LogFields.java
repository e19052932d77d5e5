package dev.unmask.logging;

import java.util.List;
import java.util.Map;
import org.slf4j.MDC;

/** What lines of this thread say beside their message, until it is closed; by the same thread. */
public final class LogFields implements AutoCloseable {
  private final List<MDC.MDCCloseable> fields;

  private LogFields(List<MDC.MDCCloseable> fields) {
    this.fields = fields;
  }

  /** These, by their names; what is empty is left out. */
  public static LogFields of(Map<String, String> fields) {
    return new LogFields(
        fields.entrySet().stream()
            .filter(field -> !field.getValue().isEmpty())
            .map(field -> MDC.putCloseable(field.getKey(), field.getValue()))
            .toList());
  }

  @Override
  public void close() {
    fields.forEach(MDC.MDCCloseable::close);
  }
}
