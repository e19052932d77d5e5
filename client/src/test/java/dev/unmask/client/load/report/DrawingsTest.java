package dev.unmask.client.load.report;

import static dev.unmask.client.load.measure.Outcomes.level;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

class DrawingsTest {
  @Test
  void text_smallCurve_looksLikeThis() {
    var median = new Curve.Line("p50", points(10, 20, 100));
    var most = new Curve.Line("p95", points(20, 50, 1000));
    var curve = new Curve("total time", "requests/s", List.of(median, most), Optional.of(200.0));
    assertThat(String.join("\n", TextChart.lines(curve, 50)) + "\n")
        .isEqualTo(
            """
            total time, ms: o p50 + p95 - promised p95
              1,000 ┤                                       ·+
                    │                                    ···
                500 ┤                                 ···
                200 ┤------------------------------···--------
                    │                           ···
                100 ┤                        ···           ··o
                    │                     ···        ······
                 50 ┤                ····+     ······
                 20 ┤          +·····    o·····
                    │              ······
                 10 ┤          o···
                    └─────────────────────────────────────────
                     0         1         2         3         4 requests/s
            """);
  }

  @Test
  void text_manyCurves_fitTheirColumns() {
    var report = LoadReports.searched(level(1, 100), level(4, 200), level(8, 8_000));
    for (int columns : new int[] {20, 40, 80, 300}) {
      for (var curve : Curve.of(report)) {
        assertThat(TextChart.lines(curve, columns))
            .filteredOn(line -> line.contains("┤") || line.contains("│"))
            .hasSizeGreaterThan(5)
            .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(columns));
      }
    }
  }

  @Test
  void picture_report_hasAPointForEachPercentileAtEachLoad() throws Exception {
    var report = LoadReports.searched(level(8, 800), level(1, 100), level(4, 200));
    var picture = parsed(LoadSummary.picture(report));
    assertThat(picture.getDocumentElement().getNodeName()).isEqualTo("svg");
    assertThat(elements(picture, "polyline")).hasSize(2 * 3);
    assertThat(elements(picture, "circle")).hasSize(2 * 3 * 3);
    assertThat(elements(picture, "line"))
        .filteredOn(line -> line.getAttribute("class").equals("bound"))
        .hasSize(1);
    assertThat(picture.getDocumentElement().getTextContent())
        .contains("mini <llada>", "4 requests/s: p95 200.0 ms", "time to first block, ms");
    // A line goes through its points in this order: by load, not as they were measured.
    assertThat(elements(picture, "polyline").getFirst().getAttribute("points"))
        .matches("135\\.5,\\S+ 362\\.0,\\S+ 664\\.0,\\S+");
  }

  @Test
  void picture_nothingAnswered_isEmptyAndWellFormed() throws Exception {
    assertThat(elements(parsed(LoadSummary.picture(LoadReports.of())), "polyline")).isEmpty();
  }

  private static List<Curve.Point> points(double one, double two, double four) {
    return List.of(new Curve.Point(1, one), new Curve.Point(2, two), new Curve.Point(4, four));
  }

  private static Document parsed(String text) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(text)));
  }

  private static List<Element> elements(Document picture, String name) {
    var nodes = picture.getElementsByTagName(name);
    return IntStream.range(0, nodes.getLength()).mapToObj(i -> (Element) nodes.item(i)).toList();
  }
}
