package dev.unmask.cache.slab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unmask.cache.Pages;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a store finds after its process was killed or its machine lost power. */
final class UncleanStopTest {
  static final List<SlotClass> CLASSES = List.of(new SlotClass(256 << 10, 16));
  static final int LENGTH = 250_000;

  @TempDir private Path directory;

  @Test
  void open_writerKilledInMidWrite_servesWholePagesOnly() throws Exception {
    long written = 0;
    for (int round = 0; round < 3; round++) {
      written = writeAndKill(written);
      try (var store = new SlabStore(directory, CLASSES, Pages.RULES)) {
        int whole = 0;
        for (long number = 0; number < written + 1000; number++) {
          boolean there = store.find(Pages.key(number)) > 0;
          assertThat(there).as("page %d", number).isEqualTo(Pages.holds(store, number, LENGTH));
          whole += there ? 1 : 0;
        }
        // At most the slots that the two writers had reserved are lost.
        assertThat(whole).isBetween(CLASSES.getFirst().slots() - 2, CLASSES.getFirst().slots());
        assertThat(store.use().getFirst().used()).isEqualTo(whole);
      }
      Files.delete(directory.resolve("clean"));
    }
  }

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

  /** Runs {@link EndlessWriter} until it has evicted for a while, then kills it at once. */
  private long writeAndKill(long first) throws IOException, InterruptedException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(EndlessWriter.class.getName(), directory.toString(), "" + first));
    var process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    try (BufferedReader told = process.inputReader()) {
      long last = first;
      for (int i = 0; i < 60; i++) {
        last = Math.max(last, Long.parseLong(told.readLine()));
      }
      // By its handle: the other way closes the pipe that still holds numbers.
      process.toHandle().destroyForcibly();
      assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
      return Math.max(last, told.lines().mapToLong(Long::parseLong).max().orElse(last)) + 2;
    } finally {
      process.destroyForcibly();
    }
  }
}
