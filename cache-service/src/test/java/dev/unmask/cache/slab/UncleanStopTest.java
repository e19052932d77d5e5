package dev.unmask.cache.slab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unmask.cache.Pages;
import dev.unmask.cache.slab.files.SlotHeaders;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a store finds after its machine lost power; killed processes: {@link KilledWriterTest}. */
final class UncleanStopTest {
  static final List<SlotClass> CLASSES = List.of(new SlotClass(256 << 10, 16));
  static final int LENGTH = 250_000;

  @TempDir private Path directory;

  @Test
  void open_pageDamagedOnDisk_dropsItAndKeepsTheOthers() throws IOException {
    fillAndDamage("slab-0.pages", 5L * CLASSES.getFirst().slotBytes() + 1234);

    try (var store = new SlabStore(directory, CLASSES, Pages.RULES)) {
      assertThat(store.use().getFirst().used()).isEqualTo(15);
      for (int number = 0; number < 16; number++) {
        assertThat(store.find(Pages.key(number)) > 0).isEqualTo(Pages.holds(store, number, LENGTH));
      }
    }
  }

  @Test
  void open_headerDamagedOnDisk_dropsItsPage() throws IOException {
    fillAndDamage("slab-0.headers", 3L * SlotHeaders.BYTES + 30);

    try (var store = new SlabStore(directory, CLASSES, Pages.RULES)) {
      assertThat(store.use().getFirst().used()).isEqualTo(15);
    }
  }

  private void fillAndDamage(String file, long offset) throws IOException {
    try (var store = new SlabStore(directory, CLASSES, Pages.RULES)) {
      for (int number = 0; number < 16; number++) {
        Pages.put(store, number, LENGTH);
      }
    }
    Files.delete(directory.resolve("clean"));
    try (var channel =
        FileChannel.open(
            directory.resolve(file), StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      var one = ByteBuffer.allocate(1);
      channel.read(one, offset);
      channel.write(one.put(0, (byte) ~one.get(0)).rewind(), offset);
    }
  }
}
