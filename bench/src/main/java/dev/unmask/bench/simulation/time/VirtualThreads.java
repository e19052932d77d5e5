package dev.unmask.bench.simulation.time;

import java.lang.reflect.Constructor;
import java.util.concurrent.Executor;

/**
 * Makes virtual threads that run on an executor instead of the JDK's own scheduler. JDK 25 has no
 * public way to that; it has a constructor for its own tests, which {@code jvm.flags} opens.
 * Threads that such a thread makes run on the same executor.
 */
final class VirtualThreads {
  private static final Constructor<?> OURS = constructor();

  private final Thread.Builder.OfVirtual builder;

  private VirtualThreads(Thread.Builder.OfVirtual builder) {
    this.builder = builder;
  }

  /**
   * Threads on an executor.
   *
   * @throws IllegalStateException if this JDK cannot do that
   */
  static VirtualThreads on(Executor executor) {
    try {
      return new VirtualThreads((Thread.Builder.OfVirtual) OURS.newInstance(executor));
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Constructor<?> constructor() {
    try {
      var ours =
          Class.forName("java.lang.ThreadBuilders$VirtualThreadBuilder")
              .getDeclaredConstructor(Executor.class);
      ours.setAccessible(true);
      return ours;
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("no virtual threads of our own on this JDK", e);
    }
  }

  Thread unstarted(Runnable task) {
    return builder.unstarted(task);
  }
}
