package dev.unmask.gateway.openai;

import dev.unmask.contract.ProblemException;
import dev.unmask.gateway.openai.reply.Failure;
import io.grpc.StatusRuntimeException;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Primary;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.server.exceptions.ExceptionHandler;
import io.micronaut.http.server.exceptions.response.ErrorResponseProcessor;
import jakarta.inject.Singleton;
import java.util.Optional;

/** Failures of all kinds, as OpenAI's error object. */
@Factory
final class FailureHandlers {
  /** What the gateway's services answered. */
  @Singleton
  ExceptionHandler<StatusRuntimeException, HttpResponse<?>> statuses() {
    return (_, failure) -> response(Refused.of(failure));
  }

  /** What is wrong before they are asked. */
  @Singleton
  ExceptionHandler<ProblemException, HttpResponse<?>> problems() {
    return (_, failure) -> response(Refused.of(failure));
  }

  /** What the server itself refuses: bodies that are too large or no JSON, paths, methods. */
  @Singleton
  @Primary
  ErrorResponseProcessor<Failure> refusals() {
    return (context, response) -> {
      var status = response.status();
      var message =
          context.hasErrors()
              ? context.getErrors().getFirst().getMessage()
              : HttpStatus.valueOf(status.getCode()).getReason();
      var type = status.getCode() < 500 ? "invalid_request_error" : "server_error";
      return response
          .body(new Failure(new Failure.Details(message, type, Optional.empty(), Optional.empty())))
          .contentType(MediaType.APPLICATION_JSON_TYPE);
    };
  }

  private static MutableHttpResponse<Failure> response(Refused refused) {
    var response =
        HttpResponse.<Failure>status(refused.code(), HttpStatus.getDefaultReason(refused.code()))
            .body(refused.failure())
            .contentType(MediaType.APPLICATION_JSON_TYPE);
    refused
        .retryAfter()
        .ifPresent(seconds -> response.header(HttpHeaders.RETRY_AFTER, Long.toString(seconds)));
    return response;
  }
}
