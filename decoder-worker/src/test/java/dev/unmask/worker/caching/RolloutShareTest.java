package dev.unmask.worker.caching;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.util.BitSet;
import org.junit.jupiter.api.Test;

class RolloutShareTest {
  @Test
  void addTo_casesOfTheOriginal_areEqual() throws IOException {
    var helpers = new ObjectMapper().readTree(new File("src/test/golden/d2cache_helpers.json"));
    var cases = helpers.required("nucleus_select");
    assertThat(cases).isNotEmpty();
    cases.forEach(RolloutShareTest::compare);
  }

  private static void compare(JsonNode expected) {
    int length = expected.required("scores").size();
    float[] scores = new float[length];
    var query = new BitSet();
    var selected = new BitSet();
    for (int i = 0; i < length; i++) {
      scores[i] = (float) expected.required("scores").get(i).asDouble();
      query.set(i, expected.required("allowed").get(i).asInt() == 0);
      selected.set(i, expected.required("selected").get(i).asInt() == 1);
    }
    selected.or(query);
    share(expected.required("top_p").asDouble(), D2Cache.Mode.COMPATIBLE)
        .addTo(query, scores, length);
    assertThat(query).isEqualTo(selected);
  }

  @Test
  void addTo_compatible_takesWhatDoesNotExceedTheShare() {
    assertThat(added(.75, D2Cache.Mode.COMPATIBLE, 4, 3, 2, 1)).isEqualTo(set(0, 1));
    assertThat(added(.65, D2Cache.Mode.COMPATIBLE, 4, 3, 2, 1)).isEqualTo(set(0));
    assertThat(added(.1, D2Cache.Mode.COMPATIBLE, 4, 3, 2, 1)).isEqualTo(set(0));
  }

  @Test
  void addTo_paper_takesWhatReachesTheShare() {
    assertThat(added(.65, D2Cache.Mode.PAPER, 4, 3, 2, 1)).isEqualTo(set(0, 1));
    assertThat(added(.3, D2Cache.Mode.PAPER, 4, 3, 2, 1)).isEqualTo(set(0));
    assertThat(added(.95, D2Cache.Mode.PAPER, 4, 3, 2, 1)).isEqualTo(set(0, 1, 2, 3));
  }

  @Test
  void addTo_shareOfNone_isTheMostAttended() {
    for (var mode : D2Cache.Mode.values()) {
      assertThat(added(0, mode, 1, 3, 2)).isEqualTo(set(1));
    }
  }

  @Test
  void addTo_positionsSelectedAlready_countForNothing() {
    var query = set(0);
    share(.5, D2Cache.Mode.COMPATIBLE).addTo(query, new float[] {100, 2, 2}, 3);
    assertThat(query).isEqualTo(set(0, 1));
  }

  @Test
  void addTo_padding_countsButIsNeverAdded() {
    var query = new BitSet();
    share(.5, D2Cache.Mode.COMPATIBLE).addTo(query, new float[] {2, 2, 4}, 2);
    assertThat(query).isEqualTo(set(0, 1));
    query.clear();
    share(.5, D2Cache.Mode.COMPATIBLE).addTo(query, new float[] {2, 2}, 2);
    assertThat(query).isEqualTo(set(0));
  }

  @Test
  void addTo_everythingSelected_addsNothing() {
    var query = set(0, 1);
    share(1, D2Cache.Mode.PAPER).addTo(query, new float[] {1, 1}, 2);
    assertThat(query).isEqualTo(set(0, 1));
  }

  private static BitSet added(double p, D2Cache.Mode mode, float... importance) {
    var query = new BitSet();
    share(p, mode).addTo(query, importance, importance.length);
    return query;
  }

  private static RolloutShare share(double p, D2Cache.Mode mode) {
    return new RolloutShare(new D2Cache(p, 4, 10, 0, mode));
  }

  static BitSet set(int... positions) {
    var set = new BitSet();
    for (int position : positions) {
      set.set(position);
    }
    return set;
  }
}
