package dev.unmask.client.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.util.Durations;
import dev.unmask.client.Events;
import dev.unmask.type.v1.SharingDecision;
import dev.unmask.type.v1.SharingMode;
import org.junit.jupiter.api.Test;

class ComparisonTest {
  @Test
  void lines_twoRuns_standSideBySide() {
    var first =
        Events.usage().toBuilder()
            .setRowsComputed(12_345)
            .setRowsUncached(23_456)
            .setPagesHit(0)
            .setPagesMissed(9)
            .setSharingMode(SharingMode.SHARING_MODE_NONE)
            .setSharingDecision(
                SharingDecision.newBuilder().setComputeEstimate(Durations.fromMillis(131)))
            .setTimeToFirstBlock(Durations.fromMillis(50))
            .build();
    var again = Events.usage().toBuilder().setPositionsReusedDevice(64).build();
    assertThat(new Comparison(first, again).lines())
        .containsExactly(
            "                          first         again",
            "steps                         2             2",
            "tokens a step               2.0           2.0",
            "rows computed            12,345            16   of 23,456 without any cache",
            "time to first block       50 ms         12 ms   4.0 times sooner",
            "time to answer            20 ms         20 ms",
            "pages computed                9             1",
            "pages from the cache          0             8",
            "positions kept here           0            64",
            "sharing                    none         exact",
            "estimated, to compute    131 ms        130 ms",
            "estimated, to fetch           -          8 ms   so it was fetched");
  }
}
