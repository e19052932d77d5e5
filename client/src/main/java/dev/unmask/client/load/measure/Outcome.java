package dev.unmask.client.load.measure;

import dev.unmask.type.v1.Usage;
import io.grpc.Status;
import java.time.Duration;
import java.util.Optional;

/** What became of one request. */
public sealed interface Outcome {
  /** When. */
  Times times();

  /**
   * It was answered.
   *
   * @param usage what it took, as the server says
   */
  record Completed(Times times, Usage usage) implements Outcome {}

  /**
   * It was refused, or failed on the way.
   *
   * @param code of gRPC
   * @param reason for a person
   * @param retryAfter when the server wants to be asked again, if it says so
   */
  record Failed(Times times, Status.Code code, String reason, Optional<Duration> retryAfter)
      implements Outcome {}

  /** It had not ended when the generator gave up waiting. */
  record Unfinished(Times times) implements Outcome {}
}
