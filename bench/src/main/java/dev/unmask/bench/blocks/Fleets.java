package dev.unmask.bench.blocks;

import dev.unmask.bench.sharing.Services;
import dev.unmask.client.Answer;
import dev.unmask.type.v1.Prompt;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Two fleets with the small block-causal model, two workers each, as processes: one that shares
 * states through three cache-services and on the workers' devices, and one that shares nothing. The
 * workers of a fleet divide the machine's cores.
 */
record Fleets(Services sharing, Services alone) implements AutoCloseable {
  private static final String MODEL = "unmask-mini-block";
  private static final int WORKERS = 2;
  private static final int CACHES = 3;
  private static final int WARM_UP = 200;
  private static final int THREADS =
      Math.max(1, Runtime.getRuntime().availableProcessors() / WORKERS);

  /** Starts both. */
  static Fleets start(Path models, Path flags) throws IOException {
    var nothing = Map.of("unmask.worker.cache", "", "unmask.worker.retained-share", "0");
    return new Fleets(
        Services.start(models, flags, setup(CACHES, Map.of())),
        Services.start(models, flags, setup(1, nothing)));
  }

  private static Services.Setup setup(int caches, Map<String, String> changes) {
    var all = new HashMap<>(changes);
    all.put("unmask.worker.threads", Integer.toString(THREADS));
    return new Services.Setup(MODEL, WORKERS, caches, all);
  }

  /** Asks all workers what is asked nowhere else, until they have compiled what they do. */
  void warmUp(Documents documents) {
    var all = documents.byId().values().stream().flatMap(List::stream).toList();
    for (int i = 0; i < WARM_UP; i++) {
      var asked = all.get(i * 4 % all.size());
      var text = "Warm-up %d. %s%s".formatted(i, asked.document(), asked.question());
      var prompt = Documents.conversation(List.of(text));
      for (var fleet : new Services[] {sharing, alone}) {
        ask(fleet, i, prompt);
        ask(fleet, i + 1, prompt);
      }
    }
  }

  /** Asks one worker after the other. */
  static Answer ask(Services fleet, int number, Prompt prompt) {
    return fleet.answer("worker-" + (1 + number % WORKERS), prompt);
  }

  @Override
  public void close() {
    sharing.close();
    alone.close();
  }
}
