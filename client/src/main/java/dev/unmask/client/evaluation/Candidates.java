package dev.unmask.client.evaluation;

import dev.unmask.client.evaluation.settings.ModelKind;
import dev.unmask.type.v1.Model;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Chooses among the models that are served. */
public final class Candidates {
  private Candidates() {}

  /**
   * The models to evaluate.
   *
   * @param served all there are
   * @param names of those that are wanted; none means all
   * @param kind what they are to be taken for; without names, only those of this kind are wanted
   * @throws IllegalArgumentException when one is not served, naming those that are
   */
  public static List<Candidate> of(
      List<Model> served, List<String> names, Optional<ModelKind> kind) {
    if (!names.isEmpty()) {
      return names.stream()
          .map(name -> named(name, served))
          .map(model -> new Candidate(model, kind.orElseGet(() -> kind(model))))
          .toList();
    }
    var wanted =
        served.stream()
            .map(model -> new Candidate(model, kind(model)))
            .filter(candidate -> kind.isEmpty() || kind.get() == candidate.kind())
            .toList();
    if (wanted.isEmpty()) {
      throw new IllegalArgumentException(
          "no model is served that is " + kind.map(ModelKind::word).orElse("one") + list(served));
    }
    return wanted;
  }

  private static Model named(String name, List<Model> served) {
    return served.stream()
        .filter(model -> model.getIdentity().getName().equals(name))
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException("no model " + name + " is served" + list(served)));
  }

  private static String list(List<Model> served) {
    return served.stream()
        .map(model -> model.getIdentity().getName() + " (" + kind(model).word() + ")")
        .collect(Collectors.joining(", ", "; there are ", ""));
  }

  private static ModelKind kind(Model model) {
    return ModelKind.of(model.getIdentity());
  }
}
