package dev.unmask.client.terminal;

import static dev.unmask.client.Events.commit;
import static dev.unmask.client.Events.opened;
import static dev.unmask.client.Events.step;
import static org.assertj.core.api.Assertions.assertThat;

import dev.unmask.type.v1.StepDelta;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PictureTest {
  private final Picture plain = new Picture(new Paper(80, 24, false));
  private final Picture coloured = new Picture(new Paper(80, 24, true));

  @Test
  void unfinished_nothingKnown_isAllMasks() {
    assertThat(plain.unfinished(Canvas.of(opened(8, 4))))
        .containsExactly(
            "  ░░░░░░░░░░░░░░░░",
            "",
            "  ────────────────────────  block 1/2 · step 0 · 0.0 tokens/step · 0/8");
  }

  @Test
  void unfinished_someKnown_showsTokensAmongMasks() {
    var canvas =
        Canvas.of(opened(8, 4)).after(step(0, 0, commit(0, "Sum:", 0.9), commit(1, " 4", 0.9)));
    assertThat(plain.unfinished(canvas))
        .containsExactly(
            "  Sum: 4░░░░░░░░░░░░",
            "",
            "  ━━━━━━──────────────────  block 1/2 · step 1 · 2.0 tokens/step · 2/8");
  }

  @Test
  void unfinished_newlineToken_breaksTheLine() {
    var canvas = Canvas.of(opened(4, 4)).after(step(0, 0, commit(0, "a\n", 1), commit(1, "b", 1)));
    assertThat(plain.unfinished(canvas)).startsWith("  a", "  b░░░░");
  }

  @Test
  void unfinished_endOfSequence_isADot() {
    var canvas = Canvas.of(opened(2, 2)).after(step(0, 0, commit(1, "<|endoftext|>", 1)));
    assertThat(plain.unfinished(canvas)).startsWith("  ░░·");
  }

  @Test
  void unfinished_colours_shadeConfidenceAndBlocks() {
    var canvas = Canvas.of(opened(4, 2)).after(step(0, 0, commit(0, "a", 0.3))).after(step(1, 0));
    assertThat(coloured.unfinished(canvas).getFirst())
        .isEqualTo(
            "  " + Ink.of(0.3, false).paint("a") + Ink.MASK.paint("░░") + Ink.FAINT.paint("░░░░"));
  }

  @Test
  void unfinished_latestStep_isBold() {
    var canvas = Canvas.of(opened(1, 1)).after(step(0, 0, commit(0, "a", 1)));
    assertThat(coloured.unfinished(canvas).getFirst()).contains("\033[1;38;5;252ma");
  }

  @Test
  void unfinished_largerThanTerminal_showsTheCurrentBlock() {
    var small = new Picture(new Paper(24, 8, false));
    var canvas = Canvas.of(opened(200, 20));
    for (int i = 0; i < 100; i++) {
      canvas = canvas.after(step(i, i / 20, commit(i, "token ", 1)));
    }
    canvas = canvas.after(step(100, 5));
    var lines = small.unfinished(canvas);
    assertThat(lines).hasSizeLessThanOrEqualTo(7);
    assertThat(lines.subList(0, 5)).anyMatch(line -> line.contains("token"));
    assertThat(lines.subList(0, 5)).anyMatch(line -> line.contains("░"));
  }

  @Test
  void unfinished_narrowTerminal_staysWithinIt() {
    var narrow = new Picture(new Paper(30, 24, false));
    var canvas = Canvas.of(opened(64, 32)).after(step(0, 0, commit(3, "x".repeat(70), 1)));
    assertThat(narrow.unfinished(canvas)).allMatch(line -> line.length() <= 30);
  }

  @Test
  void unfinished_revokedToken_isAMaskAgain() {
    var canvas =
        Canvas.of(opened(2, 2))
            .after(step(0, 0, commit(0, "a", 1)))
            .after(StepDelta.newBuilder().setStep(1).addRevoked(5).build());
    assertThat(canvas.known()).isZero();
  }

  @Test
  void finished_text_keepsShadesAndDropsSpecialTokens() {
    var canvas =
        Canvas.of(opened(3, 3))
            .after(
                step(0, 0, commit(0, "a", 0.3), commit(1, "b", 1), commit(2, "<|endoftext|>", 1)));
    assertThat(coloured.finished(canvas, "ab"))
        .containsExactly("  " + Ink.of(0.3, false).paint("a") + Ink.of(1, false).paint("b"));
  }

  @Test
  void finished_textUnlikeCells_isPlainFromThere() {
    var canvas =
        Canvas.of(opened(2, 2)).after(step(0, 0, commit(0, "a", 0.3), commit(1, "�", 0.3)));
    assertThat(coloured.finished(canvas, "aé"))
        .containsExactly("  " + Ink.of(0.3, false).paint("a") + Ink.PLAIN.paint("é"));
  }

  @Test
  void note_controlCharacters_neverReachTheTerminal() {
    assertThat(plain.note("a\033[2Jb\r")).containsExactly("  a�[2Jb�");
  }

  @Test
  void note_longWords_breakAfterSpacesFirst() {
    var text = String.join(" ", IntStream.range(0, 40).mapToObj(i -> "word" + i).toList());
    List<String> lines = plain.note(text);
    assertThat(lines).hasSizeGreaterThan(1).allMatch(line -> line.matches("  (word\\d+ ?)+"));
    assertThat(String.join(" ", lines.stream().map(String::strip).toList())).isEqualTo(text);
  }
}
