package dev.unmask.cache.slab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unmask.cache.Pages;
import dev.unmask.cache.store.NewPage;
import dev.unmask.cache.store.StateName;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Fifty processes, one after the other, that open the same store, read all of it, and write to it
 * until they are killed.
 */
final class KilledWriterTest {
  private static final int ROUNDS = 50;
  private static final int PAGES_A_STATE = 4;
  private static final int LENGTH = 250_000;

  /** Numbers of pages a round may use. */
  private static final long ROUND = 1_000_000;

  private static final List<SlotClass> CLASSES = List.of(new SlotClass(256 << 10, 48));

  @TempDir private Path directory;

  @Test
  void open_killedFiftyTimesInMidWrite_servesNoDamagedPage() throws Exception {
    int found = 0;
    var next = prepare(0);
    for (int round = 0; round < ROUNDS; round++) {
      // Starting takes much longer than a round, so the next process does it meanwhile.
      var child = next;
      next = prepare(round + 1);
      try {
        found += writeAndKill(child, round);
      } finally {
        child.destroyForcibly();
      }
    }
    next.destroyForcibly();
    // What was whole survives: two writers had a slot each in their hands.
    assertThat(found).isGreaterThan((ROUNDS - 1) * 40);
  }

  private Process prepare(int round) throws IOException {
    return Child.start(Child.command(KilledWriterTest.class, directory, round));
  }

  /** How many pages the process found before it wrote. */
  private static int writeAndKill(Process child, int round) throws Exception {
    try (var told = child.inputReader();
        var begin = child.outputWriter()) {
      begin.write("begin\n");
      begin.flush();
      var opened = told.readLine().split(" ", -1);
      assertThat(opened[1]).as("damaged pages in round %d", round).isEqualTo("0");
      // Long enough that it evicts, and each time another moment of a write.
      for (int states = 0; states < 10 + round % 7; states++) {
        told.readLine();
      }
      child.toHandle().destroyForcibly();
      assertThat(child.waitFor(20, TimeUnit.SECONDS)).isTrue();
      return Integer.parseInt(opened[0]);
    }
  }

  /** The process: when it may begin, tells what it finds, then each state it writes. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    new PageIndex(1).close();
    if (System.in.read() < 0) {
      return;
    }
    var store = new SlabStore(Path.of(arguments[0]), CLASSES, Pages.RULES);
    long round = Long.parseLong(arguments[1]);
    System.out.println(found(store, round));
    var states = new AtomicLong(round * ROUND);
    var second = Thread.ofPlatform().start(() -> write(store, states));
    write(store, states);
    second.join();
  }

  /** Pages that are there, and how many of them are not what was written. */
  private static String found(SlabStore store, long rounds) {
    int found = 0;
    int damaged = 0;
    for (long round = Math.max(0, rounds - 3); round < rounds; round++) {
      for (long number = round * ROUND; number < round * ROUND + 4000; number++) {
        if (store.find(Pages.key(number)) > 0) {
          found++;
          damaged += Pages.holds(store, number, LENGTH) ? 0 : 1;
        }
      }
    }
    // None may hide under a number nobody looked at.
    return found + " " + (damaged + Math.abs(store.use().getFirst().used() - found));
  }

  private static void write(SlabStore store, AtomicLong states) {
    while (true) {
      long state = states.getAndAdd(PAGES_A_STATE);
      var name = new StateName(Pages.NAMESPACE, Pages.key(state));
      for (long number = state; number < state + PAGES_A_STATE; number++) {
        var page = new NewPage(Pages.key(number), LENGTH, name, 1);
        Pages.put(store, page, Pages.record(number, LENGTH));
      }
      System.out.println(state);
    }
  }
}
