package dev.unmask.gateway.openai.request;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.unmask.contract.Limits;
import dev.unmask.contract.ProblemException;
import dev.unmask.gateway.openai.fields.Fields;
import dev.unmask.generation.v1.GenerateRequest;
import dev.unmask.type.v1.Confidence;
import dev.unmask.type.v1.DecodingSpec;
import dev.unmask.type.v1.Prompt;
import java.util.Optional;

/**
 * Reads requests. What is not understood is refused: a field that is passed over surprises later.
 */
public final class Reading {
  private final Fields body;
  private final UnmaskFields unmask;

  private Reading(ObjectNode body) {
    this.body = Fields.of(body);
    this.unmask = new UnmaskFields(this.body);
  }

  /**
   * A chat completion's body.
   *
   * @throws ProblemException naming every field that is wrong
   */
  public static Wanted chat(ObjectNode body) {
    var reading = new Reading(body);
    Refusals.ofChat(reading.body);
    var prompt = Prompts.conversation(reading.body);
    var maxTokens = reading.tokens("max_completion_tokens").or(() -> reading.tokens("max_tokens"));
    reading.body.any("max_tokens");
    boolean logprobs = reading.body.flag("logprobs");
    reading.noAlternatives("top_logprobs");
    return reading.wanted(prompt, maxTokens, "", logprobs);
  }

  /**
   * A completion's body.
   *
   * @throws ProblemException naming every field that is wrong
   */
  public static Wanted completion(ObjectNode body) {
    var reading = new Reading(body);
    Refusals.ofCompletion(reading.body);
    var prompt = Prompts.plain(reading.body);
    boolean logprobs = reading.body.any("logprobs").isPresent();
    reading.noAlternatives("logprobs");
    var suffix = reading.body.text("suffix").orElse("");
    return reading.wanted(prompt, reading.tokens("max_tokens"), suffix, logprobs);
  }

  private Wanted wanted(Prompt prompt, Optional<Long> maxTokens, String suffix, boolean logprobs) {
    var spec = unmask.spec();
    if (maxTokens.isPresent() && spec.hasGenerationLength()) {
      body.wrong(
          "max_tokens", "is unmask.spec.generation_length by another name; give one of them");
    }
    if (logprobs
        && !spec.getConfidence().equals(Confidence.CONFIDENCE_UNSPECIFIED)
        && !spec.getConfidence().equals(Confidence.CONFIDENCE_MAX_PROBABILITY)) {
      body.wrong("logprobs", "needs the default confidence: no other one is a probability");
    }
    sampling(spec);
    body.texts("stop").forEach(spec::addStop);
    int choices = body.whole("n", 1, Limits.CHOICES).orElse(1L).intValue();
    var length = Length.of(maxTokens, spec.build());
    spec.setGenerationLength(length.with(0));
    var request = GenerateRequest.newBuilder().setModel(model()).setPrompt(prompt).setSpec(spec);
    unmask.addTo(request);
    var wanted =
        new Wanted(request.build(), length, suffix, choices, unmask.deadline(), telling(logprobs));
    body.require();
    return wanted;
  }

  private void sampling(DecodingSpec.Builder spec) {
    var given = spec.getSampling();
    once("temperature", given.hasTemperature());
    once("top_p", given.hasTopP());
    once("seed", given.hasSeed());
    body.number("temperature").ifPresent(spec.getSamplingBuilder()::setTemperature);
    body.number("top_p").ifPresent(spec.getSamplingBuilder()::setTopP);
    body.whole("seed", 0, Long.MAX_VALUE).ifPresent(spec.getSamplingBuilder()::setSeed);
  }

  private void once(String name, boolean inSpec) {
    if (inSpec && body.any(name).isPresent()) {
      body.wrong(name, "is unmask.spec.sampling." + name + ", too; give one of them");
    }
  }

  private Wanted.Telling telling(boolean logprobs) {
    boolean stream = body.flag("stream");
    var options = body.object("stream_options");
    boolean usage = options.map(fields -> fields.flag("include_usage")).orElse(false);
    boolean canvas = unmask.canvas();
    if (!stream && options.isPresent()) {
      body.wrong("stream_options", "needs stream");
    }
    if (!stream && canvas) {
      unmask.refuseCanvas("needs stream");
    }
    return new Wanted.Telling(stream, usage, canvas, logprobs);
  }

  private String model() {
    var model = body.text("model");
    if (model.filter(name -> !name.isEmpty()).isEmpty()) {
      body.wrong("model", "is required; /v1/models lists them");
    }
    return model.orElse("");
  }

  private Optional<Long> tokens(String name) {
    return body.whole(name, 1, Limits.GENERATION_LENGTH);
  }

  private void noAlternatives(String name) {
    body.only(
        name,
        count -> count.isIntegralNumber() && count.intValue() == 0,
        "must be 0: of a token that was not chosen nothing is kept");
  }
}
