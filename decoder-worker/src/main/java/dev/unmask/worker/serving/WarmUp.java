package dev.unmask.worker.serving;

import dev.unmask.contract.Limits;
import dev.unmask.worker.engine.program.ComputeType;
import dev.unmask.worker.method.Method;
import dev.unmask.worker.serving.models.Models;
import dev.unmask.worker.serving.models.ServedModel;
import dev.unmask.worker.unmask.Threshold;
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

  /** Canvas lengths that computing is measured at, on a GPU, and how often. */
  private static final int[] MEASURED = {128, 256, 512, 1024, 2048};

  private static final int TIMES = 3;

  /** Below any confidence, so that a block takes one step. */
  private static final Threshold ANY = new Threshold(1e-9);

  private static final int RUNS = CANVASES.length;
  private static final int RUNS_WITH_FINDING = 14;

  public WarmUp {
    namespaces = Set.copyOf(namespaces);
  }

  /**
   * Makes the requests, one after the other, and begins none after {@link Limits#WARM_UP_TIME} a
   * model: a large model on a CPU takes that long for the first. On a GPU fills all slots once, and
   * measures what computing takes.
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
        measure(model);
      }
    }
  }

  /**
   * Computes prompts that are shared with nobody. A worker that finds whatever it is asked for does
   * not learn any more what computing takes; and the first forward of a size, which loads kernels,
   * says little.
   */
  private void measure(ServedModel model) throws InterruptedException {
    var usual = Method.standard(GENERATION_LENGTH, model.traits());
    var quick =
        new Method(
            usual.generationLength(),
            usual.blockLength(),
            ANY,
            usual.cache(),
            usual.scoring(),
            usual.guidance(),
            usual.endOfSequence(),
            usual.compatibility());
    int longest =
        Math.min(model.engine().pool().capacity(), model.description().getContextLength());
    for (int time = 1; time <= TIMES; time++) {
      for (int canvas : MEASURED) {
        if (canvas <= longest) {
          var alone =
              new Assignment(
                  "warm-up",
                  model,
                  "",
                  quick,
                  prompt(canvas, canvas / 8 + time),
                  List.of(),
                  Arrival.unhurried(station.nanoTime().getAsLong()));
          new Generation(alone, station, _ -> {}).run();
        }
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

  /** A prompt that begins with a number in base 16. */
  private static int[] prompt(int canvas, int number) {
    int[] prompt =
        IntStream.range(0, canvas - GENERATION_LENGTH).map(position -> position % 16).toArray();
    prompt[0] = number % 16;
    prompt[1] = number / 16 % 16;
    return prompt;
  }

  private Assignment assignment(ServedModel model, int canvas, int number) {
    int length = Math.min(canvas, model.description().getContextLength());
    return new Assignment(
        "warm-up",
        model,
        namespaces.stream().sorted().findFirst().orElse(""),
        Method.standard(GENERATION_LENGTH, model.traits()),
        prompt(length, number),
        List.of(),
        Arrival.unhurried(station.nanoTime().getAsLong()));
  }
}
