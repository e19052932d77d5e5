package dev.unmask.worker.serving;

import dev.unmask.contract.Limits;
import dev.unmask.worker.engine.program.ComputeType;
import dev.unmask.worker.method.Method;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
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

  /** Canvas lengths of the first requests; the last one's is that of all that follow. */
  private static final int[] CANVASES = {128, 256, 512, 1024};

  private static final int LONGEST_CANVAS = 4096;
  private static final int RUNS = CANVASES.length;
  private static final int RUNS_WITH_FINDING = 14;

  public WarmUp {
    namespaces = Set.copyOf(namespaces);
  }

  /**
   * Makes the requests, one after the other, and begins none after {@link Limits#WARM_UP_TIME} a
   * model: a large model on a CPU takes that long for the first. On a GPU fills all slots once.
   *
   * @throws InterruptedException if the worker is to stop
   */
  public void run() throws InterruptedException {
    int runs = namespaces.isEmpty() ? RUNS : RUNS_WITH_FINDING;
    for (var model : models.all()) {
      long start = station.nanoTime().getAsLong();
      for (int run = 0; run < runs && inTime(start); run++) {
        int canvas = CANVASES[Math.min(run, CANVASES.length - 1)];
        new Generation(assignment(model, canvas, 0), station, _ -> {}).run();
      }
      if (model.engine().pageLayout().type() == ComputeType.BFLOAT16) {
        fill(model);
      }
    }
  }

  /**
   * As many at once as there are slots, each as long as its share of the pool: a GPU loads the
   * kernels of large forwards now or later.
   */
  private void fill(ServedModel model) throws InterruptedException {
    int share = model.engine().pool().capacity() / station.slots().count();
    int canvas = Math.clamp(share, GENERATION_LENGTH + 2, LONGEST_CANVAS);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      // Prompts of their own: of one prompt, one request would compute and the others would wait.
      var requests =
          IntStream.range(0, station.slots().count())
              .<Callable<Void>>mapToObj(number ->
                  () -> {
                    new Generation(assignment(model, canvas, number), station, _ -> {}).run();
                    return null;
                  })
              .toList();
      for (var done : threads.invokeAll(requests)) {
        done.get();
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException("the model does not answer", e.getCause());
    }
  }

  private boolean inTime(long start) {
    return station.since(start).compareTo(Limits.WARM_UP_TIME) < 0;
  }

  /** A request whose prompt begins with a number in base 16. */
  private Assignment assignment(ServedModel model, int canvas, int number) {
    int length = Math.min(canvas, model.description().getContextLength());
    int[] prompt =
        IntStream.range(0, length - GENERATION_LENGTH).map(position -> position % 16).toArray();
    prompt[0] = number % 16;
    prompt[1] = number / 16 % 16;
    return new Assignment(
        "warm-up",
        model,
        namespaces.stream().sorted().findFirst().orElse(""),
        Method.standard(GENERATION_LENGTH, model.traits()),
        prompt,
        List.of(),
        Arrival.unhurried(station.nanoTime().getAsLong()));
  }
}
