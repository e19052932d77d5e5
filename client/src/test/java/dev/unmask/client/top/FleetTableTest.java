package dev.unmask.client.top;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.unmask.client.top.Target.Kind;
import dev.unmask.client.top.scrape.Change;
import dev.unmask.client.top.scrape.Exposition;
import dev.unmask.client.top.scrape.Reading;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pages of real services, recorded ten seconds apart while they were asked. */
class FleetTableTest {
  private static final long APART = 10_000_000_000L;

  @Test
  void lines_recordedFleet_areTheTablesOfIt() {
    assertThat(String.join("\n", FleetTable.lines(fleet(), Integer.MAX_VALUE)))
        .isEqualToIgnoringNewLines(resource("fleet.txt"));
  }

  @ParameterizedTest
  @ValueSource(ints = {8, 20, 40, 80, 120})
  void lines_anyWidth_fit(int columns) {
    var lines = FleetTable.lines(fleet(), columns);
    assertThat(lines).hasSize(FleetTable.lines(fleet(), 1000).size());
    assertThat(lines).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(columns));
  }

  @Test
  void lines_narrow_keepTheFirstColumns() {
    var gateway = FleetTable.lines(fleet(), 40);
    assertThat(gateway.getFirst()).contains("GATEWAY", "REQ/S", "WAITING").doesNotContain("TTFT");
  }

  @Test
  void lines_serviceThatDoesNotAnswer_saySo() {
    var gone =
        new Watched(
            Target.at(Kind.WORKER, "far:1"),
            new Change(Optional.empty(), Reading.failed(0, "nobody listens there")));
    assertThat(FleetTable.lines(List.of(gone), 80))
        .hasSize(2)
        .last()
        .isEqualTo("far:1   unreachable: nobody listens there");
  }

  @Test
  void lines_firstLook_leaveRatesOpen() {
    var first =
        new Watched(
            Target.at(Kind.GATEWAY, "here:1"),
            new Change(
                Optional.empty(),
                Reading.of(0, Exposition.parse("unmask_gateway_requests_waiting 3"))));
    assertThat(FleetTable.lines(List.of(first), 200).getLast().split(" +", -1))
        .startsWith("here:1", "-", "3", "-");
  }

  @ParameterizedTest
  @ValueSource(strings = {"host", "host:", ":7300", "ftp://host:1", "http://host", "a b:1"})
  void at_noAddress_isRefused(String address) {
    assertThatIllegalArgumentException().isThrownBy(() -> Target.at(Kind.CACHE, address));
  }

  @Test
  void at_addressOrUrl_isThePageThere() {
    assertThat(Target.at(Kind.CACHE, "[::1]:7300").page()).hasToString("http://[::1]:7300/metrics");
    assertThat(Target.at(Kind.GATEWAY, "https://a.example:7300/").page())
        .hasToString("https://a.example:7300/metrics");
  }

  private static List<Watched> fleet() {
    return List.of(
        watched(Kind.GATEWAY, "127.0.0.1:7300", "gateway"),
        watched(Kind.WORKER, "127.0.0.1:7311", "worker"),
        watched(Kind.CACHE, "127.0.0.1:7351", "cache"));
  }

  private static Watched watched(Kind kind, String address, String name) {
    var before = Reading.of(0, Exposition.parse(resource(name + "-before.txt")));
    var after = Reading.of(APART, Exposition.parse(resource(name + "-after.txt")));
    return new Watched(Target.at(kind, address), new Change(Optional.of(before), after));
  }

  private static String resource(String name) {
    try (var stream = FleetTableTest.class.getResourceAsStream(name)) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
