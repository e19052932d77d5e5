package dev.unmask.worker.decoding;

import dev.unmask.worker.api.DecodingSpecs;
import dev.unmask.worker.canvas.Given;
import dev.unmask.worker.canvas.Outset;
import dev.unmask.worker.decoding.Matrix.Family;
import dev.unmask.worker.engine.TorchEngine;
import dev.unmask.worker.method.Compatibility;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every family with every unmask policy, cache policy and compatibility, of canvases that are known
 * in part: at a block's start and in its middle, a whole block, and the end.
 */
class GivenMatrixTest {
  private static final long SEED = 20261130;
  private static final int GENERATION = 12;
  private static final int BLOCK = 4;
  private static final int[] PROMPT = new Random(SEED).ints(7, 0, 500).toArray();

  @ParameterizedTest
  @EnumSource
  void run_anyMethod_keepsTheInvariants(Family family) {
    try (var engine = Matrix.load(family)) {
      for (var compatibility : Compatibility.values()) {
        for (String unmask : Matrix.unmasks(family)) {
          for (String cache : Matrix.CACHES) {
            run(family, engine, "compatibility: COMPATIBILITY_" + compatibility, unmask, cache);
          }
        }
      }
    }
  }

  private static void run(Family family, TorchEngine engine, String... parts) {
    var lengths = "generation_length: " + GENERATION + " block_length: " + BLOCK;
    var spec =
        Matrix.spec(Stream.concat(Stream.of(parts), Stream.of(lengths)).toArray(String[]::new));
    if (!Matrix.violations(family, PROMPT, spec).isEmpty()) {
      return;
    }
    for (var known : known(family)) {
      var method = DecodingSpecs.method(spec, family.model);
      var outset = Outset.of(PROMPT).with(known);
      var decoding = new Decoding(engine.traits(), method, outset);
      try (var state = engine.open(PROMPT.length, method)) {
        new Watch(engine.traits(), method, decoding).run(state);
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError("seed " + SEED + ", " + family + ": " + spec, e);
      }
    }
  }

  private static List<Given> known(Family family) {
    int[] suffix = family.blockCausal() ? new int[0] : new int[] {30, 31, 32, 33, 34};
    return List.of(
        new Given(new int[] {0, 2, 4}, new int[] {20, 21, 22}, suffix),
        new Given(new int[] {1, 2, 3, 4, 5}, new int[] {20, 21, 22, 23, 24}, suffix),
        new Given(new int[] {0, 1, 2, 3}, new int[] {20, 21, 22, 23}, new int[0]));
  }
}
