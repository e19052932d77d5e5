package dev.unmask.bench.eviction.recording;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.unmask.pagecache.v1.AcquireLeaseResponse;
import dev.unmask.pagecache.v1.FindPagesRequest;
import dev.unmask.pagecache.v1.LeaseServiceGrpc;
import dev.unmask.pagecache.v1.PageCacheServiceGrpc;
import dev.unmask.pagecache.v1.WritePagesRequest;
import dev.unmask.worker.pages.placement.Placed;
import io.grpc.Metadata;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes down which states are looked up, in order, and what those that were stored weigh. A worker
 * that got a lease, or waited for one, looks again, and so does one that is about to store: these
 * are no requests of their own. Safe for several threads.
 */
final class Recorder implements Relay.Onlooker {
  private static final String FIND = PageCacheServiceGrpc.getFindPagesMethod().getFullMethodName();
  private static final String WRITE =
      PageCacheServiceGrpc.getWritePagesMethod().getFullMethodName();
  private static final String ACQUIRE =
      LeaseServiceGrpc.getAcquireLeaseMethod().getFullMethodName();

  private record LookUp(String state, String namespace) {}

  private static final class Weight {
    private long bytes;
    private long cost;
    private int writes;
  }

  private final List<LookUp> lookUps = new ArrayList<>();
  private final Map<String, Weight> weights = new HashMap<>();
  private final Map<String, Integer> again = new HashMap<>();

  @Override
  public synchronized void asked(String method, Metadata headers, byte[] message) {
    try {
      if (method.equals(FIND)) {
        lookedUp(headers.get(Placed.STATE), FindPagesRequest.parseFrom(message).getNamespace());
      } else if (method.equals(WRITE)) {
        written(headers.get(Placed.STATE), WritePagesRequest.parseFrom(message));
      }
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("no message of " + method, e);
    }
  }

  @Override
  public synchronized void answered(String method, Metadata headers, byte[] message) {
    if (!method.equals(ACQUIRE)) {
      return;
    }
    try {
      if (!AcquireLeaseResponse.parseFrom(message).hasHeld()) {
        again.merge(headers.get(Placed.STATE), 1, Integer::sum);
      }
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("no message of " + method, e);
    }
  }

  private void lookedUp(String state, String namespace) {
    if (again.getOrDefault(state, 0) > 0) {
      again.merge(state, -1, Integer::sum);
    } else {
      lookUps.add(new LookUp(state, namespace));
    }
  }

  /** A state that was given up and stored again cost what it cost last. */
  private void written(String state, WritePagesRequest chunk) {
    var weight = weights.computeIfAbsent(state, _ -> new Weight());
    if (chunk.getOffset() > 0) {
      return;
    }
    if (weight.writes == 0 || chunk.getCostMicros() != weight.cost) {
      weight.bytes = 0;
      weight.writes++;
      takeBack(state);
    }
    weight.cost = chunk.getCostMicros();
    weight.bytes += chunk.getLength();
  }

  private void takeBack(String state) {
    for (int i = lookUps.size() - 1; i >= 0; i--) {
      if (lookUps.get(i).state().equals(state)) {
        lookUps.remove(i);
        return;
      }
    }
  }

  /**
   * Lines {@code state bytes cost namespace}, states numbered as they come; what was never stored
   * is left out.
   */
  synchronized List<String> lines() {
    var numbers = new LinkedHashMap<String, Integer>();
    return lookUps.stream()
        .filter(lookUp -> weights.containsKey(lookUp.state()))
        .map(lookUp -> {
          numbers.putIfAbsent(lookUp.state(), numbers.size());
          var weight = weights.get(lookUp.state());
          return "s%d %d %d %s"
              .formatted(
                  numbers.get(lookUp.state()), weight.bytes, weight.cost, lookUp.namespace());
        })
        .toList();
  }
}
