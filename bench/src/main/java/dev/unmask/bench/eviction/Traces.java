package dev.unmask.bench.eviction;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Made up traces that show policies at their best and worst. */
final class Traces {
  private static final long SEED = 20261122;
  private static final int LENGTH = 60_000;
  private static final int STATES = 6_000;
  private static final double SKEW = 0.9;

  private Traces() {}

  static List<Trace> all() {
    return List.of(zipf(), scan(), loop(), new SharedPrompts(new SplittableRandom(SEED)).trace());
  }

  /** Few states are asked for often, many seldom, none for a reason. */
  private static Trace zipf() {
    var random = new SplittableRandom(SEED);
    var zipf = new Zipf(STATES, SKEW);
    return new Trace(
        "zipf", IntStream.range(0, LENGTH).mapToObj(_ -> sized(zipf.draw(random))).toList());
  }

  /** The same, and every now and then somebody asks a thousand prompts once: an evaluation. */
  private static Trace scan() {
    var random = new SplittableRandom(SEED);
    var zipf = new Zipf(STATES, SKEW);
    var accesses = new ArrayList<Access>();
    int next = STATES;
    while (accesses.size() < LENGTH) {
      for (int i = 0; i < 3000; i++) {
        accesses.add(sized(zipf.draw(random)));
      }
      for (int i = 0; i < 1000; i++) {
        accesses.add(sized(next++));
      }
    }
    return new Trace("scan", accesses);
  }

  /** The same prompts one after the other, again and again. */
  private static Trace loop() {
    return new Trace(
        "loop", IntStream.range(0, LENGTH).mapToObj(i -> sized(i % (STATES / 2))).toList());
  }

  /** A state of a prompt whose length follows from its number. */
  private static Access sized(int number) {
    var own = new SplittableRandom(SEED ^ (number * 0x9E3779B97F4A7C15L));
    return Prompts.access("s" + number, Prompts.tokens(own), "all");
  }
}
