package dev.unmask.contract;

import java.time.Duration;

/**
 * Every bound a request, queue, buffer or wait has. Sizes are in bytes unless the name says
 * otherwise.
 */
public final class Limits {
  /** Largest message a service reads; more is refused by the transport before it is parsed. */
  public static final int MESSAGE_BYTES = 16 << 20;

  /** Largest prompt, in bytes of UTF-8 over all its parts. */
  public static final int PROMPT_BYTES = 1 << 20;

  /** Most turns of a conversation. */
  public static final int CONVERSATION_MESSAGES = 256;

  /** Longest generation, in tokens. */
  public static final int GENERATION_LENGTH = 4096;

  /** Largest temperature. */
  public static final double TEMPERATURE = 10;

  /** Largest factor of factor-based unmasking. */
  public static final double FACTOR = 64;

  /** Widest certainty prior, in positions. */
  public static final double CERTAINTY_PRIOR_SIGMA = 4096;

  /** Most stop strings of a request. */
  public static final int STOP_STRINGS = 16;

  /** Longest stop string, in characters. */
  public static final int STOP_STRING_CHARACTERS = 256;

  /** Longest name of a model, worker or request, in characters. */
  public static final int NAME_CHARACTERS = 128;

  /** Most page keys in one call of the cache-service. */
  public static final int PAGE_KEYS = 65_536;

  /** Largest piece of a page in one message. */
  public static final int PAGE_CHUNK_BYTES = 256 << 10;

  /** Largest page record. */
  public static final int PAGE_RECORD_BYTES = 64 << 20;

  /** Positions a page spans. */
  public static final int PAGE_SPAN = 32;

  /** Longest a request may take when its client sets no deadline. */
  public static final Duration REQUEST_TIME = Duration.ofMinutes(10);

  /** Longest a service may take from its process's start until it takes calls. */
  public static final Duration PROCESS_START_TIME = Duration.ofMinutes(2);

  /** Longest a service's process may take to end before it is killed. */
  public static final Duration PROCESS_STOP_TIME = Duration.ofSeconds(10);

  /** Longest a worker waits for pages before it computes them. */
  public static final Duration PAGE_READ_TIME = Duration.ofSeconds(5);

  /** Longest a worker takes to hand pages to the cache-service. */
  public static final Duration PAGE_WRITE_TIME = Duration.ofSeconds(10);

  /** Longest a call that only asks for facts may take. */
  public static final Duration QUERY_TIME = Duration.ofSeconds(2);

  private Limits() {}
}
