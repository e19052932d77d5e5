package dev.unmask.gateway.openai;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.unmask.gateway.loopback.Caller;
import dev.unmask.gateway.loopback.Loopback;
import dev.unmask.gateway.openai.fields.Fields;
import dev.unmask.gateway.openai.request.Prompts;
import dev.unmask.generation.v1.DetokenizeRequest;
import dev.unmask.generation.v1.TokenizeRequest;
import dev.unmask.type.v1.Model;
import dev.unmask.type.v1.TokenIds;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Header;
import io.micronaut.http.annotation.Post;
import java.util.List;
import java.util.Optional;
import reactor.core.publisher.Mono;

/** {@code /tokenize} and {@code /detokenize}, in vLLM's shapes. */
@Controller
final class Tokens {
  /** Tokens of a prompt, and how many a model takes. */
  record Tokenized(int count, int maxModelLen, List<Integer> tokens) {
    Tokenized {
      tokens = List.copyOf(tokens);
    }
  }

  /** Text of tokens. */
  record Detokenized(String prompt) {}

  private final Loopback gateway;

  Tokens(Loopback gateway) {
    this.gateway = gateway;
  }

  @Post("/tokenize")
  Mono<Tokenized> tokenize(
      @Body ObjectNode body, @Header("Authorization") Optional<String> authorization) {
    var caller = new Caller(authorization);
    var request = tokenizeRequest(Fields.of(body));
    return gateway
        .tokenize(request, caller)
        .zipWith(gateway.models(caller))
        .map(both ->
            new Tokenized(
                both.getT1().size(), length(request.getModel(), both.getT2()), both.getT1()));
  }

  @Post("/detokenize")
  Mono<Detokenized> detokenize(
      @Body ObjectNode body, @Header("Authorization") Optional<String> authorization) {
    var fields = Fields.of(body);
    var request =
        DetokenizeRequest.newBuilder()
            .setModel(fields.text("model").orElse(""))
            .setTokens(TokenIds.newBuilder().addAllIds(fields.tokens("tokens").orElse(List.of())))
            .build();
    fields.require();
    return gateway.detokenize(request, new Caller(authorization)).map(Detokenized::new);
  }

  private static TokenizeRequest tokenizeRequest(Fields fields) {
    var prompt =
        fields.any("messages").isPresent() ? Prompts.conversation(fields) : Prompts.plain(fields);
    fields.only(
        "add_special_tokens",
        value -> !value.asBoolean(),
        "must be false: prompts get none but their template's");
    fields.only(
        "add_generation_prompt",
        value -> value.asBoolean(),
        "must be true: a conversation is rendered as it is answered");
    var request =
        TokenizeRequest.newBuilder()
            .setModel(fields.text("model").orElse(""))
            .setPrompt(prompt)
            .build();
    fields.require();
    return request;
  }

  /** A model that is not named is the only one. */
  private static int length(String name, List<Model> models) {
    return models.stream()
        .filter(model -> name.isEmpty() || model.getIdentity().getName().equals(name))
        .findFirst()
        .map(Model::getContextLength)
        .orElse(0);
  }
}
