package dev.unmask.client.load.measure;

/**
 * Requests that failed with the same gRPC status.
 *
 * @param code the status
 * @param count how many
 * @param example what the first of them said
 */
public record Failure(String code, long count, String example) {
  Failure again() {
    return new Failure(code, count + 1, example);
  }
}
