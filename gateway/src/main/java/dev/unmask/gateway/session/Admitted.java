package dev.unmask.gateway.session;

import com.google.protobuf.util.Durations;
import dev.unmask.decoder.v1.DecodeRequest;
import dev.unmask.gateway.routing.Ask;
import dev.unmask.generation.v1.GenerateResponse;
import dev.unmask.type.v1.PreferredMethod;
import java.util.Optional;

/**
 * A request that passed admission.
 *
 * @param request as a worker gets it, apart from what depends on when that is
 * @param ask what it wants of a worker
 * @param preferred the method that its preference got, if it had one
 * @param time until when it may take
 */
record Admitted(
    DecodeRequest request, Ask ask, Optional<PreferredMethod> preferred, TimeLimit time) {
  /** The request as it is sent now. */
  DecodeRequest now() {
    var sent = request.toBuilder();
    time.budget().ifPresent(left -> sent.setTimeBudget(Durations.fromNanos(left.toNanos())));
    return sent.build();
  }

  /** An event as its client is told it: the first one says which method a preference got. */
  GenerateResponse told(GenerateResponse event) {
    if (!event.hasOpened() || preferred.isEmpty()) {
      return event;
    }
    var opened = event.getOpened().toBuilder().setPreferredMethod(preferred.get());
    return event.toBuilder().setOpened(opened).build();
  }

  /** Whether only the worker that its client named will do. */
  boolean pinned() {
    return ask.worker().isPresent();
  }
}
