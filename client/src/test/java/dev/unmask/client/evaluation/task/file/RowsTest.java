package dev.unmask.client.evaluation.task.file;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RowsTest {
  private static final Path FILE = Path.of("questions.jsonl");

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"a\": \"1\"}\n{\"a\": \"2\"}\n",
        "{\"a\": \"1\"}\n{\"a\": \"2\"}",
        "{\"a\": \"1\"}\r\n{\"a\": \"2\"}\r\n",
        "\uFEFF{\"a\": \"1\"}\n{\"a\": \"2\"}\n",
        "\n\n{\"a\": \"1\"}\n   \n{\"a\": \"2\"}\n\n",
        "[{\"a\": \"1\"}, {\"a\": \"2\"}]",
        "\uFEFF  [\n  {\n \"a\": \"1\"\n},\n{\"a\": \"2\"}\n]\n",
      })
  void of_eitherForm_givesEveryRecord(String text) throws Exception {
    var rows = rows(text);

    assertThat(rows.faults()).isEmpty();
    assertThat(rows.rows()).hasSize(2);
    assertThat(rows.rows().getFirst().text("a")).isEqualTo("1");
    assertThat(rows.rows().getLast().text("a")).isEqualTo("2");
  }

  @Test
  void of_lines_haveTheirNumbers() throws IOException {
    var rows = rows("\n{\"a\": 1}\n\r\n{\"a\": 2}");

    assertThat(rows.rows()).extracting(Row::line).containsExactly(2, 4);
  }

  @Test
  void of_list_hasItsLines() throws IOException {
    var rows = rows("[\n{\"a\":\n 1},\n{\"a\": 2}, {\"a\": 3}]");

    assertThat(rows.rows()).extracting(Row::line).containsExactly(2, 4, 4);
  }

  @Test
  void of_malformedLines_areToldAndPassedOver() throws IOException {
    var rows =
        rows(
            """
            {"a": 1}
            {"a": 1
            [1, 2]
            "text"
            {"a": 1} {"a": 2}
            {"a": 1, "a": 2}
            nonsense
            {"a": 3}
            """);

    assertThat(rows.rows()).extracting(Row::line).containsExactly(1, 8);
    assertThat(rows.faults()).extracting(Fault::line).containsExactly(2, 3, 4, 5, 6, 7);
    assertThat(rows.faults().get(0).reason()).startsWith("is not JSON: ");
    assertThat(rows.faults().get(1).reason()).isEqualTo("is not a JSON object");
    assertThat(rows.faults().get(4).reason()).contains("Duplicate field 'a'");
  }

  @Test
  void of_lineThatIsNotUtf8_isToldAndPassedOver() throws IOException {
    var rows = Rows.of(FILE, "{\"a\": \"\u00e9\"}\n{\"a\": \"e\"}".getBytes(ISO_8859_1));

    assertThat(rows.faults()).containsExactly(new Fault(1, "is not UTF-8"));
    assertThat(rows.rows()).extracting(Row::line).containsExactly(2);
  }

  @Test
  void of_listThatBreaksOff_givesWhatCameBefore() throws IOException {
    var rows = rows("[{\"a\": 1},\n{\"a\": 2},\n{\"a\": ");

    assertThat(rows.rows()).hasSize(2);
    assertThat(rows.faults()).hasSize(1);
    assertThat(rows.faults().getFirst().line()).isEqualTo(3);
  }

  @Test
  void of_whatFollowsAList_isTold() throws IOException {
    var rows = rows("[{\"a\": 1}, 7]\n{\"a\": 2}");

    assertThat(rows.rows()).hasSize(1);
    assertThat(rows.faults())
        .containsExactly(
            new Fault(1, "is not a JSON object"), new Fault(1, "follows the end of the list"));
  }

  @Test
  void of_nothing_isEmpty() throws IOException {
    assertThat(rows("").rows()).isEmpty();
    assertThat(rows("\uFEFF\r\n \n").faults()).isEmpty();
  }

  @Test
  void read_hugeFile_isRefused() throws IOException {
    var file = folder.resolve("huge");
    try (var sparse = new RandomAccessFile(file.toFile(), "rw")) {
      sparse.setLength(Rows.FILE_BYTES + 1);
    }

    assertThatIOException()
        .isThrownBy(() -> Rows.read(file))
        .withMessageContaining(Long.toString(Rows.FILE_BYTES));
  }

  @Test
  void read_missingFile_fails() {
    assertThatIOException()
        .isThrownBy(() -> Rows.read(folder.resolve("none.jsonl")))
        .withMessageContaining("none.jsonl");
  }

  @Test
  void read_file_keepsItsName() throws IOException {
    var file = Files.writeString(folder.resolve("some.jsonl"), "{}");

    assertThat(Rows.read(file).file()).isEqualTo(file);
  }

  private static Rows rows(String text) throws IOException {
    return Rows.of(FILE, text.getBytes(UTF_8));
  }
}
