package dev.unmask.client.evaluation.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unmask.contract.Limits;
import dev.unmask.type.v1.DecodingSpec;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StopsTest {
  @Test
  void cut_severalStops_endsBeforeTheFirst() {
    assertThat(Stops.cut("a b c d", List.of("d", "b", ""))).isEqualTo("a ");
    assertThat(Stops.cut("a b", List.of("x"))).isEqualTo("a b");
  }

  @Test
  void with_moreThanTheContractTakes_tellsAsManyAsFit() {
    var stops = IntStream.range(0, 30).mapToObj(i -> "stop " + i).toList();
    var spec = DecodingSpec.newBuilder().addStop("own").build();
    assertThat(Stops.with(spec, stops).getStopList())
        .hasSize(Limits.STOP_STRINGS)
        .startsWith("own", "stop 0");
  }

  @Test
  void with_stopsTheServerWouldRefuse_leavesThemOut() {
    var stops = List.of("", "own", "fine", "x".repeat(Limits.STOP_STRING_CHARACTERS + 1), "fine");
    var spec = DecodingSpec.newBuilder().addStop("own").build();
    assertThat(Stops.with(spec, stops).getStopList()).containsExactly("own", "fine");
  }
}
