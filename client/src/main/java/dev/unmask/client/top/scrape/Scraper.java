package dev.unmask.client.top.scrape;

import dev.unmask.contract.Limits;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.util.Optional;
import java.util.function.LongSupplier;
import javax.net.ssl.SSLException;

/** Asks services for their metrics. Safe for any thread. */
public final class Scraper implements AutoCloseable {
  private final HttpClient client;
  private final LongSupplier nanoTime;

  /**
   * Asks nobody yet.
   *
   * @param nanoTime a clock on {@link System#nanoTime}'s scale
   */
  public Scraper(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Limits.METRICS_SCRAPE_TIME)
            .build();
  }

  /**
   * Asks a service; whatever goes wrong is the reading's failure.
   *
   * @throws InterruptedException if this thread is interrupted
   */
  public Reading read(URI page) throws InterruptedException {
    try {
      var answer =
          client.send(
              HttpRequest.newBuilder(page).timeout(Limits.METRICS_SCRAPE_TIME).build(),
              BodyHandlers.limiting(BodyHandlers.ofString(), Limits.METRICS_PAGE_BYTES));
      return answer.statusCode() == 200
          ? Reading.of(nanoTime.getAsLong(), Exposition.parse(answer.body()))
          : failed("answers " + answer.statusCode());
    } catch (IOException e) {
      return failed(reason(e));
    } catch (IllegalArgumentException e) {
      return failed("answers no metrics");
    }
  }

  @Override
  public void close() {
    client.shutdownNow();
  }

  private Reading failed(String reason) {
    return Reading.failed(nanoTime.getAsLong(), reason);
  }

  private static String reason(IOException failure) {
    return switch (failure) {
      case HttpTimeoutException _ -> "does not answer";
      case ConnectException _ -> "nobody listens there";
      case SSLException _ -> "its certificate is not trusted, or it speaks no TLS";
      default ->
          Optional.ofNullable(failure.getMessage()).orElse(failure.getClass().getSimpleName());
    };
  }
}
