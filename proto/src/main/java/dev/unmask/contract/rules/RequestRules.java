package dev.unmask.contract.rules;

import dev.unmask.contract.CanvasSizes;
import dev.unmask.contract.Problem;
import dev.unmask.contract.ProblemException;
import dev.unmask.contract.Violation;
import dev.unmask.contract.preference.Preferences;
import dev.unmask.decoder.v1.DecodeRequest;
import dev.unmask.generation.v1.GenerateRequest;
import dev.unmask.generation.v1.GetModelRequest;
import dev.unmask.type.v1.DecodingSpec;
import dev.unmask.type.v1.Given;
import dev.unmask.type.v1.Model;
import dev.unmask.type.v1.Prompt;
import dev.unmask.type.v1.TokenIds;
import java.util.List;
import java.util.Optional;

/**
 * Every rule of the contract for the requests of clients and gateways, checked before any work.
 * Field paths are those of the proto files, e.g. {@code spec.threshold.threshold}. Immutable.
 */
public final class RequestRules {
  private static final int NANOS = 1_000_000_000;

  private final Optional<Model> model;

  private RequestRules(Optional<Model> model) {
    this.model = model;
  }

  /** The rules that hold whatever the model. */
  public static RequestRules ofAnyModel() {
    return new RequestRules(Optional.empty());
  }

  /** All rules, those of the model's context, vocabulary and family included. */
  public static RequestRules of(Model model) {
    return new RequestRules(Optional.of(model));
  }

  /**
   * Passes when nothing is broken.
   *
   * @throws ProblemException naming every violation
   */
  public static void require(List<Violation> violations) {
    if (!violations.isEmpty()) {
      throw new ProblemException(new Problem.BadRequest(violations));
    }
  }

  /** Broken rules of a client's request. */
  public List<Violation> violations(GenerateRequest request) {
    var found = new Violations();
    NameRules.optional("model", request.getModel(), found);
    NameRules.requestId(request.getRequestId(), found);
    NameRules.optional("worker", request.getWorker(), found);
    Preferences.violations(request, model).forEach(v -> found.add(v.field(), v.description()));
    var spec = model.map(known -> Preferences.spec(request, known)).orElse(request.getSpec());
    canvas(request.getPrompt(), spec, found);
    if (request.hasSharing()) {
      new SharingRules(request.getPrompt(), spec, found).check(request.getSharing());
    }
    new GivenRules(model, spec, found).check(request.getGiven());
    found.known("deadline_rule", request.getDeadlineRuleValue(), request.getDeadlineRule());
    return found.list();
  }

  /** Broken rules of a gateway's request. */
  public List<Violation> violations(DecodeRequest request) {
    var found = new Violations();
    NameRules.required("model", request.getModel(), found);
    found.addIf(request.getRequestId().isEmpty(), "request_id", "is required");
    NameRules.requestId(request.getRequestId(), found);
    NameRules.namespace("namespace", request.getNamespace(), found);
    canvas(request.getPrompt(), request.getSpec(), found);
    if (request.hasSharing()) {
      new SharingRules(request.getPrompt(), request.getSpec(), found).check(request.getSharing());
    }
    new GivenRules(model, request.getSpec(), found).check(request.getGiven());
    time(request, found);
    return found.list();
  }

  private static void time(DecodeRequest request, Violations found) {
    var budget = request.getTimeBudget();
    boolean sound = budget.getNanos() >= 0 && budget.getNanos() < NANOS;
    found.addIf(!sound, "time_budget.nanos", "must be in [0, 999999999], was " + budget.getNanos());
    found.addIf(
        budget.getSeconds() < 0,
        "time_budget.seconds",
        "must be at least 0, was " + budget.getSeconds());
  }

  /** Broken rules of a client's question about a model. */
  public List<Violation> violations(GetModelRequest request) {
    var found = new Violations();
    NameRules.required("model", request.getModel(), found);
    return found.list();
  }

  /** Broken rules of a client's prompt to tokenize. */
  public List<Violation> violations(dev.unmask.generation.v1.TokenizeRequest request) {
    var found = new Violations();
    NameRules.optional("model", request.getModel(), found);
    new PromptRules(model, found).check(request.getPrompt());
    return found.list();
  }

  /** Broken rules of a gateway's prompt to tokenize. */
  public List<Violation> violations(dev.unmask.decoder.v1.TokenizeRequest request) {
    var found = new Violations();
    NameRules.required("model", request.getModel(), found);
    new PromptRules(model, found).check(request.getPrompt());
    return found.list();
  }

  /** Broken rules of a client's tokens to turn into text. */
  public List<Violation> violations(dev.unmask.generation.v1.DetokenizeRequest request) {
    var found = new Violations();
    NameRules.optional("model", request.getModel(), found);
    tokens(request.getTokens(), found);
    return found.list();
  }

  /** Broken rules of a gateway's tokens to turn into text. */
  public List<Violation> violations(dev.unmask.decoder.v1.DetokenizeRequest request) {
    var found = new Violations();
    NameRules.required("model", request.getModel(), found);
    tokens(request.getTokens(), found);
    return found.list();
  }

  /** Broken rules of a spec, whatever it decodes. */
  public List<Violation> violations(DecodingSpec spec) {
    var found = new Violations();
    new SpecRules(model, found).check(spec);
    return found.list();
  }

  /**
   * Broken rules of a prompt once its tokens are counted; needs a model.
   *
   * @param promptTokens tokens of the rendered prompt
   */
  public List<Violation> violations(DecodingSpec spec, int promptTokens) {
    var found = new Violations();
    new ContextRules(model.orElseThrow(), found)
        .prompt("prompt", promptTokens, CanvasSizes.of(spec, model.orElseThrow()));
    return found.list();
  }

  /**
   * Broken rules of a suffix of text once its tokens are known; needs a model.
   *
   * @param suffix its tokens
   */
  public List<Violation> violations(DecodingSpec spec, Given given, TokenIds suffix) {
    var found = new Violations();
    new GivenRules(model, spec, found).suffix(given, suffix);
    return found.list();
  }

  private void canvas(Prompt prompt, DecodingSpec spec, Violations found) {
    new PromptRules(model, found).check(prompt);
    new SpecRules(model, found).check(spec);
    model.ifPresent(known -> {
      var context = new ContextRules(known, found);
      var sizes = CanvasSizes.of(spec, known);
      context.generation(sizes);
      int tokens = prompt.getTokens().getIdsCount();
      if (tokens > 0 && tokens <= known.getContextLength()) {
        context.prompt("prompt.tokens.ids", tokens, sizes);
      }
    });
  }

  private void tokens(TokenIds tokens, Violations found) {
    new TokenRules(model, found).check("tokens", tokens);
  }
}
