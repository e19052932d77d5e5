package dev.unmask.bench.observability;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ViewTest {
  private static final Panel PANEL = new Panel("A", "B", List.of("x", "y"));

  @Test
  void row_curvesOfWhichOneChanges_moved() {
    var view = view(curve(2.0, 2.0), curve(1.0, Double.NaN, 30.0));
    assertThat(view.row()).isEqualTo("| A | B | 2 | 1.000 | 30.00 | yes |");
  }

  @Test
  void row_curvesThatDifferAndDoNotChange_stoodStill() {
    var view = view(curve(2.0, 2.0), curve(1.0, Double.NaN, 1.0));
    assertThat(view.row()).isEqualTo("| A | B | 2 | 1.000 | 2.000 | no |");
  }

  @Test
  void row_gapsAlone_areNoData() {
    var view = view(curve(Double.NaN), curve());
    assertThat(view.isEmpty()).isTrue();
    assertThat(view.row()).isEqualTo("| A | B | 0 |  |  | no data |");
  }

  private static View view(Curve... curves) {
    return new View(PANEL, List.of(curves));
  }

  private static Curve curve(Double... points) {
    return new Curve(List.of(points));
  }
}
