package dev.unmask.gateway.openai;

import dev.unmask.contract.Problem;
import dev.unmask.contract.ProblemException;
import dev.unmask.gateway.loopback.Caller;
import dev.unmask.gateway.loopback.Loopback;
import dev.unmask.gateway.openai.reply.Preferred;
import dev.unmask.type.v1.Model;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Header;
import java.util.List;
import java.util.Optional;
import reactor.core.publisher.Mono;

/** {@code /v1/models}. */
@Controller("/v1/models")
final class Models {
  /** All of them. */
  record Listed(String object, List<Described> data) {
    Listed {
      data = List.copyOf(data);
    }
  }

  /** One of them; what the contract says of it beside OpenAI's fields. */
  record Described(
      String id,
      String object,
      long created,
      String ownedBy,
      int maxModelLen,
      String family,
      int blockLength,
      boolean hasChatTemplate,
      List<Preferred> preferredMethods) {}

  private final Loopback gateway;
  private final long since;

  Models(Loopback gateway, Stamps stamps) {
    this.gateway = gateway;
    this.since = stamps.now();
  }

  @Get
  Mono<Listed> all(@Header("Authorization") Optional<String> authorization) {
    return gateway
        .models(new Caller(authorization))
        .map(models -> new Listed("list", models.stream().map(this::described).toList()));
  }

  @Get("/{model}")
  Mono<Described> one(String model, @Header("Authorization") Optional<String> authorization) {
    return gateway
        .models(new Caller(authorization))
        .map(models ->
            models.stream()
                .filter(known -> known.getIdentity().getName().equals(model))
                .findFirst()
                .map(this::described)
                .orElseThrow(() -> missing(model)));
  }

  private Described described(Model model) {
    return new Described(
        model.getIdentity().getName(),
        "model",
        since,
        "unmask",
        model.getContextLength(),
        model.getIdentity().getFamily().name(),
        model.getBlockLength(),
        model.getHasChatTemplate(),
        model.getPreferredMethodsList().stream().map(Preferred::of).toList());
  }

  private static ProblemException missing(String model) {
    return new ProblemException(
        new Problem.NotFound("model", model, "no such model; /v1/models lists them"));
  }
}
