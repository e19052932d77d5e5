package dev.unmask.gateway.session;

import dev.unmask.decoder.v1.DecodeResponse;
import dev.unmask.generation.v1.GenerateResponse;
import java.util.Optional;

/** What of a worker's stream a client sees: everything but checkpoints. */
final class Events {
  private Events() {}

  static Optional<GenerateResponse> toClient(DecodeResponse event) {
    var response = GenerateResponse.newBuilder();
    return switch (event.getEventCase()) {
      case OPENED -> Optional.of(response.setOpened(event.getOpened()).build());
      case DELTA -> Optional.of(response.setDelta(event.getDelta()).build());
      case COMMITTED -> Optional.of(response.setCommitted(event.getCommitted()).build());
      case CLOSED -> Optional.of(response.setClosed(event.getClosed()).build());
      case CHECKPOINT, EVENT_NOT_SET -> Optional.empty();
    };
  }
}
