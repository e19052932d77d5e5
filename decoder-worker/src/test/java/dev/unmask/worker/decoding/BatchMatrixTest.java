package dev.unmask.worker.decoding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unmask.type.v1.DecodingSpec;
import dev.unmask.worker.api.DecodingSpecs;
import dev.unmask.worker.decoding.Matrix.Family;
import dev.unmask.worker.engine.ModelState;
import dev.unmask.worker.engine.RequestState;
import dev.unmask.worker.engine.TorchEngine;
import dev.unmask.worker.engine.Turn;
import dev.unmask.worker.engine.TurnOutcome;
import dev.unmask.worker.method.Method;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The same answer in any company: every method of every family, in batches drawn from a seed.
 * Requests of different methods, prompts and lengths join and leave at any step, and a step may
 * wait while others are made. Of block-causal models half of the requests begin from keys and
 * values that were found: a hit is a miss, token for token.
 */
class BatchMatrixTest {
  private static final int COMPANY = 6;
  private static final int SPAN = 32;
  private static final int[] GENERATIONS = {8, 16, 32};
  private static final Map<Family, TorchEngine> ENGINES = new TreeMap<>();

  @BeforeAll
  static void load() {
    for (var family : Family.values()) {
      ENGINES.put(family, Matrix.load(family));
    }
  }

  @AfterAll
  static void close() {
    ENGINES.values().forEach(TorchEngine::close);
    ENGINES.clear();
  }

  /** One drawing of companies. */
  record Draw(Family family, long seed) {}

  static Stream<Draw> draws() {
    return Stream.of(Family.values())
        .flatMap(family -> Stream.of(20261122L, 88L).map(seed -> new Draw(family, seed)));
  }

  @ParameterizedTest
  @MethodSource("draws")
  void run_anyCompany_answersAsAlone(Draw draw) {
    var random = new Random(draw.seed());
    var orders = new ArrayList<>(orders(draw.family(), random));
    Collections.shuffle(orders, random);
    for (int from = 0; from < orders.size(); from += COMPANY) {
      var company = orders.subList(from, Math.min(orders.size(), from + COMPANY));
      together(draw, company, random);
    }
    var pool = ENGINES.get(draw.family()).pool();
    assertThat(pool.used()).as("I5: positions taken at rest").isZero();
  }

  /** A request that may be made. */
  private record Order(Family family, DecodingSpec spec, int[] prompt) {
    Method method() {
      return DecodingSpecs.method(spec, family.model);
    }
  }

  private static List<Order> orders(Family family, Random random) {
    var orders = new ArrayList<Order>();
    for (String unmask : Matrix.unmasks(family)) {
      for (String cache : Matrix.CACHES) {
        for (String guidance : Matrix.GUIDANCES) {
          var order = order(family, random, unmask, cache, guidance);
          if (Matrix.violations(family, order.prompt(), order.spec()).isEmpty()) {
            orders.add(order);
          }
        }
      }
    }
    return orders;
  }

  private static Order order(Family family, Random random, String... parts) {
    int generation = GENERATIONS[random.nextInt(GENERATIONS.length)];
    boolean drawn = random.nextInt(4) == 0;
    int block = family == Family.SDAR ? 4 : 8;
    var spec =
        Matrix.spec(
            String.join("\n", parts),
            "generation_length: " + generation + " block_length: " + block,
            drawn ? "sampling { temperature: 0.8 seed: " + random.nextInt(100) + " }" : "");
    int longest = family.blockCausal() ? 150 : 60;
    int[] prompt = random.ints(1 + random.nextInt(longest), 0, 500).toArray();
    return new Order(family, spec, prompt);
  }

  /** A request being decoded in company, beside how it went alone. */
  private static final class Guest implements AutoCloseable {
    private final Order order;
    private final Decoding decoding;
    private final RequestState state;
    private final int joins;
    private final int[] alone;
    private final int stepsAlone;

    Guest(TorchEngine engine, Order order, int joins, boolean finds) {
      this.order = order;
      this.joins = joins;
      var method = order.method();
      decoding = new Decoding(engine.traits(), method, order.prompt());
      state = engine.open(order.prompt().length, method);
      var single = new Decoding(engine.traits(), method, order.prompt());
      try (var own = engine.open(order.prompt().length, method)) {
        while (!single.done()) {
          single.advance(own);
        }
        int stored = Math.min(single.storedEnd(), order.prompt().length);
        if (finds && stored >= SPAN) {
          find((ModelState) own, stored / SPAN * SPAN);
        }
      }
      alone = single.canvas();
      stepsAlone = single.steps();
    }

    private void find(ModelState donor, int positions) {
      try (var span = donor.exportSpan(0, positions)) {
        ((ModelState) state).restoreSpan(span);
      }
      decoding.begin(positions);
    }

    boolean wants(int round, Random random) {
      return !decoding.done() && round >= joins && random.nextInt(5) > 0;
    }

    @Override
    public void close() {
      state.close();
    }
  }

  private static void together(Draw draw, List<Order> company, Random random) {
    var engine = ENGINES.get(draw.family());
    var guests =
        company.stream()
            .map(order -> new Guest(engine, order, random.nextInt(6), random.nextBoolean()))
            .toList();
    try {
      for (int round = 0; guests.stream().anyMatch(guest -> !guest.decoding.done()); round++) {
        int now = round;
        var here = guests.stream().filter(guest -> guest.wants(now, random)).toList();
        step(engine, here);
      }
      for (var guest : guests) {
        assertThat(guest.decoding.canvas())
            .as("%s: %s", draw, guest.order.spec())
            .isEqualTo(guest.alone);
        assertThat(guest.decoding.steps()).as("%s", guest.order.spec()).isEqualTo(guest.stepsAlone);
      }
    } finally {
      guests.forEach(Guest::close);
    }
  }

  private static void step(TorchEngine engine, List<Guest> guests) {
    var turns = guests.stream().map(guest -> new Turn(guest.state, guest.decoding.next())).toList();
    var outcomes = engine.run(turns);
    for (int i = 0; i < turns.size(); i++) {
      var guest = guests.get(i);
      switch (outcomes.get(i)) {
        case TurnOutcome.Predicted(var predictions) -> guest.decoding.accept(predictions);
        case TurnOutcome.Failed(var cause) ->
            throw new AssertionError(guest.order.spec().toString(), cause);
      }
    }
  }
}
