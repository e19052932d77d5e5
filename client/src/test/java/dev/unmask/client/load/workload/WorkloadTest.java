package dev.unmask.client.load.workload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unmask.generation.v1.GenerateRequest;
import dev.unmask.type.v1.DecodingSpec;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WorkloadTest {
  private static final List<Integer> BARRED = List.of(9, 2, 3);

  @Test
  void draw_randomTokens_areEveryIdThatIsAllowed() {
    var source = new PromptSource.RandomTokens(5, 12, BARRED);
    var random = new SplittableRandom(1);
    var seen = new HashSet<Integer>();
    for (int i = 0; i < 500; i++) {
      var ids = source.draw(random).getTokens().getIdsList();
      assertThat(ids).hasSize(5);
      seen.addAll(ids);
    }
    assertThat(seen).containsExactlyInAnyOrder(0, 1, 4, 5, 6, 7, 8, 10, 11);
  }

  @Test
  void draw_sameSeed_asksTheSame() {
    assertThat(draws(3)).isEqualTo(draws(3)).isNotEqualTo(draws(4));
  }

  @Test
  void draw_lengths_goOverTheSpec() {
    assertThat(draws(3))
        .allSatisfy(request -> {
          assertThat(request.getModel()).isEqualTo("mini");
          assertThat(request.getSpec().getBlockLength()).isEqualTo(16);
        })
        .extracting(request -> request.getSpec().getGenerationLength())
        .containsOnly(32, 64);
  }

  @Test
  void samples_twoMixes_haveEveryPartAndTheLargestLengthWithEachPrompt() {
    assertThat(workload().samples(new SplittableRandom(1)))
        .extracting(request ->
            request.getPrompt().getTokens().getIdsCount()
                + "+"
                + request.getSpec().getGenerationLength())
        .containsExactly("10+64", "20+64", "10+32");
  }

  @Test
  void samples_noLengths_leaveItToTheSpec() {
    var plain =
        new Workload(
            "mini", workload().prompts(), Optional.empty(), DecodingSpec.getDefaultInstance());
    assertThat(plain.samples(new SplittableRandom(1)))
        .hasSize(2)
        .noneMatch(request -> request.getSpec().hasGenerationLength());
  }

  private static List<GenerateRequest> draws(long seed) {
    var random = new SplittableRandom(seed);
    return IntStream.range(0, 40).mapToObj(_ -> workload().draw(random)).toList();
  }

  private static Workload workload() {
    return new Workload(
        "mini",
        Mix.parse("--prompt-tokens", "10,20", Integer::valueOf)
            .map(length -> new PromptSource.RandomTokens(length, 100, BARRED)),
        Optional.of(Mix.parse("--lengths", "32,64", Integer::valueOf)),
        DecodingSpec.newBuilder().setBlockLength(16).build());
  }
}
