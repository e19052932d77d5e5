package dev.unmask.cache.eviction;

import java.util.Arrays;
import java.util.Optional;

/** The policies a person can choose from. */
public enum PolicyName {
  /** {@link Lru}. */
  LRU("lru"),
  /** {@link TinyLfu}. */
  W_TINYLFU("w-tinylfu"),
  /** {@link S3Fifo}. */
  S3_FIFO("s3-fifo"),
  /** {@link CostAware}. */
  COST("cost"),
  /** {@link TimeToLive}. */
  TTL("ttl");

  private final String text;

  PolicyName(String text) {
    this.text = text;
  }

  /** The policy of that name in settings. */
  public static Optional<PolicyName> of(String text) {
    return Arrays.stream(values()).filter(name -> name.text.equals(text)).findFirst();
  }

  /** As in settings. */
  public String text() {
    return text;
  }
}
