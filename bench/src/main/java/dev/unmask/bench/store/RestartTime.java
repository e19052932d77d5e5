package dev.unmask.bench.store;

import dev.unmask.cache.config.Retention;
import dev.unmask.cache.slab.SlabStore;
import dev.unmask.cache.slab.SlotClass;
import dev.unmask.cache.states.StateListener;
import dev.unmask.cache.store.NewPage;
import dev.unmask.cache.store.Offer;
import dev.unmask.cache.store.StateName;
import dev.unmask.page.PageRecord;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * How long a store takes to open, whole and after an unclean stop, when all of it is checked.
 * Prints one row of a Markdown table. The processor's time is what counts on a machine that is
 * busy; the files lie in the page cache.
 *
 * <p>Arguments: folder for the store, which must not exist; payload in MiB; payload of a page in
 * KiB.
 */
public final class RestartTime {
  private RestartTime() {}

  /** Measures and prints. */
  public static void main(String[] arguments) throws IOException {
    var folder = Files.createDirectory(Path.of(arguments[0]));
    int page = Integer.parseInt(arguments[2]) << 10;
    int pages = Math.toIntExact((Long.parseLong(arguments[1]) << 20) / page);
    var classes = List.of(new SlotClass(page + 4096, pages * 10 / 9));
    fill(folder, classes, pages, page + PageRecord.HEADER_BYTES);
    open(folder, classes);
    var whole = open(folder, classes);
    Files.delete(folder.resolve("clean"));
    var unclean = open(folder, classes);
    System.out.printf(
        "| %s MiB | %s KiB | %.2f s (%.2f s of a processor) | %.2f s (%.2f s of a processor) |%n",
        arguments[1],
        arguments[2],
        whole.wall(),
        whole.processor(),
        unclean.wall(),
        unclean.processor());
  }

  private record Seconds(double wall, double processor) {}

  private static Seconds open(Path folder, List<SlotClass> classes) {
    var threads = ManagementFactory.getThreadMXBean();
    long processor = threads.getCurrentThreadCpuTime();
    long wall = System.nanoTime();
    try (var store = store(folder, classes)) {
      var seconds =
          new Seconds(
              (System.nanoTime() - wall) / 1e9,
              (threads.getCurrentThreadCpuTime() - processor) / 1e9);
      if (store.find(PageWriter.key(0)) == 0) {
        throw new IllegalStateException("the store is empty");
      }
      return seconds;
    }
  }

  private static SlabStore store(Path folder, List<SlotClass> classes) {
    var rules = Retention.DEFAULT.rules(System::nanoTime, StateListener.NOBODY);
    return new SlabStore(folder, classes, rules);
  }

  private static void fill(Path folder, List<SlotClass> classes, int pages, int length) {
    try (var store = store(folder, classes)) {
      for (long number = 0; number < pages; number++) {
        var key = PageWriter.key(number);
        var page = new NewPage(key, length, new StateName("bench", key), 1);
        if (store.offer(page) instanceof Offer.Accepted(var draft)) {
          try (draft) {
            PageRecord.seal(key, draft.bytes());
            draft.commit();
          }
        }
      }
    }
  }
}
