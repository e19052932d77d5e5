package dev.unmask.bench.placement;

import dev.unmask.page.PageKey;
import dev.unmask.pagecache.v1.PageCacheServiceGrpc;
import dev.unmask.worker.pages.placement.Pauses;
import dev.unmask.worker.pages.placement.Placed;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.LoadBalancerRegistry;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * Our rendezvous balancer against gRPC's ring_hash: how evenly states lie on four nodes, which of
 * them move when a node goes and comes, how long its states are without an answer, what a node that
 * says it does not serve still gets, and what a choice costs.
 *
 * <p>Argument: states. Nodes are gRPC servers in this process.
 */
public final class Placement {
  private static final int NODES = 4;
  private static final int PICKS = 2_000_000;
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private Placement() {}

  /** Runs and prints a table for each policy. */
  public static void main(String[] arguments) throws Exception {
    // Read when its class is loaded; without it no header is heeded.
    System.setProperty("GRPC_EXPERIMENTAL_RING_HASH_SET_REQUEST_HASH_KEY", "true");
    var states = Calls.states(Integer.parseInt(arguments[0]));
    for (var policy : Policy.all()) {
      measure(policy, states);
    }
  }

  private static void measure(Policy policy, List<PageKey> states) throws Exception {
    var capture = new Capture(policy);
    LoadBalancerRegistry.getDefaultRegistry().register(capture);
    var nodes = new ArrayList<Node>();
    for (int number = 0; number < NODES; number++) {
      nodes.add(new Node(number));
    }
    var channel = policy.open(nodes, capture.getPolicyName());
    try {
      System.out.printf(
          "%n| %s, %d states, %d nodes | |%n|---|---|%n", policy.policy(), states.size(), NODES);
      rows(nodes, capture, channel, states);
    } finally {
      channel.shutdownNow();
      nodes.forEach(Node::close);
    }
  }

  private static void rows(
      List<Node> nodes, Capture capture, ManagedChannel channel, List<PageKey> states)
      throws IOException {
    var calls = Calls.over(channel);
    int[] before = settled(calls, states);
    row("states a node", counts(before));
    row("one choice", "%.0f ns".formatted(pickNanos(capture, states)));
    loss(nodes, calls, states, before);
    nodes.get(2).serves(false);
    int[] ill = until(calls, states, where -> count(where, node -> node == 2) == 0);
    row("node says it does not serve", count(ill, node -> node == 2) + " states still go there");
    nodes.get(2).serves(true);
  }

  private static void loss(List<Node> nodes, Calls calls, List<PageKey> states, int[] before)
      throws IOException {
    var lost = states.get(Arrays.stream(before).boxed().toList().indexOf(1));
    long start = System.nanoTime();
    nodes.get(1).close();
    int failed = 0;
    while (calls.node(lost) == Calls.NOBODY && since(start).compareTo(PATIENCE) < 0) {
      failed++;
    }
    row("node ends: its states answered again", since(start).toMillis() + " ms after");
    row("calls about one of them that failed", Integer.toString(failed));
    int[] after = settled(calls, states);
    row("states that moved, of the lost node", moved(before, after, node -> node == 1));
    row("states that moved, of the others", moved(before, after, node -> node != 1));
    nodes.get(1).start();
    start = System.nanoTime();
    int[] again = until(calls, states, where -> Arrays.equals(where, before));
    row(
        "node is back: states elsewhere than before",
        moved(before, again, _ -> true) + ", " + since(start).toMillis() + " ms after");
  }

  /** Where states are once every node is connected and two rounds agree. */
  private static int[] settled(Calls calls, List<PageKey> states) {
    var last = new AtomicReference<>(new int[0]);
    return until(
        calls,
        states,
        where ->
            count(where, node -> node == Calls.NOBODY) == 0
                && Arrays.equals(last.getAndSet(where), where));
  }

  private static int[] until(Calls calls, List<PageKey> states, Predicate<int[]> reached) {
    long start = System.nanoTime();
    int[] where = calls.nodes(states);
    while (!reached.test(where) && since(start).compareTo(PATIENCE) < 0) {
      where = calls.nodes(states);
    }
    return where;
  }

  private static String counts(int[] where) {
    return Arrays.toString(
        IntStream.range(0, NODES)
            .map(number -> (int) count(where, node -> node == number))
            .toArray());
  }

  private static long count(int[] where, IntPredicate which) {
    return Arrays.stream(where).filter(which).count();
  }

  private static String moved(int[] before, int[] after, IntPredicate which) {
    long of = count(before, which);
    long moved =
        IntStream.range(0, before.length)
            .filter(i -> which.test(before[i]) && before[i] != after[i])
            .count();
    return moved + " of " + of;
  }

  private static double pickNanos(Capture capture, List<PageKey> states) {
    var args = states.stream().map(Placement::args).toList();
    pick(capture, args);
    long start = System.nanoTime();
    pick(capture, args);
    return (double) (System.nanoTime() - start) / PICKS;
  }

  private static void pick(Capture capture, List<Capture.Args> args) {
    var picker = capture.picker();
    for (int i = 0; i < PICKS; i++) {
      if (picker.pickSubchannel(args.get(i % args.size())).getSubchannel() == null) {
        throw new IllegalStateException("a node is not ready");
      }
    }
  }

  /** What a worker's call looks like to a picker. */
  private static Capture.Args args(PageKey state) {
    var seen = new AtomicReference<Capture.Args>();
    var placed = new Placed(state, new Pauses(InstantSource.system()));
    var call =
        placed
            .over(new Recording(seen))
            .newCall(PageCacheServiceGrpc.getFindPagesMethod(), CallOptions.DEFAULT);
    call.start(new ClientCall.Listener<>() {}, new Metadata());
    return seen.get();
  }

  /** A channel that goes nowhere and shows what it is asked. */
  private static final class Recording extends Channel {
    private final AtomicReference<Capture.Args> seen;

    Recording(AtomicReference<Capture.Args> seen) {
      this.seen = seen;
    }

    @Override
    public <Q, A> ClientCall<Q, A> newCall(MethodDescriptor<Q, A> method, CallOptions options) {
      return new ClientCall<>() {
        @Override
        public void start(Listener<A> listener, Metadata headers) {
          seen.set(new Capture.Args(options, headers, method));
        }

        @Override
        public void request(int messages) {}

        @Override
        public void cancel(String message, Throwable cause) {}

        @Override
        public void halfClose() {}

        @Override
        public void sendMessage(Q message) {}
      };
    }

    @Override
    public String authority() {
      return "nowhere";
    }
  }

  private static Duration since(long start) {
    return Duration.ofNanos(System.nanoTime() - start);
  }

  private static void row(String what, Object value) {
    System.out.printf("| %s | %s |%n", what, value);
  }
}
