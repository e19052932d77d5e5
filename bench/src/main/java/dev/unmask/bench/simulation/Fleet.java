package dev.unmask.bench.simulation;

import dev.unmask.bench.simulation.cache.CacheNode;
import dev.unmask.bench.simulation.gateway.GatewayNode;
import dev.unmask.bench.simulation.worker.WorkerNode;
import java.util.List;

/**
 * The services of a run.
 *
 * @param gateway of all clients
 * @param workers behind it
 * @param caches behind these
 */
record Fleet(GatewayNode gateway, List<WorkerNode> workers, List<CacheNode> caches) {
  Fleet {
    workers = List.copyOf(workers);
    caches = List.copyOf(caches);
  }

  /** What must hold at any moment. */
  void check() {
    gateway.check();
    for (var worker : workers) {
      worker.check();
    }
    for (var cache : caches) {
      cache.check();
    }
  }

  /** What is taken although at rest nothing is. */
  int taken() {
    return gateway.taken()
        + workers.stream().mapToInt(WorkerNode::taken).sum()
        + caches.stream().mapToInt(CacheNode::taken).sum();
  }

  /** Everybody is there, and well. */
  void recover() {
    workers.forEach(worker -> {
      worker.host().go();
      worker.begin();
      worker.slow(1);
      worker.failForwards(0);
    });
    caches.forEach(cache -> {
      cache.host().go();
      cache.begin(true);
    });
  }

  /** Everybody dies, so that no thread is left. */
  void end() {
    workers.forEach(WorkerNode::die);
    caches.forEach(CacheNode::die);
  }
}
