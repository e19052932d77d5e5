package dev.unmask.deploy.tracing;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Predicate;

/** Spans, each with the service that made it. */
record Spans(List<Made> all) {
  /** A span of a service. */
  record Made(String service, Span span) {
    long number(String attribute) {
      return span.getAttributesList().stream()
          .filter(pair -> pair.getKey().equals(attribute))
          .mapToLong(pair -> pair.getValue().getIntValue())
          .findFirst()
          .orElseThrow(() -> new AssertionError("no " + attribute + " in " + span));
    }

    String word(String attribute) {
      return span.getAttributesList().stream()
          .filter(pair -> pair.getKey().equals(attribute))
          .map(pair -> pair.getValue().getStringValue())
          .findFirst()
          .orElseThrow(() -> new AssertionError("no " + attribute + " in " + span));
    }

    boolean within(Made parent) {
      return span.getParentSpanId().equals(parent.span().getSpanId());
    }

    boolean linkedTo(Made other) {
      return span.getLinksList().stream()
          .anyMatch(link -> link.getSpanId().equals(other.span().getSpanId()));
    }
  }

  static Spans sent(List<ResourceSpans> sent) {
    return new Spans(flat(sent));
  }

  Spans of(String traceId) {
    return where(made -> hex(made.span().getTraceId()).equals(traceId));
  }

  Spans named(String service, String name) {
    return where(made -> made.service().equals(service) && made.span().getName().endsWith(name));
  }

  Spans kind(Span.SpanKind kind) {
    return where(made -> made.span().getKind() == kind);
  }

  Made only() {
    if (all.size() != 1) {
      throw new AssertionError("not one span: " + all);
    }
    return all.getFirst();
  }

  static String hex(ByteString id) {
    return HexFormat.of().formatHex(id.toByteArray());
  }

  private Spans where(Predicate<Made> kept) {
    return new Spans(all.stream().filter(kept).toList());
  }

  private static List<Made> flat(List<ResourceSpans> sent) {
    var all = new ArrayList<Made>();
    for (var of : sent) {
      var service =
          of.getResource().getAttributesList().stream()
              .filter(pair -> pair.getKey().equals("service.name"))
              .map(pair -> pair.getValue().getStringValue())
              .findFirst()
              .orElse("");
      of.getScopeSpansList()
          .forEach(scope -> scope.getSpansList().forEach(span -> all.add(new Made(service, span))));
    }
    return List.copyOf(all);
  }
}
