package dev.unmask.gateway.admission;

import dev.unmask.contract.CanvasSizes;
import dev.unmask.contract.Problem;
import dev.unmask.contract.ProblemException;
import dev.unmask.contract.preference.Preferences;
import dev.unmask.decoder.v1.DecodeRequest;
import dev.unmask.gateway.access.Tenant;
import dev.unmask.gateway.routing.Ask;
import dev.unmask.gateway.routing.ContextKey;
import dev.unmask.gateway.routing.FleetView;
import dev.unmask.generation.v1.GenerateRequest;
import dev.unmask.generation.v1.GetModelRequest;
import dev.unmask.prompt.Pieces;
import dev.unmask.prompt.WrittenPrompt;
import dev.unmask.type.v1.Model;
import dev.unmask.type.v1.PreferredMethod;
import java.util.List;
import java.util.Optional;

/**
 * Turns a client's request into a worker's, or refuses it. Every method throws {@link
 * ProblemException}: all violations at once, no such model, or no worker. Safe for any thread.
 */
public final class Admission {
  private final RequestIds ids;

  /** Admission with ids for requests that have none. */
  public Admission(RequestIds ids) {
    this.ids = ids;
  }

  /** A tenant's request to decode; its namespace is the tenant's, whatever the request says. */
  public DecodeRequest admit(Tenant tenant, GenerateRequest request, FleetView view) {
    var model = ModelChoice.of(request.getModel(), view, rules -> rules.violations(request));
    var admitted =
        DecodeRequest.newBuilder()
            .setRequestId(request.getRequestId().isEmpty() ? ids.next() : request.getRequestId())
            .setModel(model.getIdentity().getName())
            .setNamespace(tenant.namespace())
            .setPrompt(request.getPrompt())
            .setSpec(Preferences.spec(request, model));
    if (request.hasSharing()) {
      granted(tenant, request.getSharing().getPublicNamespace());
      admitted.setSharing(request.getSharing());
    }
    if (request.hasGiven()) {
      admitted.setGiven(request.getGiven());
    }
    return admitted.build();
  }

  /** The method that a request's preference gets, if it has one that passed {@link #admit}. */
  public Optional<PreferredMethod> preferred(GenerateRequest request, FleetView view) {
    var model = ModelChoice.of(request.getModel(), view, _ -> List.of());
    return Preferences.method(request, model);
  }

  private static void granted(Tenant tenant, String namespace) {
    if (!namespace.isEmpty() && !tenant.publicNamespaces().contains(namespace)) {
      throw new ProblemException(
          new Problem.Denied(
              "sharing.public_namespace must be one that was granted to the caller, was "
                  + namespace));
    }
  }

  /** What an admitted request wants of a worker of a fleet. */
  public Ask ask(DecodeRequest admitted, GenerateRequest request, FleetView view) {
    var context =
        ContextKey.of(
            admitted.getModel(),
            admitted.getPrompt(),
            CanvasSizes.of(admitted.getSpec()).generation());
    return new Ask(
        context,
        pieces(admitted, view),
        Optional.of(request.getWorker()).filter(name -> !name.isEmpty()));
  }

  /** Not made where nobody could hold them: of a long prompt they take a while. */
  private static Pieces pieces(DecodeRequest admitted, FleetView view) {
    return view.holdsPrefixes(admitted.getModel())
        ? new WrittenPrompt(admitted.getNamespace(), admitted.getModel(), admitted.getPrompt())
            .pieces()
        : Pieces.none();
  }

  /** A prompt to tokenize. */
  public dev.unmask.decoder.v1.TokenizeRequest admit(
      dev.unmask.generation.v1.TokenizeRequest request, FleetView view) {
    var model = ModelChoice.of(request.getModel(), view, rules -> rules.violations(request));
    return dev.unmask.decoder.v1.TokenizeRequest.newBuilder()
        .setModel(model.getIdentity().getName())
        .setPrompt(request.getPrompt())
        .build();
  }

  /** Tokens to turn into text. */
  public dev.unmask.decoder.v1.DetokenizeRequest admit(
      dev.unmask.generation.v1.DetokenizeRequest request, FleetView view) {
    var model = ModelChoice.of(request.getModel(), view, rules -> rules.violations(request));
    return dev.unmask.decoder.v1.DetokenizeRequest.newBuilder()
        .setModel(model.getIdentity().getName())
        .setTokens(request.getTokens())
        .build();
  }

  /** The one model asked for, as long as a worker serves it. */
  public Model admit(GetModelRequest request, FleetView view) {
    return ModelChoice.of(request.getModel(), view, rules -> rules.violations(request));
  }

  /** All models that can be asked for now. */
  public List<Model> models(FleetView view) {
    return ModelChoice.all(view);
  }
}
