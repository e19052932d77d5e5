package dev.unmask.client.evaluation.report.page;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.unmask.client.document.WholeFile;
import dev.unmask.client.evaluation.report.Report;
import dev.unmask.client.evaluation.report.table.ConsoleTable;
import dev.unmask.client.evaluation.report.table.Tables;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Writes a report: {@code report.json}, {@code report.md} and {@code report.html}. */
public final class ReportFiles {
  private static final ObjectMapper JSON =
      new ObjectMapper()
          .setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(SerializationFeature.INDENT_OUTPUT);

  private ReportFiles() {}

  /** Writes all three, each whole or not at all. */
  public static void write(Report report, Path folder) throws IOException {
    WholeFile.write(folder.resolve("report.json"), JSON.writeValueAsString(report) + "\n");
    WholeFile.write(folder.resolve("report.md"), MarkdownPage.of(report));
    WholeFile.write(folder.resolve("report.html"), HtmlPage.of(report));
  }

  /** What to print of it where it is made, line by line. */
  public static List<String> summary(Report report) {
    var lines = new ArrayList<String>();
    for (var table : Tables.summary(report)) {
      lines.add("");
      lines.addAll(ConsoleTable.lines(table));
    }
    return lines;
  }
}
