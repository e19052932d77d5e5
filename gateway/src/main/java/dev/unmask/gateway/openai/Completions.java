package dev.unmask.gateway.openai;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.unmask.gateway.loopback.Caller;
import dev.unmask.gateway.loopback.Loopback;
import dev.unmask.gateway.openai.reply.Form;
import dev.unmask.gateway.openai.reply.Reply;
import dev.unmask.gateway.openai.request.Reading;
import dev.unmask.gateway.openai.request.Wanted;
import dev.unmask.generation.v1.TokenizeRequest;
import dev.unmask.type.v1.Prompt;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.sse.Event;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** {@code /v1/chat/completions} and {@code /v1/completions}. */
@Controller("/v1")
final class Completions {
  private final Loopback gateway;
  private final Stamps stamps;
  private final Departures departures;

  Completions(Loopback gateway, Stamps stamps, Departures departures) {
    this.gateway = gateway;
    this.stamps = stamps;
    this.departures = departures;
  }

  @Post("/chat/completions")
  Mono<HttpResponse<?>> chat(@Body ObjectNode body, HttpRequest<?> request) {
    return answered(Reading.chat(body), new Form.Chat(), request);
  }

  @Post("/completions")
  Mono<HttpResponse<?>> completion(@Body ObjectNode body, HttpRequest<?> request) {
    return answered(Reading.completion(body), new Form.Text(), request);
  }

  private Mono<HttpResponse<?>> answered(Wanted wanted, Form form, HttpRequest<?> request) {
    var caller = Caller.of(request.getHeaders()::findFirst);
    return whole(wanted, caller)
        .flatMap(complete -> {
          var answer = new Answer(complete, form, stamps.name(form.idPrefix()), stamps.now());
          return wanted.telling().stream()
              ? streamed(answer.chunks(gateway, caller).takeUntilOther(departures.of(request)))
              : answer.whole(gateway, caller).map(HttpResponse::ok);
        })
        .takeUntilOther(departures.of(request));
  }

  /** A canvas ends with its suffix, so that its length must be known first. */
  private Mono<Wanted> whole(Wanted wanted, Caller caller) {
    if (wanted.suffix().isEmpty()) {
      return Mono.just(wanted);
    }
    var suffix =
        TokenizeRequest.newBuilder()
            .setModel(wanted.generate().getModel())
            .setPrompt(Prompt.newBuilder().setText(wanted.suffix()))
            .build();
    return gateway.tokenize(suffix, caller).map(wanted::leadingTo);
  }

  /**
   * The status is known once something came: what is refused is answered like any other request.
   * The one group has all events.
   */
  private static Mono<HttpResponse<?>> streamed(Flux<Reply> chunks) {
    return chunks
        .<Event<?>>switchOnFirst(
            (first, all) -> first.isOnError() ? all.map(Event::of) : events(all))
        .groupBy(_ -> true, 1)
        .next()
        .map(started -> HttpResponse.ok(started).contentType(MediaType.TEXT_EVENT_STREAM_TYPE));
  }

  /** What breaks a stream off is its last event. */
  private static Flux<Event<?>> events(Flux<Reply> chunks) {
    return chunks
        .<Event<?>>map(Event::of)
        .concatWith(Mono.just(Event.of("[DONE]")))
        .onErrorResume(broken -> Mono.just(Event.of(Refused.of(broken).failure())));
  }
}
