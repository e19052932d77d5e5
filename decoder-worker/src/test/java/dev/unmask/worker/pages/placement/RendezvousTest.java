package dev.unmask.worker.pages.placement;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RendezvousTest {
  private static final List<String> FOUR = List.of("a:1", "a:2", "b:1", "c.example:7302");
  private static final long[] STATES = new Random(7).longs(40_000).toArray();

  private static final long EXPECTED = 9052068702792307669L;

  private static String best(long state, List<String> instances) {
    return instances.stream()
        .max(Comparator.comparingLong(name -> Rendezvous.weight(state, Rendezvous.seed(name))))
        .orElseThrow();
  }

  @Test
  void weight_manyStates_spreadsThemEvenly() {
    var shares =
        IntStream.range(0, 4000)
            .mapToObj(i -> best(STATES[i], FOUR))
            .collect(Collectors.groupingBy(name -> name, Collectors.counting()));
    // Four standard deviations of a fair draw.
    assertThat(shares.values()).hasSize(4).allMatch(share -> Math.abs(share - 1000) < 110);
  }

  @Test
  void weight_anInstanceGoes_onlyItsStatesMove() {
    for (var gone : FOUR) {
      var left = FOUR.stream().filter(name -> !name.equals(gone)).toList();
      for (int i = 0; i < 1000; i++) {
        var before = best(STATES[i], FOUR);
        var after = best(STATES[i], left);
        assertThat(before.equals(gone) || after.equals(before)).isTrue();
      }
    }
  }

  @Test
  void seed_sameName_isTheSameInEveryProcess() {
    assertThat(Rendezvous.seed("10.0.0.1:7302")).isEqualTo(Rendezvous.seed("10.0.0.1:7302"));
    assertThat(Rendezvous.weight(1, Rendezvous.seed("127.0.0.1:7302")))
        .as("workers of different versions must agree")
        .isEqualTo(EXPECTED);
  }
}
