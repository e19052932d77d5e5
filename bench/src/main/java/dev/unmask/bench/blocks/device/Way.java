package dev.unmask.bench.blocks.device;

import java.util.Map;

/** What a worker has to find finished blocks in. */
enum Way {
  /** Its device alone. */
  DEVICE,
  /** The cache-service's files, mapped; whatever that takes. */
  MAPPED,
  /** The cache-service through gRPC; whatever that takes. */
  STREAMED,
  /** The files, unless computing is clearly faster. */
  MAPPED_BY_CHOICE,
  /** gRPC, unless computing is clearly faster. */
  STREAMED_BY_CHOICE;

  /** Settings of such a worker beside those that all have. */
  Map<String, Object> settings(Store store) {
    return switch (this) {
      case DEVICE -> Map.of("unmask.worker.retained-share", "1");
      case MAPPED -> cached(store.socket(), true, "always");
      case STREAMED -> cached(store.address(), false, "always");
      case MAPPED_BY_CHOICE -> cached(store.socket(), true, "measured");
      case STREAMED_BY_CHOICE -> cached(store.address(), false, "measured");
    };
  }

  private static Map<String, Object> cached(String address, boolean mapping, String fetch) {
    return Map.of(
        "unmask.worker.retained-share",
        "0",
        "unmask.worker.cache",
        address,
        "unmask.worker.cache-mapping",
        mapping,
        "unmask.worker.fetch",
        fetch);
  }
}
