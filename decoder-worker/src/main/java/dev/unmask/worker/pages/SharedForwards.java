package dev.unmask.worker.pages;

import dev.unmask.page.PageKey;
import dev.unmask.page.PageNames;
import dev.unmask.page.SharedContext;
import dev.unmask.type.v1.PageEncoding;
import dev.unmask.worker.engine.host.HostMemory;
import dev.unmask.worker.engine.host.StoredForward;
import dev.unmask.worker.pages.encoding.EncodedPages;
import dev.unmask.worker.pages.encoding.PageCodec;
import dev.unmask.worker.pages.lease.Lease;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongFunction;
import java.util.stream.Collectors;

/**
 * First forwards shared with other workers: whole ones (sharing mode EXACT), or the lower layers of
 * a prefix (SHALLOW), design section 4. Safe for several threads; {@link #fetch} blocks its caller
 * as {@link SharedStates#look} does, {@link #publish} never.
 */
public final class SharedForwards implements AutoCloseable {
  private final SharedStates states;
  private final Map<String, byte[]> secrets;
  private final FetchMemory memory;

  /**
   * Shares through one cache-service.
   *
   * @param secrets of the namespaces that may share; others share nothing
   * @param allocator of so many bytes of host memory for what is fetched; called by any thread
   */
  public SharedForwards(
      SharedStates states, Map<String, byte[]> secrets, LongFunction<HostMemory> allocator) {
    this.states = states;
    memory = new FetchMemory(allocator);
    this.secrets =
        secrets.entrySet().stream()
            .collect(
                Collectors.toUnmodifiableMap(
                    Map.Entry::getKey, secret -> secret.getValue().clone()));
  }

  /**
   * Looks a forward up.
   *
   * @param namespace one that shares
   * @param compute estimates computing it now
   */
  public Lookup<StoredForward> fetch(
      SharedContext context, String namespace, Need need, SharedStates.Computing compute) {
    var state = state(context, namespace, need);
    return states.look(state, compute, () -> room(context, memory.allocate(need)));
  }

  /** A forward that was found stands on the device now; putting it there took so long. */
  public void restored(Lookup.Found<StoredForward> found, Duration restoring) {
    states.restored(found, restoring);
  }

  /** Whether publishing makes sense now; copying a forward out takes time. */
  public boolean reachable() {
    return states.reachable();
  }

  /**
   * Hands a completed first forward over to be published behind the request. Owns and closes it and
   * the lease from now on.
   *
   * @param cost of computing it
   * @param lease that others wait on
   */
  public void publish(
      SharedContext context, String namespace, StoredForward forward, Duration cost, Lease lease) {
    var state = state(context, namespace, Need.of(forward));
    states.publish(new Publication(state, room(context, forward), cost, lease));
  }

  /** Frees the memory kept for what is fetched. */
  @Override
  public void close() {
    memory.close();
  }

  private State state(SharedContext context, String namespace, Need need) {
    var secret =
        Optional.ofNullable(secrets.get(namespace))
            .orElseThrow(() -> new IllegalArgumentException(namespace + " does not share"));
    var names = context.names(namespace, secret);
    return new State(namespace, names.whole(), keys(names, need));
  }

  /** Predictions first: they are the page that every request needs. */
  private static List<PageKey> keys(PageNames names, Need need) {
    var keys = new ArrayList<PageKey>();
    keys.add(names.predictions());
    keys.addAll(names.states(need.layout().layers(), need.layout().spans(need.positions())));
    return keys;
  }

  private static Room<StoredForward> room(SharedContext context, StoredForward forward) {
    var states = states(forward);
    if (context.encoding() == PageEncoding.PAGE_ENCODING_AS_COMPUTED) {
      return new Room<>(forward, payloads(forward, states), forward::close);
    }
    var encoded = new EncodedPages(PageCodec.of(context.encoding(), forward.layout()), states);
    return new Room<>(
        forward,
        payloads(forward, encoded.payloads()),
        encoded,
        () -> {
          encoded.close();
          forward.close();
        });
  }

  /** Hidden states are written as computed: a request's first picks are made from them. */
  private static List<ByteBuffer> payloads(StoredForward forward, List<ByteBuffer> states) {
    var payloads = new ArrayList<ByteBuffer>();
    payloads.add(forward.predictions().slice());
    payloads.addAll(states);
    return payloads;
  }

  private static List<ByteBuffer> states(StoredForward forward) {
    var pages = new ArrayList<ByteBuffer>();
    int layers = forward.spans() == 0 ? 0 : forward.layout().layers();
    for (int layer = 0; layer < layers; layer++) {
      for (int span = 0; span < forward.spans(); span++) {
        pages.add(forward.page(layer, span).slice());
      }
    }
    return pages;
  }
}
