package dev.unmask.gateway.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unmask.contract.Limits;
import dev.unmask.gateway.config.WorkerAddress;
import dev.unmask.gateway.discovery.Lookup.Failed;
import dev.unmask.gateway.discovery.Lookup.Found;
import dev.unmask.gateway.routing.ManualTimer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SourcesTest {
  private final ManualTimer timer = new ManualTimer();
  private final Told first = new Told("first");
  private final Told second = new Told("second");
  private final List<List<Endpoint>> fleets = new ArrayList<>();

  @Test
  void fixedWorkers_areToldAtOnce() {
    start(
        new FixedSource(new WorkerAddress("a", 1)), new FixedSource(new WorkerAddress("[::1]", 2)));
    assertThat(fleets)
        .containsExactly(
            List.of(
                new Endpoint(new WorkerAddress("a", 1), "a:1"),
                new Endpoint(new WorkerAddress("[::1]", 2), "[::1]:2")));
    assertThat(timer.waiting()).isZero();
  }

  @Test
  void first_waitsForEverySource() {
    start(first, second);
    first.tell(found("a"));
    assertThat(fleets).isEmpty();
    second.tell(new Failed("says nothing"));
    assertThat(fleets).containsExactly(found("a").endpoints());
    timer.advance(Limits.FIRST_LOOKUP_TIME);
    assertThat(fleets).hasSize(1);
  }

  @Test
  void first_aSourceThatSaysNothing_isWaitedForNoLongerThanTheBound() {
    start(first, second);
    first.tell(found("a"));
    timer.advance(Limits.FIRST_LOOKUP_TIME.minusMillis(1));
    assertThat(fleets).isEmpty();
    timer.advance(Limits.FIRST_LOOKUP_TIME);
    assertThat(fleets).containsExactly(found("a").endpoints());
    second.tell(found("b"));
    assertThat(fleets).last().isEqualTo(found("a", "b").endpoints());
  }

  @Test
  void lookup_thatChangesNothing_isNotTold() {
    start(first);
    first.tell(found("a"));
    first.tell(found("a"));
    assertThat(fleets).hasSize(1);
  }

  @Test
  void lookup_emptyOrFailing_leavesTheWorkersKnownLast() {
    start(first, second);
    second.tell(found("b"));
    first.tell(found("a"));
    first.tell(found());
    first.tell(new Failed("name server is down"));
    second.tell(found("c"));
    assertThat(fleets).containsExactly(found("a", "b").endpoints(), found("a", "c").endpoints());
    first.tell(found("d"));
    assertThat(fleets).last().isEqualTo(found("d", "c").endpoints());
  }

  @Test
  void first_emptyOrFailing_isNobody() {
    start(first);
    first.tell(new Failed("unknown name"));
    assertThat(fleets).containsExactly(List.of());
    first.tell(found("a"));
    assertThat(fleets).last().isEqualTo(found("a").endpoints());
  }

  @Test
  void address_ofTwoSources_isOneWorkerCalledAsTheFirstSays() {
    start(first, second);
    first.tell(found("a"));
    second.tell(new Found(List.of(new Endpoint(new WorkerAddress("a", 1), "other:1"))));
    assertThat(fleets).containsExactly(found("a").endpoints());
  }

  @Test
  void source_withTooManyWorkers_isCut() {
    start(first);
    first.tell(
        found(
            IntStream.rangeClosed(0, Limits.FLEET_WORKERS)
                .mapToObj(n -> "w" + n)
                .toArray(String[]::new)));
    assertThat(fleets.getFirst()).hasSize(Limits.FLEET_WORKERS);
  }

  @Test
  void close_closesEverySource() {
    var sources = new Sources(List.of(first, second), timer::after);
    sources.close();
    assertThat(first.closed).isTrue();
    assertThat(second.closed).isTrue();
  }

  private void start(Source... sources) {
    new Sources(List.of(sources), timer::after).start(fleets::add);
  }

  private static Found found(String... names) {
    return new Found(
        Stream.of(names).map(name -> Endpoint.at(new WorkerAddress(name, 1))).toList());
  }

  /** A source that says what a test tells it. */
  private static final class Told implements Source {
    private final String name;
    private Consumer<Lookup> listener = _ -> {};
    private boolean closed;

    Told(String name) {
      this.name = name;
    }

    void tell(Lookup lookup) {
      listener.accept(lookup);
    }

    @Override
    public void start(Consumer<Lookup> listener) {
      this.listener = listener;
    }

    @Override
    public void close() {
      closed = true;
    }

    @Override
    public String toString() {
      return name;
    }
  }
}
