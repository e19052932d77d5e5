package dev.unmask.gateway.routing;

import dev.unmask.gateway.config.WorkerAddress;
import dev.unmask.type.v1.Model;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * All workers at one moment.
 *
 * @param workers those that ever answered
 */
public record FleetView(List<WorkerView> workers) {
  public FleetView {
    workers = List.copyOf(workers);
  }

  /** Models that can be asked for now, by name; where workers differ, the first one's word. */
  public List<Model> models() {
    return distinct(workers.stream().filter(WorkerView::reachable));
  }

  /** A model some worker serves, or served when it was last seen. */
  public Optional<Model> model(String name) {
    var reachableFirst =
        workers.stream().sorted(Comparator.comparing(WorkerView::reachable).reversed());
    return distinct(reachableFirst).stream()
        .filter(model -> model.getIdentity().getName().equals(name))
        .findFirst();
  }

  /** Whether a model can be asked for now. */
  public boolean serves(String model) {
    return !serving(model).isEmpty();
  }

  /** Whether a worker that serves a model holds beginnings of prompts. */
  public boolean holdsPrefixes(String model) {
    return serving(model).stream().anyMatch(worker -> !worker.held().isEmpty());
  }

  /** Slots of the workers that can be asked now. */
  public long slots() {
    return workers.stream()
        .filter(WorkerView::reachable)
        .mapToLong(worker -> worker.load().slots())
        .sum();
  }

  /** Whether any worker can be asked now. */
  public boolean reachable() {
    return workers.stream().anyMatch(WorkerView::reachable);
  }

  /** The same moment, without the workers at some addresses. */
  public FleetView without(Set<WorkerAddress> addresses) {
    return new FleetView(
        workers.stream().filter(worker -> !addresses.contains(worker.address())).toList());
  }

  Optional<WorkerView> worker(String name) {
    return workers.stream().filter(worker -> worker.name().equals(name)).findFirst();
  }

  List<WorkerView> serving(String model) {
    return workers.stream().filter(worker -> worker.reachable() && worker.serves(model)).toList();
  }

  private static List<Model> distinct(Stream<WorkerView> workers) {
    var byName = new TreeMap<String, Model>();
    workers
        .flatMap(worker -> worker.models().stream())
        .forEach(model -> byName.putIfAbsent(model.getIdentity().getName(), model));
    return List.copyOf(byName.values());
  }
}
