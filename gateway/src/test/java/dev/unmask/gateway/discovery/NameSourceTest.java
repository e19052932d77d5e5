package dev.unmask.gateway.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unmask.gateway.config.WorkerAddress;
import dev.unmask.gateway.discovery.Lookup.Failed;
import dev.unmask.gateway.discovery.Lookup.Found;
import dev.unmask.gateway.routing.ManualTimer;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class NameSourceTest {
  private static final Duration INTERVAL = Duration.ofSeconds(5);

  private final ManualTimer timer = new ManualTimer();
  private final List<Lookup> heard = new ArrayList<>();
  private List<String> records = List.of();
  private final NameSource source =
      new NameSource(
          new WorkerAddress("workers.example", 7303),
          new NameSource.Lookups(this::look, INTERVAL, Runnable::run, timer::after));

  @Test
  void everyAddress_isAWorkerOnThePortWithTheNamesAuthority() {
    records = List.of("10.0.0.2", "10.0.0.1", "10.0.0.2");
    source.start(heard::add);
    assertThat(heard).containsExactly(new Found(List.of(worker("10.0.0.1"), worker("10.0.0.2"))));
    assertThat(source).hasToString("dns:///workers.example:7303");
  }

  @Test
  void addressesOfIpv6_areInBrackets() {
    records = List.of("fd00:0:0:0:0:0:0:1");
    source.start(heard::add);
    assertThat(heard).containsExactly(new Found(List.of(worker("[fd00::1]"))));
    assertThat(new WorkerAddress("[fd00::1]", 7303).target())
        .isEqualTo("dns:///%5Bfd00::1%5D:7303");
  }

  @Test
  void name_isLookedUpAfterEveryInterval() {
    records = List.of("10.0.0.1");
    source.start(heard::add);
    records = List.of("10.0.0.1", "10.0.0.3");
    timer.advance(INTERVAL.minusMillis(1));
    assertThat(heard).hasSize(1);
    timer.advance(Duration.ofMillis(1));
    assertThat(heard).last().isEqualTo(new Found(List.of(worker("10.0.0.1"), worker("10.0.0.3"))));
    assertThat(timer.waiting()).isEqualTo(1);
  }

  @Test
  void name_thatIsUnknown_isLookedUpAgain() {
    source.start(heard::add);
    assertThat(heard).containsExactly(new Failed("cannot be looked up: workers.example: unknown"));
    records = List.of("10.0.0.1");
    timer.advance(INTERVAL);
    assertThat(heard).last().isEqualTo(new Found(List.of(worker("10.0.0.1"))));
  }

  @Test
  void close_stopsLooking() {
    source.start(heard::add);
    source.close();
    timer.advance(INTERVAL);
    assertThat(heard).hasSize(1);
    assertThat(timer.waiting()).isZero();
  }

  /** Tests run with the flags that services are shipped with. */
  @Test
  void cacheOfNames_withOurFlags_isNoLongerThanTheShortestInterval() {
    assertThat(NameCache.time()).contains(Duration.ofSeconds(1));
  }

  private static Endpoint worker(String host) {
    return new Endpoint(new WorkerAddress(host, 7303), "workers.example:7303");
  }

  private InetAddress[] look(String name) throws UnknownHostException {
    if (records.isEmpty()) {
      throw new UnknownHostException(name + ": unknown");
    }
    var addresses = new ArrayList<InetAddress>();
    for (var literal : records) {
      addresses.add(InetAddress.getByName(literal));
    }
    return addresses.toArray(InetAddress[]::new);
  }
}
