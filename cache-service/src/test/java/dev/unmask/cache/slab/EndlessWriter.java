package dev.unmask.cache.slab;

import dev.unmask.cache.Pages;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A process of its own that writes pages until it is killed, and tells each number it has written.
 */
final class EndlessWriter {
  private EndlessWriter() {}

  public static void main(String[] args) throws InterruptedException {
    var store = new SlabStore(Path.of(args[0]), UncleanStopTest.CLASSES, Pages.RULES);
    var numbers = new AtomicLong(Long.parseLong(args[1]));
    var second = Thread.ofPlatform().start(() -> write(store, numbers));
    write(store, numbers);
    second.join();
  }

  private static void write(SlabStore store, AtomicLong numbers) {
    while (true) {
      long number = numbers.getAndIncrement();
      Pages.put(store, number, UncleanStopTest.LENGTH);
      System.out.println(number);
    }
  }
}
