package dev.unmask.client.evaluation.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultLogTest {
  private static final Trace TRACE =
      new Trace(
          List.of(7, Trace.MASK),
          List.of(new Trace.Step(List.of(0, 1), List.of(0.9, 0.5), List.of(1))));

  @TempDir private Path folder;

  @Test
  void open_afterAdd_readsWhatWasAdded() throws IOException {
    var result = answered("a \"quoted\" id", true);
    ResultLog.open(file()).add(result, Optional.of(TRACE));
    var again = ResultLog.open(file());
    assertThat(again.result(result.id())).contains(result);
    assertThat(again.trace(result.id())).contains(TRACE);
    assertThat(again.trace("another")).isEmpty();
  }

  @Test
  void open_lineTornByAKill_keepsTheLinesBeforeAndGoesOn() throws IOException {
    ResultLog.open(file()).add(answered("a", true), Optional.empty());
    Files.writeString(file(), "{\"outcome\":\"answ", StandardOpenOption.APPEND);
    var again = ResultLog.open(file());
    again.add(answered("b", false), Optional.empty());
    var last = ResultLog.open(file());
    assertThat(last.result("a")).contains(answered("a", true));
    assertThat(last.result("b")).contains(answered("b", false));
    assertThat(Files.readAllLines(file())).hasSize(2);
  }

  @Test
  void open_questionTwice_hasTheLastLine() throws IOException {
    var log = ResultLog.open(file());
    log.add(new Result.Failed("a", 5, "unavailable: gone"), Optional.empty());
    log.add(answered("a", true), Optional.of(TRACE));
    assertThat(ResultLog.open(file()).result("a")).contains(answered("a", true));
    assertThat(ResultLog.open(file()).trace("a")).contains(TRACE);
  }

  @Test
  void open_fileOfSomethingElse_saysSo() throws IOException {
    Files.writeString(file(), "hello\n");
    assertThatIOException()
        .isThrownBy(() -> ResultLog.open(file()))
        .withMessageContaining("a line that is no result");
  }

  @Test
  void add_answer_isOneLineOfJson() throws IOException {
    ResultLog.open(file()).add(answered("a", true), Optional.of(TRACE));
    assertThat(Files.readString(file()))
        .startsWith("{\"outcome\":\"answered\",\"id\":\"a\",\"attempts\":1,")
        .contains("\"before_first_eos\":3")
        .endsWith("\"revoked\":[1]}]}}\n");
  }

  private Path file() {
    return folder.resolve("items.jsonl");
  }

  private static Result.Answered answered(String id, boolean correct) {
    return new Result.Answered(
        id,
        1,
        new Result.Verdict(correct, "42", "equal", Map.of("strict", true)),
        "line\nline",
        "length",
        new Result.Timing(1_000, 12.5, 3, 11),
        new Result.Cost(5, 2, 16, 18, 8, 1, 0),
        new TokenCounts(3, 3, 4));
  }
}
