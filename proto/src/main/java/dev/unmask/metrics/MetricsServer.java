package dev.unmask.metrics;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.unmask.contract.Limits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * A port that serves {@code GET /metrics} and nothing else, to whoever reaches it: it listens on
 * this host unless it is told otherwise. A connection beyond the bound is closed.
 */
public final class MetricsServer implements AutoCloseable {
  private static final String PATH = "/metrics";
  private static final int IDLE_SECONDS = 30;

  private final HttpServer server;
  private final ExecutorService threads;

  private MetricsServer(HttpServer server, ExecutorService threads) {
    this.server = server;
    this.threads = threads;
  }

  /**
   * Starts serving.
   *
   * @param address with port 0 for any free one
   * @throws UncheckedIOException if the address cannot be had
   */
  public static MetricsServer start(InetSocketAddress address, Metrics metrics) {
    try {
      var server = HttpServer.create(address, 0);
      var threads =
          new ThreadPoolExecutor(
              0,
              Limits.METRICS_CALLS,
              IDLE_SECONDS,
              TimeUnit.SECONDS,
              new SynchronousQueue<>(),
              Thread.ofPlatform().daemon().name("metrics-", 0).factory());
      server.setExecutor(threads);
      server.createContext("/", exchange -> answer(exchange, metrics));
      server.start();
      return new MetricsServer(server, threads);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "cannot serve metrics at " + address + ": " + e.getMessage(), e);
    }
  }

  /** Where it listens. */
  public int port() {
    return server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private static void answer(HttpExchange exchange, Metrics metrics) throws IOException {
    try (exchange) {
      if (!exchange.getRequestURI().getPath().equals(PATH)) {
        exchange.sendResponseHeaders(404, -1);
      } else if (!exchange.getRequestMethod().equals("GET")) {
        exchange.getResponseHeaders().set("Allow", "GET");
        exchange.sendResponseHeaders(405, -1);
      } else {
        byte[] body = metrics.text().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", Metrics.CONTENT_TYPE);
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
      }
    }
  }
}
