package dev.unmask.client.output;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.unmask.client.Answer;
import dev.unmask.client.Events;
import dev.unmask.client.Transcript;
import dev.unmask.client.terminal.Paper;
import dev.unmask.type.v1.PreferredMethod;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class DisplayTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(bytes, true, UTF_8);

  @Test
  void text_answer_isCommittedTextAndANewline() {
    assertThat(shown(new TextDisplay(out))).isEqualTo("4 + 3\n");
  }

  @Test
  void json_answer_isOneObjectOnOneLine() throws IOException {
    var text = shown(new JsonDisplay(out, false));
    assertThat(text).endsWith("\n").containsOnlyOnce("\n");
    assertThat(read(text))
        .isEqualTo(
            read(
                """
                {"request_id": "request-1", "model": "mini", "worker": "worker-1", "text": "4 + 3",
                 "tokens": [100, 101, 102, 103], "finish_reason": "end_of_sequence",
                 "usage": {"prompt_tokens": 5, "completion_tokens": 3, "steps": 2,
                  "tokens_per_step": 2.0, "rows_computed": 16, "rows_uncached": 18, "pages_hit": 8,
                  "pages_missed": 1, "sharing_mode": "exact",
                  "sharing_decision": {"fetched": true, "fetch_estimate_ms": 8.5,
                   "compute_estimate_ms": 130.0}, "time_to_first_block_ms": 12.5,
                  "duration_ms": 20.0, "worker_peak_memory_bytes": 6442450944}}
                """));
  }

  @Test
  void json_aPreferencesMethod_isTold() throws IOException {
    var display = new JsonDisplay(out, false);
    var transcript = new Transcript();
    Events.answer().forEach(transcript::add);
    var answer = transcript.answer();
    var method = PreferredMethod.newBuilder().setName("threshold 0.5, dual");
    display.finish(
        new Answer(
            answer.opened().toBuilder().setPreferredMethod(method).build(),
            answer.text(),
            answer.tokens(),
            answer.finishReason(),
            answer.usage()));
    assertThat(read(bytes.toString(UTF_8)).get("method").textValue())
        .isEqualTo("threshold 0.5, dual");
  }

  @Test
  void json_withSteps_tellsEveryCommit() throws IOException {
    var steps = read(shown(new JsonDisplay(out, true))).get("steps");
    assertThat(steps).hasSize(2);
    assertThat(steps.get(0).get("refresh").booleanValue()).isTrue();
    assertThat(steps.get(1).get("rows_computed").intValue()).isEqualTo(8);
    var commit = steps.get(1).get("commits").get(0);
    assertThat(commit.get("position").intValue()).isEqualTo(Events.START + 1);
    assertThat(commit.get("token").intValue()).isEqualTo(101);
    assertThat(commit.get("piece").textValue()).isEqualTo(" +");
    assertThat(commit.get("confidence").floatValue()).isEqualTo(0.9f);
  }

  @Test
  void canvas_answer_drawsEveryStepThenTheTextAndFigures() {
    var paper = new Paper(80, 24, false);
    var frames =
        shown(new CanvasDisplay(out, paper, Pace.unlimited())).split("\033\\[\\?2026h", -1);
    assertThat(frames[1]).contains("░░░░░░░░");
    assertThat(frames[2]).contains("4░░ 3░░");
    assertThat(frames[3]).contains("4 + 3·");
    assertThat(frames[4])
        .contains("4 + 3")
        .doesNotContain("·\033")
        .contains("3 tokens · 2 steps · 2.0 tokens/step · 20 ms · worker-1")
        .endsWith("\033[?25h");
  }

  @Test
  void pace_twoPictures_keepsThemApart() {
    var pace = Pace.of(Duration.ofMillis(20));
    pace.await();
    long start = System.nanoTime();
    pace.await();
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(15));
  }

  private String shown(Display display) {
    var transcript = new Transcript();
    try (display) {
      Events.answer()
          .forEach(event -> {
            transcript.add(event);
            display.show(event);
          });
      display.finish(transcript.answer());
    }
    return bytes.toString(UTF_8);
  }

  private static JsonNode read(String json) throws IOException {
    return new ObjectMapper().readTree(json);
  }
}
