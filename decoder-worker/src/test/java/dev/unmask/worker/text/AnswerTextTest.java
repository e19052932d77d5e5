package dev.unmask.worker.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class AnswerTextTest {
  private static final int END = 0;
  private static final int HALF_OF_EURO = 1;

  /** Letters stand for themselves; one token is the first half of a two-token character. */
  private static String decode(int[] tokens) {
    return Arrays.stream(tokens)
        .mapToObj(t -> t == HALF_OF_EURO ? "\uFFFD" : String.valueOf((char) t))
        .collect(Collectors.joining())
        .replace("\uFFFD\u20AC", "\u20AC");
  }

  private static int[] tokens(String text) {
    return text.chars().toArray();
  }

  private static AnswerText answer(String... stops) {
    return new AnswerText(AnswerTextTest::decode, Set.of(END), List.of(stops));
  }

  @Test
  void advance_growingTokens_tellsOnlyWhatIsNew() {
    var answer = answer();
    assertThat(answer.advance(tokens("ab"), false)).isEqualTo("ab");
    assertThat(answer.advance(tokens("abcd"), false)).isEqualTo("cd");
    assertThat(answer.advance(tokens("abcd"), true)).isEmpty();
  }

  @Test
  void advance_endToken_endsTextBeforeIt() {
    var answer = answer();
    assertThat(answer.advance(tokens("ab\0cd"), false)).isEqualTo("ab");
    assertThat(answer.ended()).isTrue();
    assertThat(answer.tokens()).isEqualTo(2);
  }

  @Test
  void advance_cutCharacter_isHeldBackUntilWhole() {
    var answer = answer();
    assertThat(answer.advance(new int[] {'a', HALF_OF_EURO}, false)).isEqualTo("a");
    assertThat(answer.advance(new int[] {'a', HALF_OF_EURO, 0x20AC}, false)).isEqualTo("\u20AC");
  }

  @Test
  void advance_cutCharacterAtTheEnd_isToldAsItIs() {
    assertThat(answer().advance(new int[] {'a', HALF_OF_EURO}, true)).isEqualTo("a\uFFFD");
  }

  @Test
  void advance_stopStringOverTwoBlocks_isNeverTold() {
    var answer = answer("STOP");
    assertThat(answer.advance(tokens("go ST"), false)).isEqualTo("go ");
    assertThat(answer.stopped()).isFalse();
    assertThat(answer.advance(tokens("go STOP on"), false)).isEmpty();
    assertThat(answer.stopped()).isTrue();
  }

  @Test
  void advance_falseBeginningOfStopString_isToldLater() {
    var answer = answer("STOP");
    assertThat(answer.advance(tokens("go ST"), false)).isEqualTo("go ");
    assertThat(answer.advance(tokens("go STAY"), false)).isEqualTo("STAY");
  }

  @Test
  void advance_stopStringAfterEndToken_doesNotCount() {
    var answer = answer("STOP");
    assertThat(answer.advance(tokens("go\0STOP"), true)).isEqualTo("go");
    assertThat(answer.stopped()).isFalse();
  }
}
