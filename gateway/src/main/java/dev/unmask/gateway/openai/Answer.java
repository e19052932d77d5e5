package dev.unmask.gateway.openai;

import dev.unmask.gateway.loopback.Caller;
import dev.unmask.gateway.loopback.Loopback;
import dev.unmask.gateway.openai.reply.Choice;
import dev.unmask.gateway.openai.reply.Form;
import dev.unmask.gateway.openai.reply.Reply;
import dev.unmask.gateway.openai.reply.TokenUsage;
import dev.unmask.gateway.openai.reply.Told;
import dev.unmask.gateway.openai.request.Wanted;
import dev.unmask.generation.v1.GenerateResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The answer to one request: every choice is a generation of its own, all at once.
 *
 * @param wanted what is answered
 * @param form its form
 * @param name the request's
 * @param created unit: seconds since 1970
 */
record Answer(Wanted wanted, Form form, String name, long created) {
  /** All choices, once they are finished. */
  Mono<Reply> whole(Loopback gateway, Caller caller) {
    return Flux.mergeSequential(
            told().map(told -> events(told, gateway, caller).reduce(told, Told::add)).toList())
        .collectList()
        .map(this::reply);
  }

  /**
   * Everything that is told of the choices, as it comes: none waits for another, and of each the
   * next event is taken when there is room for it.
   */
  Flux<Reply> chunks(Loopback gateway, Caller caller) {
    var choices = told().toList();
    var chunks =
        Flux.merge(
            Flux.fromIterable(choices)
                .map(told ->
                    events(told, gateway, caller)
                        .concatMapIterable(event -> chunks(told, event), 1)),
            choices.size(),
            1);
    return wanted.telling().usage()
        ? chunks.concatWith(Mono.fromSupplier(() -> usage(choices)))
        : chunks;
  }

  private Stream<Told> told() {
    return IntStream.range(0, wanted.choices())
        .mapToObj(index -> new Told(index, wanted.telling().logprobs()));
  }

  private Flux<GenerateResponse> events(Told told, Loopback gateway, Caller caller) {
    return gateway.generate(wanted.choice(told.index(), name), caller, wanted.deadline());
  }

  private List<Reply> chunks(Told told, GenerateResponse event) {
    told.add(event);
    var chunks = new ArrayList<Reply>();
    choice(told, event).map(choice -> chunk(told, List.of(choice))).ifPresent(chunks::add);
    if (wanted.telling().canvas()) {
      told.canvas(event).map(canvas -> chunk(told, List.of()).with(canvas)).ifPresent(chunks::add);
    }
    return chunks;
  }

  private Optional<Choice> choice(Told told, GenerateResponse event) {
    return switch (event.getEventCase()) {
      case OPENED -> form.opening(told.index());
      case COMMITTED ->
          Optional.of(event.getCommitted().getText())
              .filter(text -> !text.isEmpty())
              .map(text -> form.piece(told.index(), text));
      case CLOSED -> Optional.of(form.ending(told));
      case DELTA, EVENT_NOT_SET -> Optional.empty();
    };
  }

  private Reply reply(List<Told> choices) {
    return new Reply(
        name,
        form.whole(),
        created,
        choices.getFirst().model(),
        choices.stream().map(form::answer).toList(),
        Optional.of(tokens(choices)),
        Optional.empty());
  }

  private Reply usage(List<Told> choices) {
    return chunk(choices.getFirst(), List.of()).with(tokens(choices));
  }

  private Reply chunk(Told told, List<Choice> choices) {
    return new Reply(
        name, form.chunk(), created, told.model(), choices, Optional.empty(), Optional.empty());
  }

  private static TokenUsage tokens(List<Told> choices) {
    return TokenUsage.of(choices.stream().map(told -> told.closed().getUsage()).toList());
  }
}
