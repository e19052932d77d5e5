package dev.unmask.page;

import static dev.unmask.type.v1.PageEncoding.PAGE_ENCODING_AS_COMPUTED;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.unmask.prompt.WrittenPrompt;
import dev.unmask.type.v1.Prompt;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Two tenants that ask the same: nothing of either may have a name that the other one uses. */
final class TwoTenantsTest {
  private static final int PAIRS = 10_000;
  private static final long SEED = 20_260_102;
  private static final byte[] PROGRAM = {1, 2, 3};
  private static final byte[] SECRET = "the same for both".getBytes(UTF_8);

  @Test
  void names_samePromptsOfTwoNamespaces_haveNoneInCommon() {
    var random = new Random(SEED);
    Set<PageKey> ofA = new HashSet<>();
    Set<PageKey> ofB = new HashSet<>();
    for (int pair = 0; pair < PAIRS; pair++) {
      var prompt = random.ints(32, 0, 126_464).toArray();
      contexts(prompt)
          .forEach(context -> {
            ofA.addAll(names(context.names("tenant-a", SECRET)));
            ofB.addAll(names(context.names("tenant-b", SECRET)));
          });
    }
    assertThat(ofA).as("seed %d", SEED).hasSize(PAIRS * 3 * 4);
    assertThat(ofB).hasSameSizeAs(ofA);
    assertThat(Collections.disjoint(ofA, ofB)).isTrue();
  }

  @Test
  void pieces_samePromptsOfTwoNamespaces_haveNoneInCommon() {
    var random = new Random(SEED);
    Set<Long> ofA = new HashSet<>();
    Set<Long> ofB = new HashSet<>();
    for (int pair = 0; pair < PAIRS; pair++) {
      var prompt = Prompt.newBuilder().setText(Long.toString(random.nextLong()).repeat(32)).build();
      ofA.addAll(new WrittenPrompt("tenant-a", "mini", prompt).pieces().digests());
      ofB.addAll(new WrittenPrompt("tenant-b", "mini", prompt).pieces().digests());
    }
    assertThat(ofA).as("seed %d", SEED).hasSizeGreaterThanOrEqualTo(PAIRS);
    assertThat(Collections.disjoint(ofA, ofB)).isTrue();
  }

  private static Stream<SharedContext> contexts(int[] prompt) {
    return Stream.of(
        new ExactContext(PROGRAM, prompt, 64),
        new RetainedContext(PROGRAM, prompt, 64, new RetainedContext.Retention(32, 64, 16, 3)),
        BlockChain.first(PROGRAM, () -> 32, PAGE_ENCODING_AS_COMPUTED, prompt));
  }

  private static List<PageKey> names(PageNames names) {
    return List.of(names.state(0, 0), names.state(31, 0), names.predictions(), names.whole());
  }
}
