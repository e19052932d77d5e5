package dev.unmask.worker.pages.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unmask.contract.Limits;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LanesTest {
  private static final long LANE = Limits.PAGE_LANE_BYTES;

  private static List<List<Long>> divide(int lanes, List<Long> sizes) {
    return new Lanes(lanes).divide(sizes, size -> size);
  }

  @Test
  void divide_nothing_isOneShareOfNothing() {
    assertThat(divide(4, List.of())).containsExactly(List.of());
  }

  @Test
  void divide_lessThanTwoLanesAreWorth_staysTogether() {
    assertThat(divide(4, List.of(LANE, LANE - 1))).hasSize(1);
    assertThat(divide(4, List.of(LANE, LANE))).hasSize(2);
  }

  @Test
  void divide_oneThing_staysWhole() {
    assertThat(divide(4, List.of(16 * LANE))).containsExactly(List.of(16 * LANE));
  }

  @ParameterizedTest
  @CsvSource({"1,64", "2,64", "3,64", "4,64", "4,5", "16,17"})
  void divide_manyOfOneSize_sharesDifferByOneAtMost(int lanes, int count) {
    var shares = divide(lanes, Collections.nCopies(count, LANE));

    assertThat(shares).hasSize(lanes);
    int least = count / lanes;
    assertThat(shares).allMatch(share -> share.size() == least || share.size() == least + 1);
  }

  @Test
  void divide_differentSizes_keepsAllInOrder() {
    var sizes = IntStream.range(0, 100).mapToObj(i -> LANE * (i * 37 % 11)).toList();

    var shares = divide(4, sizes);

    assertThat(shares).hasSizeLessThanOrEqualTo(4).noneMatch(List::isEmpty);
    assertThat(shares.stream().flatMap(List::stream)).containsExactlyElementsOf(sizes);
  }
}
