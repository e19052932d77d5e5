package dev.unmask.cache.api;

import dev.unmask.cache.wire.IncomingChunk;
import dev.unmask.contract.Limits;
import dev.unmask.contract.Problem;
import dev.unmask.contract.ProblemException;
import dev.unmask.contract.Violation;
import java.util.ArrayList;
import java.util.Optional;

/** Bounds of one message of WritePages that need no knowledge of its page. */
final class ChunkBounds {
  private ChunkBounds() {}

  /**
   * Checks a message.
   *
   * @param namespace of the messages before it
   * @throws ProblemException naming every broken bound
   */
  static void check(IncomingChunk message, Optional<String> namespace) {
    var chunk = message.fields();
    var violations = new ArrayList<>(Names.check(chunk.getNamespace()));
    violations.addAll(Names.check("key.digest", chunk.getKey()));
    if (namespace.isPresent() && !namespace.get().equals(chunk.getNamespace())) {
      violations.add(new Violation("namespace", "must be the same in every message of a call"));
    }
    if (chunk.getLength() < 1 || chunk.getLength() > Limits.PAGE_RECORD_BYTES) {
      violations.add(
          new Violation(
              "length", "must be 1 to " + Limits.PAGE_RECORD_BYTES + ", not " + chunk.getLength()));
    }
    if (chunk.hasState()) {
      violations.addAll(Names.check("state.digest", chunk.getState()));
    }
    if (chunk.getCostMicros() < 0) {
      violations.add(new Violation("cost_micros", "must be at most " + Long.MAX_VALUE));
    }
    int size = message.size();
    if (size < 1 || size > Limits.PAGE_CHUNK_BYTES) {
      violations.add(
          new Violation("data", "must be 1 to " + Limits.PAGE_CHUNK_BYTES + " bytes, not " + size));
    }
    if (!violations.isEmpty()) {
      throw new ProblemException(new Problem.BadRequest(violations));
    }
  }
}
