package dev.unmask.gateway.admission;

import dev.unmask.contract.Limits;
import dev.unmask.contract.Problem;
import dev.unmask.contract.ProblemException;
import dev.unmask.contract.Violation;
import dev.unmask.contract.rules.RequestRules;
import dev.unmask.gateway.routing.FleetView;
import dev.unmask.type.v1.Model;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Finds the model a request means and checks the request by it, in one answer. */
final class ModelChoice {
  private static final int NAMES_CHARACTERS = 512;

  private ModelChoice() {}

  /**
   * The model of a request that broke no rule.
   *
   * @param name what the request calls it; empty means the only one
   * @param rules the request's violations by given rules
   * @throws ProblemException with every violation, or when there is no such model or no worker
   */
  static Model of(String name, FleetView view, Function<RequestRules, List<Violation>> rules) {
    var model = name.isEmpty() ? only(view.models()) : view.model(name);
    var violations =
        new ArrayList<>(
            rules.apply(model.map(RequestRules::of).orElseGet(RequestRules::ofAnyModel)));
    if (name.isEmpty() && view.models().size() > 1) {
      violations.add(new Violation("model", "is required, one of: " + names(view)));
    }
    RequestRules.require(violations);
    return model
        .filter(found -> view.serves(found.getIdentity().getName()))
        .orElseThrow(() -> new ProblemException(missing(name, view)));
  }

  /**
   * Every model that can be asked for now.
   *
   * @throws ProblemException when no worker can be reached
   */
  static List<Model> all(FleetView view) {
    if (!view.reachable()) {
      throw new ProblemException(unavailable("no worker can be reached"));
    }
    return view.models();
  }

  private static Optional<Model> only(List<Model> models) {
    return models.size() == 1 ? Optional.of(models.getFirst()) : Optional.empty();
  }

  private static Problem missing(String name, FleetView view) {
    if (!view.reachable()) {
      return unavailable("no worker can be reached");
    }
    return name.isEmpty() || view.model(name).isPresent()
        ? unavailable("no worker that serves the model " + name + " can be reached")
        : new Problem.NotFound(
            "model", name, "no model is named " + name + "; models: " + names(view));
  }

  private static Problem unavailable(String message) {
    return new Problem.Unavailable(message, Limits.RETRY_DELAY);
  }

  private static String names(FleetView view) {
    var names =
        view.models().stream()
            .map(model -> model.getIdentity().getName())
            .collect(Collectors.joining(", "));
    return names.length() <= NAMES_CHARACTERS
        ? names
        : names.substring(0, NAMES_CHARACTERS) + "...";
  }
}
