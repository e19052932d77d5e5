package dev.unmask.worker.serving.exchange;

import dev.unmask.contract.Limits;
import dev.unmask.page.ExactContext;
import dev.unmask.page.GenerationClass;
import dev.unmask.page.LowerLayers;
import dev.unmask.page.PrefixChain;
import dev.unmask.page.RetainedContext;
import dev.unmask.page.ShallowContext;
import dev.unmask.page.SharedContext;
import dev.unmask.type.v1.SharingMode;
import dev.unmask.worker.caching.BlockCache;
import dev.unmask.worker.caching.D2Cache;
import dev.unmask.worker.caching.DllmCache;
import dev.unmask.worker.caching.DualCache;
import dev.unmask.worker.caching.NoCache;
import dev.unmask.worker.caching.PrefixCache;
import dev.unmask.worker.caching.SparseDllm;
import dev.unmask.worker.decoding.Decoding;
import dev.unmask.worker.engine.SharedState;
import dev.unmask.worker.engine.host.StoredForward;
import dev.unmask.worker.pages.Lookup;
import dev.unmask.worker.pages.Need;
import dev.unmask.worker.pages.SharedForwards;
import dev.unmask.worker.pages.SharedStates;
import dev.unmask.worker.pages.lease.Lease;
import dev.unmask.worker.rows.Mechanism;
import dev.unmask.worker.shallow.SharedPrefix;
import dev.unmask.worker.unmask.Wino;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * What the first full forward of a request has in common with others': all of it, if prompt and
 * generation length are the same (sharing mode EXACT); or, where the request says so, the lower
 * layers of a prefix (SHALLOW). Found where another computed it, or published once it is computed
 * here.
 */
final class FirstForward {
  private final SharedRequest request;
  private final SharedForwards forwards;
  private final SharedContext context;
  private final Need need;
  private final Optional<SharedPrefix> prefix;

  private FirstForward(SharedRequest request, SharedForwards forwards, Need need) {
    this.request = request;
    this.forwards = forwards;
    this.need = need;
    prefix = Optional.empty();
    context =
        new ExactContext(
            request.model().program(),
            request.prompt(),
            request.method().generationLength(),
            request.encoding());
  }

  private FirstForward(SharedRequest request, SharedForwards forwards, SharedPrefix shared) {
    this.request = request;
    this.forwards = forwards;
    prefix = Optional.of(shared);
    var layout = request.model().layout();
    need = Need.below(layout, shared.depth(), shared.positions());
    context =
        new ShallowContext(
            request.model().program(),
            PrefixChain.of(Arrays.copyOf(request.prompt(), shared.positions()), Limits.PAGE_SPAN),
            new LowerLayers(shared.depth(), layout.layers()),
            GenerationClass.of(request.method().generationLength()),
            ShallowContext.Donor.REQUEST,
            request.encoding());
  }

  private FirstForward(SharedRequest request, SharedForwards forwards, Mechanism.Retain retain) {
    this.request = request;
    this.forwards = forwards;
    prefix = Optional.empty();
    int generation = request.method().generationLength();
    var layout = request.model().layout();
    need = Need.retained(layout, retain.kept(), generation);
    context =
        new RetainedContext(
            request.model().program(),
            request.prompt(),
            generation,
            new RetainedContext.Retention(
                retain.start(), retain.end(), retain.kept(), retain.kernel()));
  }

  /**
   * The first forward of a request, if it is one that others can use: a method whose first step
   * leaves more than keys, values and predictions shares nothing, and neither does a canvas of
   * whose generated part anything is known at first, which no key holds.
   */
  static Optional<FirstForward> of(SharedRequest request, SharedForwards forwards) {
    var method = request.method();
    if (!request.outset().plain()
        || method.guidance().isPresent()
        || method.unmask() instanceof Wino) {
      return Optional.empty();
    }
    return retaining(request)
        .map(retain -> new FirstForward(request, forwards, retain))
        .or(() -> need(request).map(need -> new FirstForward(request, forwards, need)));
  }

  /** What a first step keeps that drops all else. */
  private static Optional<Mechanism.Retain> retaining(SharedRequest request) {
    if (!(request.method().cache() instanceof SparseDllm cache) || cache.delay() > 0) {
      return Optional.empty();
    }
    var first = new Decoding(request.model().traits(), request.method(), request.prompt()).next();
    return first.mechanism() instanceof Mechanism.Retain retain && !retain.beside()
        ? Optional.of(retain)
        : Optional.empty();
  }

  /** All that a request may share of it, in the order to look it up: what saves most first. */
  static List<FirstForward> all(SharedRequest request, SharedForwards forwards) {
    return of(request, forwards).stream()
        .flatMap(exact ->
            Stream.concat(
                Stream.of(exact),
                request.prefix().stream()
                    .filter(_ -> !exact.retained())
                    .map(prefix -> new FirstForward(request, forwards, prefix))))
        .toList();
  }

