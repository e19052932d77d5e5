package dev.unmask.worker.decoding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unmask.worker.caching.CachePolicy;
import dev.unmask.worker.caching.DualCache;
import dev.unmask.worker.caching.NoCache;
import dev.unmask.worker.caching.PrefixCache;
import dev.unmask.worker.reference.PlainModel;
import dev.unmask.worker.unmask.Factor;
import dev.unmask.worker.unmask.FixedSchedule;
import dev.unmask.worker.unmask.Pace;
import dev.unmask.worker.unmask.Threshold;
import dev.unmask.worker.unmask.UnmaskPolicy;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every family with every unmask and cache policy and compatibility, on the reference model. */
class MethodMatrixTest {
  private static final long SEED = 20261122;
  private static final Path MODELS = Path.of("src/test/golden/models");

  /** One cell of the matrix. */
  record Cell(String family, UnmaskPolicy unmask, CachePolicy cache, Compatibility compatibility) {}

  static Stream<Cell> cells() {
    return Stream.of("tiny-llada", "tiny-dream")
        .flatMap(family ->
            unmasks()
                .flatMap(unmask ->
                    Stream.of(new NoCache(), new PrefixCache(), new DualCache())
                        .flatMap(cache ->
                            Stream.of(
                                    Compatibility.UNMASK,
                                    Compatibility.FAST_DLLM,
                                    Compatibility.D2CACHE)
                                .map(c -> new Cell(family, unmask, cache, c)))));
  }

  private static Stream<UnmaskPolicy> unmasks() {
    return Stream.of(
        new FixedSchedule(new Pace.Steps(8)),
        new FixedSchedule(new Pace.TokensPerStep(2)),
        new FixedSchedule(new Pace.TimeSchedule(8, 1e-3)),
        new Threshold(.6),
        new Factor(1));
  }

  @ParameterizedTest
  @MethodSource("cells")
  void advance_anyMethod_keepsTheInvariants(Cell cell) throws IOException {
    var model = PlainModel.open(MODELS.resolve(cell.family()));
    for (var rule : EndOfSequenceRule.values()) {
      int[] prompt = new Random(SEED).ints(9, 0, 500).toArray();
      var method =
          Methods.plain()
              .with(cell.unmask())
              .with(cell.cache())
              .with(cell.compatibility())
              .with(rule)
              .method(16, 8);
      var decoding = new Decoding(model.traits(), method, prompt);
      var seen = new Watch(decoding, model.open(prompt.length, method));
      seen.decode();
      assertThat(seen.tokens)
          .as("seed %d: the deltas are the canvas", SEED)
          .isEqualTo(seen.canvas());
      assertThat(seen.refreshedBlocks).isNotEmpty();
    }
  }

  /** Follows a decoding from outside, knowing only what its outcomes tell. */
  private static final class Watch {
    final Map<Integer, Integer> tokens = new HashMap<>();
    final Set<Integer> refreshedBlocks = new HashSet<>();
    private final Decoding decoding;
    private final Denoiser denoiser;

    Watch(Decoding decoding, Denoiser denoiser) {
      this.decoding = decoding;
      this.denoiser = denoiser;
    }

    void decode() {
      while (!decoding.done()) {
        var step = decoding.next();
        int end = decoding.finishedEnd();
        var outcome = decoding.advance(denoiser);
        assertThat(outcome.step()).isEqualTo(decoding.steps() - 1);
        assertThat(outcome.rowsComputed()).isEqualTo(step.rows().length);
        if (outcome.refresh()) {
          refreshedBlocks.add(outcome.block());
        }
        for (var commit : outcome.commits()) {
          assertThat(tokens.put(commit.position(), commit.token())).as("I1").isNull();
          assertThat(commit.position()).isGreaterThanOrEqualTo(end);
        }
      }
      assertThat(decoding.finishReason()).isPresent();
    }

    Map<Integer, Integer> canvas() {
      int mask = 511;
      var generated = new HashMap<Integer, Integer>();
      int[] canvas = decoding.canvas();
      for (int i = decoding.promptLength(); i < canvas.length; i++) {
        if (canvas[i] != mask) {
          generated.put(i, canvas[i]);
        }
      }
      return generated;
    }
  }

  @ParameterizedTest
  @MethodSource("families")
  void advance_oneBlockWithDualCache_rowsAreFewerThanWithPrefixThanWithNone(String family)
      throws IOException {
    var model = PlainModel.open(MODELS.resolve(family));
    int none = rows(model, new NoCache());
    int prefix = rows(model, new PrefixCache());
    int dual = rows(model, new DualCache());

    assertThat(List.of(dual, prefix, none)).isSorted();
    assertThat(dual).isLessThan(none);
  }

  static Stream<String> families() {
    return Stream.of("tiny-llada", "tiny-dream");
  }

  private static int rows(PlainModel model, CachePolicy cache) {
    int[] prompt = new Random(SEED).ints(9, 0, 500).toArray();
    var method = Methods.plain().with(cache).method(16, 8);
    var decoding = new Decoding(model.traits(), method, prompt);
    var denoiser = model.open(prompt.length, method);
    int rows = 0;
    while (!decoding.done()) {
      rows += decoding.advance(denoiser).rowsComputed();
    }
    return rows;
  }
}
