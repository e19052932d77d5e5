package dev.unmask.worker.serving;

import dev.unmask.contract.Problem;
import dev.unmask.contract.ProblemException;
import dev.unmask.worker.engine.EngineSettings;
import dev.unmask.worker.engine.EngineThread;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The models of one worker. Safe to share among threads. */
public final class Models implements AutoCloseable {
  private static final int[] WARM_LENGTHS = {64, 256, 1024};

  private final List<ServedModel> models;
  private final EngineThread engine;

  private Models(List<ServedModel> models, EngineThread engine) {
    this.models = List.copyOf(models);
    this.engine = engine;
  }

  /**
   * Loads folders and makes a first step with each model, so that the first request does not pay.
   *
   * @throws IllegalArgumentException if two folders have the same name
   */
  public static Models load(List<Path> folders, EngineSettings settings, EngineThread engine) {
    var loaded = new Models(new ArrayList<>(), engine);
    for (var folder : folders) {
      var model = engine.call(() -> new ModelFolder(folder).load(settings));
      loaded = loaded.with(model);
      engine.run(() -> warmUp(model));
    }
    return loaded;
  }

  private Models with(ServedModel model) {
    if (models.stream().anyMatch(other -> other.name().equals(model.name()))) {
      throw new IllegalArgumentException("two models are called " + model.name());
    }
    var all = new ArrayList<>(models);
    all.add(model);
    return new Models(all, engine);
  }

  private static void warmUp(ServedModel model) {
    for (int length : WARM_LENGTHS) {
      if (length <= model.description().getContextLength()) {
        model.engine().warmUp(length);
      }
    }
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
