package dev.unmask.bench.eviction;

import dev.unmask.cache.eviction.EvictionPolicy;
import dev.unmask.cache.eviction.Weight;
import java.util.HashMap;
import java.util.Map;

/**
 * A store that forgets as a policy says. As the real one it stores a state first and gives states
 * up behind it; as nothing else asks for room, that is at once.
 */
final class Replay {
  private final EvictionPolicy<String> policy;
  private final long capacity;
  private final Map<String, Access> there = new HashMap<>();
  private long bytes;

  Replay(EvictionPolicy<String> policy, long capacity) {
    this.policy = policy;
    this.capacity = capacity;
  }

  HitRate run(Trace trace) {
    var sum = new HitRate.Sum();
    for (var access : trace.accesses()) {
      boolean hit = there.containsKey(access.state());
      sum.add(access, hit);
      if (hit) {
        policy.used(access.state());
      } else {
        store(access);
      }
    }
    return sum.rate();
  }

  private void store(Access access) {
    there.put(access.state(), access);
    bytes += access.bytes();
    policy.stored(access.state(), new Weight(access.bytes(), access.costMicros()));
    while (bytes > capacity) {
      bytes -= there.remove(policy.giveUp(_ -> true).orElseThrow()).bytes();
    }
  }
}
