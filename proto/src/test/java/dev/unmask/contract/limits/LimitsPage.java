package dev.unmask.contract.limits;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * docs/limits.md, made of {@link FieldLimits}, the constants and what their source says of them.
 */
final class LimitsPage {
  private static final String START =
      """
      # Limits

      Made from the code by `LimitsPageTest`, which fails when this page is stale; with `-Dunmask.write` it writes it. Nobody can set these; what can be set is in [configuration](configuration.md).

      ## Fields of a request
      Each is tried at its bound and at the next value beyond by `FieldLimitsTest`. Beyond is `INVALID_ARGUMENT` (HTTP: 400) with a `BadRequest` that names the field, its bound and what it was. Other
      fields are bound by the model (its context, its vocabulary) or by each other, and say so in the same way.

      | field | most | constant |
      |---|---|---|
      """;

  private static final String OTHERS =
      """

      ## Everything else
      Queues, buffers, waits, connections and files. The last column is what one meets beyond the bound; where it is empty, the thing waits, is dropped or begins anew, as the words say.

      | constant | bound | what it is | beyond |
      |---|---|---|---|
      """;

  private static final String INVALID = "`INVALID_ARGUMENT`";
  private static final String EXHAUSTED = "`RESOURCE_EXHAUSTED` with `RetryInfo`";
  private static final String NO_START = "the service does not start and says why";

  private static final Map<String, String> BEYOND =
      Map.ofEntries(
          Map.entry("MESSAGE_BYTES", "`RESOURCE_EXHAUSTED`"),
          Map.entry("PAGE_MESSAGE_BYTES", "`RESOURCE_EXHAUSTED`"),
          Map.entry("METADATA_BYTES", "the call fails before it is told to anybody; HTTP: 413"),
          Map.entry("CONNECTION_RESETS", "the connection is closed, `ENHANCE_YOUR_CALM`"),
          Map.entry(
              "KEEPALIVE_TIME",
              "more probes than that: the connection is closed, `too_many_pings`"),
          Map.entry("HTTP_BODY_BYTES", "413"),
          Map.entry("CHOICES", "400"),
          Map.entry("CREDENTIAL_CHARACTERS", "`UNAUTHENTICATED`"),
          Map.entry("PAGE_KEYS", INVALID),
          Map.entry("PAGE_CHUNK_BYTES", INVALID),
          Map.entry("PAGE_RECORD_BYTES", INVALID),
          Map.entry("ADMIN_STATES", INVALID),
          Map.entry("LEASE_TIME", INVALID),
          Map.entry("PAGE_CALLS", EXHAUSTED),
          Map.entry("STATE_WATCHERS", EXHAUSTED),
          Map.entry("PREFIX_WATCHERS", EXHAUSTED),
          Map.entry("WAITING_REQUESTS", EXHAUSTED),
          Map.entry("GATEWAY_WAITING", EXHAUSTED),
          Map.entry("REQUEST_TIME", "`DEADLINE_EXCEEDED`"),
          Map.entry("TENANTS", NO_START),
          Map.entry("TENANT_KEYS", NO_START),
          Map.entry("TENANTS_FILE_BYTES", NO_START),
          Map.entry("TLS_FILE_BYTES", NO_START),
          Map.entry("CHECKPOINT_HEADER_BYTES", NO_START),
          Map.entry("CHECKPOINT_JSON_BYTES", NO_START),
          Map.entry("TOKENIZER_BYTES", NO_START),
          Map.entry("LAYERS", NO_START),
          Map.entry("MODEL_SIZE", NO_START),
          Map.entry("CHAT_TEMPLATE_CHARACTERS", NO_START),
          Map.entry("CHAT_TEMPLATE_NODES", INVALID),
          Map.entry("CHAT_TEMPLATE_OUTPUT", INVALID),
          Map.entry("CHAT_TEMPLATE_ELEMENTS", INVALID));

  private LimitsPage() {}

  static String text() throws IOException {
    var meanings = Constants.meanings();
    var fields =
        FieldLimits.ALL.stream()
            .map(limit -> row(code(limit.field()), most(limit), code(limit.constant())))
            .collect(Collectors.joining());
    var ofFields = FieldLimits.ALL.stream().map(FieldLimit::constant).collect(Collectors.toSet());
    var others =
        meanings.entrySet().stream()
            .filter(entry -> !ofFields.contains(entry.getKey()))
            .map(entry -> other(entry.getKey(), entry.getValue()))
            .collect(Collectors.joining());
    return START + fields + OTHERS + others;
  }

  private static String most(FieldLimit limit) {
    return (limit.bound() + " " + limit.unit()).strip();
  }

  private static String other(String constant, String meaning) {
    return row(code(constant), shown(constant), meaning, BEYOND.getOrDefault(constant, ""));
  }

  private static String shown(String constant) {
    return switch (Constants.value(constant)) {
      case Duration time -> time(time);
      case Number number when constant.endsWith("_BYTES") -> bytes(number.longValue());
      case Object other -> other.toString();
    };
  }

  private static String time(Duration time) {
    if (time.toMillis() % 1000 != 0) {
      return time.toMillis() + " ms";
    }
    if (time.toSeconds() % 60 != 0 || time.isZero()) {
      return time.toSeconds() + " s";
    }
    return time.toMinutes() % 60 != 0 ? time.toMinutes() + " min" : time.toHours() + " h";
  }

  private static String bytes(long bytes) {
    for (int unit = 3; unit > 0; unit--) {
      long size = 1L << (10 * unit);
      if (bytes % size == 0) {
        return bytes / size + " " + "KMG".charAt(unit - 1) + "iB";
      }
    }
    return bytes + " bytes";
  }

  private static String code(String text) {
    return "`" + text + "`";
  }

  private static String row(String... cells) {
    return "| " + String.join(" | ", cells) + " |\n";
  }
}
