package dev.unmask.worker.serving;

import dev.unmask.worker.decoding.Method;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Requests a worker makes of itself before it serves, through the same path as a client's: decode
 * loop, engine, publishing and finding. What is loaded, compiled and connected on the way, the
 * first client does not wait for.
 *
 * @param models to warm up
 * @param station they run on
 * @param namespaces that share forwards; one of them is enough to know the way
 */
public record WarmUp(Models models, Station station, Set<String> namespaces) {
  private static final int GENERATION_LENGTH = 64;
  private static final int LONG_CANVAS = 1024;
  private static final int RUNS = 12;

  public WarmUp {
    namespaces = Set.copyOf(namespaces);
  }

  /**
   * Makes the requests, one after the other.
   *
   * @throws InterruptedException if the worker is to stop
   */
  public void run() throws InterruptedException {
    for (var model : models.all()) {
      for (int run = 0; run < RUNS; run++) {
        new Generation(assignment(model), station, _ -> {}).run();
      }
    }
  }

  private Assignment assignment(ServedModel model) {
    int canvas = Math.min(LONG_CANVAS, model.description().getContextLength());
    int[] prompt =
        IntStream.range(0, canvas - GENERATION_LENGTH).map(position -> position % 16).toArray();
    return new Assignment(
        "warm-up",
        model,
        namespaces.stream().sorted().findFirst().orElse(""),
        Method.standard(GENERATION_LENGTH),
        prompt,
        List.of(),
        station.nanoTime().getAsLong());
  }
}
