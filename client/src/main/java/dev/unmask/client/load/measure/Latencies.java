package dev.unmask.client.load.measure;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How long clients waited, from when a request should have been sent. That is what makes queueing
 * visible: a generator that waited for a slow server before it sent the next request, or that
 * counted from when it got round to sending, would leave the worst out (coordinated omission).
 *
 * @param firstDelta to the first tokens
 * @param firstBlock to the first finished block, whose text is final
 * @param token all of a request's time over the tokens of its answer
 * @param total to the end
 */
public record Latencies(
    Distribution firstDelta, Distribution firstBlock, Distribution token, Distribution total) {
  /** Each by what it is called. */
  public Map<String, Distribution> named() {
    var named = new LinkedHashMap<String, Distribution>();
    named.put("first delta", firstDelta);
    named.put("first block", firstBlock);
    named.put("a token", token);
    named.put("total", total);
    return named;
  }
}
