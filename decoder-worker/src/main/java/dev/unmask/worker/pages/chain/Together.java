package dev.unmask.worker.pages.chain;

import io.grpc.Context;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/** Calls that block, made at once. */
final class Together {
  private Together() {}

  /**
   * Makes a call for each of a few things, on a virtual thread each, and waits until all are over.
   * If the caller is interrupted, so are they; it waits for their ends and keeps the interrupt.
   *
   * @param call answers soon, and throws nothing, when it is interrupted
   * @return the answers in the things' order
   */
  static <T, R> List<R> all(List<T> things, Function<T, R> call) {
    if (things.size() == 1) {
      return List.of(call.apply(things.getFirst()));
    }
    List<Future<R>> answers;
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      answers =
          things.stream()
              .map(thing ->
                  threads.submit(Context.current().wrap((Callable<R>) () -> call.apply(thing))))
              .toList();
    }
    return answers.stream().map(Future::resultNow).toList();
  }
}
