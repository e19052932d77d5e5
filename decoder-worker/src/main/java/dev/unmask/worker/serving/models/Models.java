package dev.unmask.worker.serving.models;

import dev.unmask.contract.Problem;
import dev.unmask.contract.ProblemException;
import dev.unmask.worker.engine.EngineSettings;
import dev.unmask.worker.serving.steps.EngineThread;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The models of one worker. Safe to share among threads. */
public final class Models implements AutoCloseable {
  private final List<ServedModel> models;
  private final EngineThread engine;

  private Models(List<ServedModel> models, EngineThread engine) {
    this.models = List.copyOf(models);
    this.engine = engine;
  }

  /**
   * Loads folders.
   *
   * @throws IllegalArgumentException if two folders have the same name
   */
  public static Models load(List<Path> folders, EngineSettings settings, EngineThread engine) {
    var names = folders.stream().map(folder -> new ModelFolder(folder).name()).toList();
    if (Set.copyOf(names).size() < names.size()) {
      throw new IllegalArgumentException("two models have one name: " + String.join(", ", names));
    }
    return new Models(
        folders.stream()
            .map(folder -> engine.call(() -> new ModelFolder(folder).load(settings)))
            .toList(),
        engine);
  }

  /**
   * Models that are loaded already.
   *
   * @param engine the thread of their device
   */
  public static Models of(List<ServedModel> models, EngineThread engine) {
    return new Models(models, engine);
  }

  /** All, in the order of their folders. */
  public List<ServedModel> all() {
    return models;
  }

  /**
   * A model by name.
   *
   * @throws ProblemException NotFound, naming the models there are
   */
  public ServedModel named(String name) {
    return models.stream()
        .filter(model -> model.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new ProblemException(notFound(name)));
  }

  private Problem notFound(String name) {
    var names = models.stream().map(ServedModel::name).collect(Collectors.joining(", "));
    return new Problem.NotFound("model", name, "no model " + name + " here; there is " + names);
  }

  @Override
  public void close() {
    models.forEach(model -> {
      engine.run(model.engine()::close);
      model.tokenizer().close();
    });
  }
}
