package dev.unmask.cache.slab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unmask.cache.Pages;
import dev.unmask.cache.store.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A store in a process that may make no file longer than half a slab, which fails its writes as a
 * full disk does and needs no rights.
 */
final class FullDiskTest {
  private static final int SLOT = 64 << 10;
  private static final int SLOTS = 64;
  private static final List<SlotClass> CLASSES = List.of(new SlotClass(SLOT, SLOTS));
  private static final int LENGTH = 60_000;

  @TempDir private Path directory;

  @Test
  void put_diskFull_isRefusedOnceThenUsesTheSlotsThereAre() throws Exception {
    makeSparseFiles();
    var command = Child.command(FullDiskTest.class, directory);
    command.addAll(
        0, List.of("sh", "-c", "ulimit -f " + SLOTS / 2 * SLOT / 512 + "; exec \"$@\"", "sh"));
    var child = new ProcessBuilder(command).redirectErrorStream(true).start();
    var told = child.inputReader().lines().toList();

    assertThat(child.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(child.exitValue()).as("%s", told).isZero();
    assertThat(told).filteredOn(line -> line.contains("no room on disk")).hasSize(1);
    assertThat(told).contains("{STORED=1000} used 32 whole 32");
    assertWhole();
  }

  /** As long as they will be, with nothing in them. */
  private void makeSparseFiles() {
    new SlabStore(directory, CLASSES, Pages.RULES).close();
  }

  private void assertWhole() {
    try (var store = new SlabStore(directory, CLASSES, Pages.RULES)) {
      assertThat(whole(store)).isEqualTo(SLOTS / 2);
      // No bound on this process: there is room again.
      for (long number = 2000; number < 2000 + SLOTS; number++) {
        assertThat(Pages.put(store, number, LENGTH)).isEqualTo(Outcome.STORED);
      }
      assertThat(store.use().getFirst().used()).isEqualTo(SLOTS);
    }
  }

  private static long whole(SlabStore store) {
    long whole = 0;
    for (long number = 0; number < 1000; number++) {
      whole += Pages.holds(store, number, LENGTH) ? 1 : 0;
    }
    return whole;
  }

  /** The process: writes many more pages than there is room for. */
  public static void main(String[] arguments) throws IOException {
    Map<Outcome, Integer> outcomes = new EnumMap<>(Outcome.class);
    try (var store = new SlabStore(Path.of(arguments[0]), CLASSES, Pages.RULES)) {
      for (long number = 0; number < 1000; number++) {
        outcomes.merge(Pages.put(store, number, LENGTH), 1, Integer::sum);
      }
      int used = store.use().getFirst().used();
      System.out.println(outcomes + " used " + used + " whole " + whole(store));
    }
  }
}
