package dev.unmask.worker.api;

import dev.unmask.contract.Violation;
import dev.unmask.contract.rules.RequestRules;
import dev.unmask.decoder.v1.DecodeRequest;
import dev.unmask.prompt.WrittenPrompt;
import dev.unmask.worker.canvas.Outset;
import dev.unmask.worker.method.Method;
import dev.unmask.worker.serving.Arrival;
import dev.unmask.worker.serving.Assignment;
import dev.unmask.worker.serving.SharingTerms;
import dev.unmask.worker.serving.models.Models;
import dev.unmask.worker.serving.models.ServedModel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;

/**
 * Requests as assignments. The gateway has checked them; the worker checks again, because it alone
 * knows the prompt's tokens.
 *
 * @param models of this worker
 */
record Assignments(Models models) {
  /**
   * Checks and translates a request.
   *
   * @throws dev.unmask.contract.ProblemException NotFound or a bad request naming all violations
   */
  Assignment accept(DecodeRequest request, Arrival arrival) {
    var model = models.named(request.getModel());
    var rules = RequestRules.of(model.description());
    RequestRules.require(rules.violations(request));
    int[] prompt = Prompts.tokens(request.getPrompt(), model);
    var violations = new ArrayList<>(rules.violations(request.getSpec(), prompt.length));
    violations.addAll(masks(prompt, model));
    RequestRules.require(violations);
    var method = DecodingSpecs.method(request.getSpec(), model.description());
    var prefixes = new Prefixes(model, prompt);
    return new Assignment(
        request.getRequestId(),
        model,
        request.getNamespace(),
        method,
        outset(request, model, method, prompt),
        request.getSpec().getStopList(),
        request.hasTimeBudget() ? arrival.within(time(request)) : arrival,
        SharingTerms.of(prefixes.shallow(request), request.getSharing().getPageEncoding(), model)
            .granting(request.getSharing().getPublicNamespace(), prefixes.granted(request)),
        new WrittenPrompt(request.getNamespace(), request.getModel(), request.getPrompt()));
  }

  private static Duration time(DecodeRequest request) {
    var budget = request.getTimeBudget();
    return Duration.ofSeconds(budget.getSeconds(), budget.getNanos());
  }

  private static Outset outset(
      DecodeRequest request, ServedModel model, Method method, int... prompt) {
    var given = new GivenTokens(model).read(request.getGiven(), request.getSpec());
    var outset = Outset.of(prompt).with(given);
    return request.hasResumption()
        ? outset.from(new Resumptions(model, method, outset).read(request.getResumption()))
        : outset;
  }

  /** Text may spell the mask's name; a mask in the prompt would be decoded as if it were ours. */
  private static ArrayList<Violation> masks(int[] prompt, ServedModel model) {
    var violations = new ArrayList<Violation>();
    if (Arrays.stream(prompt).anyMatch(token -> token == model.traits().maskToken())) {
      violations.add(new Violation("prompt", "must not contain the model's mask token"));
    }
    return violations;
  }
}
