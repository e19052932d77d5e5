package dev.unmask.gateway.session;

import com.google.protobuf.util.Durations;
import dev.unmask.decoder.v1.DecodeRequest;
import dev.unmask.gateway.routing.Ask;

/**
 * A request that passed admission.
 *
 * @param request as a worker gets it, apart from what depends on when that is
 * @param ask what it wants of a worker
 * @param time until when it may take
 */
record Admitted(DecodeRequest request, Ask ask, TimeLimit time) {
  /** The request as it is sent now. */
  DecodeRequest now() {
    var sent = request.toBuilder();
    time.budget().ifPresent(left -> sent.setTimeBudget(Durations.fromNanos(left.toNanos())));
    return sent.build();
  }

  /** Whether only the worker that its client named will do. */
  boolean pinned() {
    return ask.worker().isPresent();
  }
}
