package dev.unmask.bench.sharing;

import dev.unmask.bench.Exercise;
import dev.unmask.client.Answer;
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

/** Gateway, workers and cache-services as processes, with one of the shipped models. */
public record Services(String model, Cluster cluster, UnmaskClient client)
    implements AutoCloseable {
  private static final String LLADA = "unmask-mini-llada";
  private static final int QUESTIONS = 200;

  /**
   * What is started.
   *
   * @param model name of a shipped one
   * @param workers how many
   * @param caches how many cache-services
   * @param changes settings that a worker has beside the usual ones; an empty one takes a usual one
   *     away
   */
  public record Setup(String model, int workers, int caches, Map<String, String> changes) {
    public Setup {
      changes = Map.copyOf(changes);
    }
  }

  /**
   * A prompt and how long it is.
   *
   * @param tokens of it
   * @param prompt itself
   */
  record Sized(int tokens, Prompt prompt) {}

  /** With the small LLaDA and one cache-service; without sharing, workers know none. */
  static Services start(Path models, Path flags, int workers, boolean sharing) throws IOException {
    Map<String, String> alone = sharing ? Map.of() : Map.of("unmask.worker.cache", "");
    return start(models, flags, new Setup(LLADA, workers, 1, alone));
  }

  /** Starts processes and waits until the model is served. */
  public static Services start(Path models, Path flags, Setup setup) throws IOException {
    var plan =
        new Plan(
            List.of(models.resolve(setup.model())),
            new Plan.Services(setup.workers(), setup.caches()),
            List.of("cpu"),
            0,
            Files.createTempDirectory("pages"),
            Secret.random(new SecureRandom()));
    var processes = OwnProcesses.likeThis(flags, System.err, System.err::println);
    Host changed =
        (role, name, settings) ->
            processes.launch(role, name, role == Role.WORKER ? changed(settings, setup) : settings);
    var cluster = Cluster.start(plan, changed);
    cluster.awaitModels();
    return new Services(setup.model(), cluster, UnmaskClient.connect(cluster.gatewayAddress()));
  }

  private static Map<String, Object> changed(Map<String, Object> settings, Setup setup) {
    var changed = new HashMap<>(settings);
    changed.putAll(setup.changes());
    changed.values().removeIf(""::equals);
    return changed;
  }

  /** Shipped questions about long documents, of some length. */
  List<Sized> prompts(Path models, int least, int most) {
    return Exercise.read(models.resolve("tasks/lookup.jsonl"), QUESTIONS).stream()
        .map(Exercise::prompt)
        .map(prompt -> new Sized(client.tokenize(model, prompt).getIdsCount(), prompt))
        .filter(prompt -> prompt.tokens() >= least && prompt.tokens() <= most)
        .toList();
  }

  /** Asks a worker, with the default method. */
  Usage ask(String worker, Prompt prompt) {
    return answer(worker, prompt).usage();
  }

  /** The same with the whole answer; an empty name leaves the worker to the gateway. */
  public Answer answer(String worker, Prompt prompt) {
    var request =
        GenerateRequest.newBuilder().setModel(model).setPrompt(prompt).setWorker(worker).build();
    return client.ask(request, _ -> {});
  }

  @Override
  public void close() {
    client.close();
    cluster.close();
  }
}
