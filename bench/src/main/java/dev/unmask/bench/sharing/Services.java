package dev.unmask.bench.sharing;

import dev.unmask.bench.Exercise;
import dev.unmask.client.UnmaskClient;
import dev.unmask.client.local.Cluster;
import dev.unmask.client.local.Host;
import dev.unmask.client.local.OwnProcesses;
import dev.unmask.client.local.Plan;
import dev.unmask.client.local.Role;
import dev.unmask.client.local.Secret;
import dev.unmask.generation.v1.GenerateRequest;
import dev.unmask.type.v1.Prompt;
import dev.unmask.type.v1.Usage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Gateway, workers and a cache-service as processes, with the small LLaDA. */
record Services(Cluster cluster, UnmaskClient client) implements AutoCloseable {
  private static final String MODEL = "unmask-mini-llada";
  private static final int QUESTIONS = 200;

  /**
   * A prompt and how long it is.
   *
   * @param tokens of it
   * @param prompt itself
   */
  record Sized(int tokens, Prompt prompt) {}

  /** Starts them; without sharing, workers know no cache-service. */
  static Services start(Path models, Path flags, int workers, boolean sharing) throws IOException {
    var plan =
        new Plan(
            List.of(models.resolve(MODEL)),
            new Plan.Services(workers, 1),
            List.of("cpu"),
            0,
            Files.createTempDirectory("pages"),
            Secret.random(new SecureRandom()));
    var processes = OwnProcesses.likeThis(flags, System.err, System.err::println);
    Host alone =
        (role, name, settings) ->
            processes.launch(role, name, role == Role.WORKER ? alone(settings) : settings);
    var cluster = Cluster.start(plan, sharing ? processes : alone);
    cluster.awaitModels();
    return new Services(cluster, UnmaskClient.connect(cluster.gatewayAddress()));
  }

  private static Map<String, Object> alone(Map<String, Object> settings) {
    var alone = new HashMap<>(settings);
    alone.remove("unmask.worker.cache");
    return alone;
  }

  /** Shipped questions about long documents, of some length. */
  List<Sized> prompts(Path models, int least, int most) {
    return Exercise.read(models.resolve("tasks/lookup.jsonl"), QUESTIONS).stream()
        .map(Exercise::prompt)
        .map(prompt -> new Sized(client.tokenize(MODEL, prompt).getIdsCount(), prompt))
        .filter(prompt -> prompt.tokens() >= least && prompt.tokens() <= most)
        .toList();
  }

  /** Asks a worker, with the default method. */
  Usage ask(String worker, Prompt prompt) {
    var request =
        GenerateRequest.newBuilder().setModel(MODEL).setPrompt(prompt).setWorker(worker).build();
    return client.ask(request, _ -> {}).usage();
  }

  @Override
  public void close() {
    client.close();
    cluster.close();
  }
}
