package dev.unmask.deploy.tracing;

import com.google.protobuf.ByteString;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.zip.GZIPInputStream;

/** Takes OTLP over HTTP and keeps what it is sent. */
final class Collector implements AutoCloseable {
  private final HttpServer server;
  private final List<byte[]> bodies = new CopyOnWriteArrayList<>();

  Collector() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/v1/traces", this::take);
    server.start();
  }

  String endpoint() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1/traces";
  }

  /** All spans so far, of all services. */
  Spans spans() {
    return Spans.sent(bodies.stream().flatMap(body -> parsed(body).stream()).toList());
  }

  /** Whether a text is anywhere in what was sent. */
  boolean holds(String text) {
    return bodies.stream()
        .anyMatch(body -> new String(body, StandardCharsets.UTF_8).contains(text));
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void take(HttpExchange exchange) throws IOException {
    try (exchange) {
      var body = exchange.getRequestBody();
      boolean zipped = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
      bodies.add((zipped ? new GZIPInputStream(body) : body).readAllBytes());
      exchange.getResponseHeaders().set("Content-Type", "application/x-protobuf");
      exchange.sendResponseHeaders(200, -1);
    }
  }

  private static List<ResourceSpans> parsed(byte[] body) {
    try {
      return ExportTraceServiceRequest.parseFrom(ByteString.copyFrom(body)).getResourceSpansList();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