  /** Whether each layer kept keys of its own, and dropped the others. */
  private boolean retained() {
    return need.layout().listed();
  }

  /** What came of a look-up of it. */
  Looked looked(Lookup<StoredForward> lookup) {
    var mode =
        prefix.isPresent() ? SharingMode.SHARING_MODE_SHALLOW : SharingMode.SHARING_MODE_EXACT;
    int hit = lookup instanceof Lookup.Found<StoredForward> found ? found.pages() : 0;
    int missed =
        switch (lookup) {
          case Lookup.Found<StoredForward> _ -> 0;
          case Lookup.Absent<StoredForward> absent -> absent.pages();
          case Lookup.Declined<StoredForward> declined -> declined.pages();
        };
    int layers = prefix.map(SharedPrefix::depth).orElse(request.model().layout().layers());
    return new Looked(hit, missed, mode, layers, context.encoding(), lookup.decision());
  }

  /**
   * Looks it up, with the keys and values the cache policy will attend to.
   *
   * @param compute estimates computing the whole forward now; empty if nothing was measured yet
   */
  Lookup<StoredForward> find(Supplier<Optional<Duration>> compute) {
    var computing =
        new SharedStates.Computing() {
          @Override
          public Optional<Duration> forward() {
            return compute.get();
          }

          @Override
          public Optional<Duration> saved() {
            return forward().map(whole -> Duration.ofNanos((long) (whole.toNanos() * share())));
          }
        };
    return forwards.fetch(context, request.namespace(), need, computing);
  }

  /** How much of the forward having this saves. */
  private double share() {
    int layers = request.model().layout().layers();
    return prefix
        .map(shared ->
            (double) shared.positions()
                * shared.depth()
                / ((double) layers * request.canvasLength()))
        .orElse(1.);
  }

  /** Puts what was found where the first step goes on from it. */
  void restore(SharedState state, StoredForward found) {
    if (prefix.isPresent()) {
      state.lend(found);
    } else if (retained()) {
      state.restoreRetained(found);
    } else {
      state.restore(found);
    }
  }

  /** What was found stands in the request's state now; putting it there took so long. */
  void restored(Lookup.Found<StoredForward> found, Duration restoring) {
    forwards.restored(found, restoring);
  }

  /** Has the first step keep what is to be published of it. */
  void watch(SharedState state) {
    prefix.ifPresent(shared -> state.watch(shared.positions(), shared.depth()));
  }

  StoredForward export(SharedState state) {
    if (retained()) {
      return state.exportRetained();
    }
    return prefix
        .map(shared -> state.exportPrefix(shared.positions(), shared.depth()))
        .orElseGet(() -> state.export(publishedPositions()));
  }

  /**
   * To be computed here, and published then.
   *
   * @param lease that others wait on until then
   */
  Duty duty(Lease lease) {
    return new Duty(lease);
  }

  /** What is left to do once the forward was computed; closing it gives up what was not done. */
  final class Duty implements AutoCloseable {
    private final Lease lease;
    private boolean done;

    private Duty(Lease lease) {
      this.lease = lease;
    }

    /** Whether somebody would take it now. */
    boolean makesSense() {
      return forwards.reachable();
    }

    /** Copies out what is to be published; after the first step and before the second. */
    StoredForward export(SharedState state) {
      return FirstForward.this.export(state);
    }

    /** Hands the computed forward on; it is written behind the request. */
    void publish(StoredForward computed, Duration cost) {
      done = true;
      forwards.publish(context, request.namespace(), computed, cost, lease);
    }

    @Override
    public void close() {
      if (!done) {
        lease.close();
      }
    }
  }

  /** Positions to publish: all that the first step keeps, whoever will need how many of them. */
  int publishedPositions() {
    return need.positions() == 0 ? 0 : request.canvasLength();
  }

  private static Optional<Need> need(SharedRequest request) {
    var layout = request.model().layout();
    int prompt = request.prompt().length;
    int generation = request.method().generationLength();
    return switch (request.method().cache()) {
      case NoCache _ -> Optional.of(Need.predictions(layout, generation));
      case PrefixCache _ -> Optional.of(Need.prompt(layout, prompt, generation));
      case DualCache _ -> Optional.of(Need.canvas(layout, prompt, generation));
      case SparseDllm cache when cache.delay() == 0 -> Optional.empty();
      case SparseDllm cache ->
          Optional.of(
              cache.freezes()
                  ? Need.prompt(layout, prompt, generation)
                  : Need.predictions(layout, generation));
      case DllmCache _, D2Cache _, BlockCache _ -> Optional.empty();
    };
  }
}
