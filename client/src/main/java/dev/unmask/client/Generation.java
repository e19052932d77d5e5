package dev.unmask.client;

import dev.unmask.generation.v1.GenerateResponse;
import io.grpc.Context;
import java.util.Iterator;
import java.util.function.Supplier;

/**
 * A running generation: its events in order, waiting for each. For one thread, except that any may
 * {@link #cancel} it. Events of a slow reader wait on the worker's side.
 */
public final class Generation implements Iterator<GenerateResponse>, AutoCloseable {
  private final Context.CancellableContext context;
  private final Iterator<GenerateResponse> events;

  private Generation(Context.CancellableContext context, Iterator<GenerateResponse> events) {
    this.context = context;
    this.events = events;
  }

  /** Starts a call in a context of its own, so that ending the context cancels the call. */
  static Generation start(Supplier<Iterator<GenerateResponse>> call) {
    var context = Context.current().withCancellation();
    var previous = context.attach();
    try {
      return new Generation(context, call.get());
    } finally {
      context.detach(previous);
    }
  }

  @Override
  public boolean hasNext() {
    return ClientException.translating(events::hasNext);
  }

  @Override
  public GenerateResponse next() {
    return ClientException.translating(events::next);
  }

  /** Cancels the generation unless it is over; the worker's slot is free within one step. */
  public void cancel() {
    context.cancel(null);
  }

  /** As {@link #cancel}. */
  @Override
  public void close() {
    cancel();
  }
}
