package dev.unmask.bench.transport;

/** A way that pages travel. */
interface Way extends AutoCloseable {
  /** As the table calls it. */
  String name();

  /** Whether pages can be written so too. */
  default boolean writes() {
    return true;
  }

  /** A caller of its own, for one thread at a time. */
  Caller caller();

  @Override
  default void close() {}

  /** One that reads and writes pages by number. */
  interface Caller extends AutoCloseable {
    /**
     * Reads pages in one call, into memory of the caller.
     *
     * @throws IllegalStateException if one does not come, or is not whole
     */
    void read(long first, int count);

    /**
     * Writes pages in one call.
     *
     * @return how many are new
     */
    int write(long first, int count);

    @Override
    default void close() {}
  }
}
