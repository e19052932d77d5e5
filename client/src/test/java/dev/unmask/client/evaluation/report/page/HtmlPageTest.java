package dev.unmask.client.evaluation.report.page;

import static dev.unmask.client.evaluation.report.Samples.HOSTILE;
import static dev.unmask.client.evaluation.report.Samples.answer;
import static dev.unmask.client.evaluation.report.Samples.method;
import static dev.unmask.client.evaluation.report.Samples.refused;
import static dev.unmask.client.evaluation.report.Samples.report;
import static org.assertj.core.api.Assertions.assertThat;

import dev.unmask.client.evaluation.report.Report;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

class HtmlPageTest {
  @Test
  void of_hostileText_isTextAndNothingElse() throws Exception {
    var page =
        parsed(report(HOSTILE, method(HOSTILE, answer("a", true, 0)), refused("no", HOSTILE)));
    assertThat(elements(page, "script")).isEmpty();
    assertThat(page.getDocumentElement().getTextContent())
        .contains("<script>alert(1)</script> & \"quoted\"");
  }

  @Test
  void of_anyReport_loadsNothing() {
    var page = HtmlPage.of(report("gsm8k", method("vanilla", answer("a", true, 0))));
    assertThat(page).startsWith("<!DOCTYPE html>\n<html lang=\"en\">");
    assertThat(page).doesNotContain("http", "src=", "href=", "url(", "@import");
  }

  @Test
  void of_figures_haveNamesAndTables() throws Exception {
    var page = parsed(report("gsm8k", method("vanilla", answer("a", true, 0))));
    var pictures = elements(page, "svg");
    assertThat(pictures).hasSize(3);
    assertThat(pictures)
        .allSatisfy(picture -> {
          assertThat(picture.getAttribute("role")).isEqualTo("img");
          assertThat(picture.getFirstChild().getNodeName()).isEqualTo("title");
        });
    assertThat(elements(page, "th"))
        .allSatisfy(head -> assertThat(head.getAttribute("scope")).isIn("row", "col"));
  }

  @Test
  void of_commitOrder_hasACellAPositionAndACrossForWhatWasTakenBack() throws Exception {
    var page = parsed(report("gsm8k", method("vanilla", answer("a", true, 0))));
    assertThat(elements(page, "rect")).filteredOn(e -> isOf(e, "cell")).hasSize(3);
    assertThat(elements(page, "path")).filteredOn(e -> isOf(e, "revoked")).hasSize(1);
    assertThat(page.getDocumentElement().getTextContent()).contains("positions taken back");
  }

  @Test
  void of_manyMethodsAtOnePoint_haveLabelsThatDoNotOverlap() throws Exception {
    var methods =
        IntStream.range(0, 40)
            .mapToObj(i -> method("method " + i, answer("a", i % 3 > 0, 0)))
            .toArray(Report.Method[]::new);
    var scatter = elements(parsed(report("gsm8k", methods)), "svg").getFirst();
    var places =
        texts(scatter).stream()
            .filter(text -> text.getTextContent().startsWith("method"))
            .map(text -> Double.valueOf(text.getAttribute("y")))
            .sorted()
            .toList();
    assertThat(places).hasSize(40);
    for (int i = 1; i < places.size(); i++) {
      assertThat(places.get(i) - places.get(i - 1)).isGreaterThanOrEqualTo(17.9);
    }
  }

  @Test
  void of_nothingAnswered_hasNoPictures() throws Exception {
    assertThat(elements(parsed(report("gsm8k", refused("vanilla", "no"))), "svg")).isEmpty();
  }

  private static boolean isOf(Element element, String kind) {
    return element.getAttribute("class").equals(kind);
  }

  private static List<Element> texts(Element picture) {
    var nodes = picture.getElementsByTagName("text");
    return IntStream.range(0, nodes.getLength()).mapToObj(i -> (Element) nodes.item(i)).toList();
  }

  private static Document parsed(Report report) throws Exception {
    // Without its document type, the page must be well-formed XML.
    var page = HtmlPage.of(report).replace("<!DOCTYPE html>", "");
    return DocumentBuilderFactory.newDefaultInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(page.strip())));
  }

  private static List<Element> elements(Document page, String name) {
    var nodes = page.getElementsByTagName(name);
    var elements = new ArrayList<Element>();
    for (int i = 0; i < nodes.getLength(); i++) {
      elements.add((Element) nodes.item(i));
    }
    return elements;
  }
}
