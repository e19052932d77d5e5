package dev.unmask.page;

import static dev.unmask.type.v1.PageEncoding.PAGE_ENCODING_BFLOAT16;
import static dev.unmask.type.v1.PageEncoding.PAGE_ENCODING_INT8;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ExactContextTest {
  private static final byte[] PROGRAM = {1, 2, 3};
  private static final int[] PROMPT = {10, 11, 12};
  private static final byte[] SECRET = "secret".getBytes(UTF_8);

  @Test
  void names_sameContext_areTheSame() {
    assertThat(first(new ExactContext(PROGRAM.clone(), PROMPT.clone(), 32), "a", SECRET))
        .isEqualTo(first(new ExactContext(PROGRAM, PROMPT, 32), "a", SECRET));
  }

  @Test
  void names_anyFieldChanged_differ() {
    var keys =
        List.of(
            first(new ExactContext(PROGRAM, PROMPT, 32), "a", SECRET),
            first(new ExactContext(new byte[] {1, 2, 4}, PROMPT, 32), "a", SECRET),
            first(new ExactContext(PROGRAM, new int[] {10, 11, 13}, 32), "a", SECRET),
            first(new ExactContext(PROGRAM, new int[] {10, 11}, 32), "a", SECRET),
            first(new ExactContext(PROGRAM, PROMPT, 64), "a", SECRET),
            first(new ExactContext(PROGRAM, PROMPT, 32, PAGE_ENCODING_INT8), "a", SECRET),
            first(new ExactContext(PROGRAM, PROMPT, 32, PAGE_ENCODING_BFLOAT16), "a", SECRET),
            first(new ExactContext(PROGRAM, PROMPT, 32), "b", SECRET),
            first(new ExactContext(PROGRAM, PROMPT, 32), "a", "other".getBytes(UTF_8)));

    assertThat(new HashSet<>(keys)).hasSameSizeAs(keys);
  }

  @Test
  void names_bytesMovedBetweenFields_differ() {
    var one = new ExactContext(new byte[] {1, 2}, PROMPT, 32);
    var other = new ExactContext(new byte[] {2}, PROMPT, 32);

    assertThat(first(one, "a", SECRET)).isNotEqualTo(first(other, "a\u0001", SECRET));
  }

  @Test
  void names_pagesOfOneContext_allDiffer() {
    var names = new ExactContext(PROGRAM, PROMPT, 32).names("a", SECRET);
    var keys =
        List.of(names.state(0, 0), names.state(0, 1), names.state(1, 0), names.predictions());

    assertThat(new HashSet<>(keys)).hasSameSizeAs(keys);
  }

  private static PageKey first(ExactContext context, String namespace, byte[] secret) {
    return context.names(namespace, secret).state(0, 0);
  }
}
