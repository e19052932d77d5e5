package dev.unmask.bench.blocks.device;

import dev.unmask.bench.speed.RandomCheckpoint;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Time to the first block of a block-causal model of a published shape with random weights, when
 * its prompt's blocks are nowhere, on the device, in a cache-service's mapped files and behind
 * gRPC; then how often a worker chooses right between fetching and computing. Cache-service and
 * workers are in this process, one worker after the other.
 *
 * <p>Arguments: device, shape, folder of the weights (made if they are not there), a shipped
 * model's folder whose tokenizer is lent, file for all samples as JSON; prompts of each length, if
 * not 10.
 */
public final class DeviceBlocks {
  static final List<Integer> LENGTHS = List.of(256, 512, 1000, 2000);

  private static final int PROMPTS = 10;
  private static final int ROUNDS = 2;
  private static final int WARM_UP = 3;

  /** Look-ups of each prompt by a worker that chooses: before it has learned, and then. */
  private static final int FIRST_CHOICES = 1;

  private static final int CHOICES = 2;
  private static final int LONG = 256;
  private static final int MOST_TRIES = 200;

  private final Setting setting;
  private final Samples samples;
  private final int prompts;

  private DeviceBlocks(Setting setting, Samples samples, int prompts) {
    this.setting = setting;
    this.samples = samples;
    this.prompts = prompts;
  }

  /** Measures and prints two tables. */
  public static void main(String[] arguments) throws Exception {
    var setting = new Setting(arguments[0], Path.of(arguments[2]));
    RandomCheckpoint.named(arguments[1]).prepare(setting.model(), Path.of(arguments[3]));
    var samples =
        new Samples(
            Path.of(arguments[4]),
            Map.of("device", arguments[0], "shape", arguments[1] + ", random weights"));
    int prompts = arguments.length > 5 ? Integer.parseInt(arguments[5]) : PROMPTS;
    try (var store = Store.start(setting.gpu())) {
      new DeviceBlocks(setting, samples, prompts).measure(store);
    } finally {
      new Tables(samples).print(arguments[1]);
    }
  }

  private void measure(Store store) throws Exception {
    try (var worker = start(Way.DEVICE, store)) {
      inDevice(worker);
    }
    try (var worker = start(Way.MAPPED, store)) {
      publish(worker);
      hits(worker);
    }
    try (var worker = start(Way.STREAMED, store)) {
      hits(worker);
    }
    for (var way : List.of(Way.MAPPED_BY_CHOICE, Way.STREAMED_BY_CHOICE)) {
      try (var worker = start(way, store)) {
        choices(worker);
      }
    }
  }

  private BlockWorker start(Way way, Store store) {
    long start = System.nanoTime();
    var worker = BlockWorker.start(setting, way, store);
    System.err.printf("%s started in %.1f s%n", way, (System.nanoTime() - start) / 1e9);
    return worker;
  }

  /** Each prompt twice: computed, then copied within the device. */
  private void inDevice(BlockWorker worker) throws IOException {
    for (int length : LENGTHS) {
      for (int number = -WARM_UP; number < prompts; number++) {
        var asked = new Asked(length, number);
        var miss = worker.ask(asked);
        var hit = worker.ask(asked);
        if (number >= 0) {
          samples.add(Samples.Of.MISS, miss);
          samples.add(Samples.Of.HIT, hit);
        }
      }
    }
    for (int number = 0; number < WARM_UP; number++) {
      samples.add(Samples.Of.LONG, worker.ask(new Asked(LENGTHS.getLast(), number), LONG));
    }
    samples.write();
  }

  /** Has all prompts stored. */
  private void publish(BlockWorker worker) throws Exception {
    for (int length : LENGTHS) {
      for (int number = 0; number < prompts; number++) {
        var asked = new Asked(length, number);
        samples.add(Samples.Of.MISS_WITH_CACHE, worker.ask(asked));
        awaitStored(worker, asked);
      }
    }
  }

  private static void awaitStored(BlockWorker worker, Asked asked) throws InterruptedException {
    for (int tries = 0; tries < MOST_TRIES; tries++) {
      Thread.sleep(10);
      if (worker.ask(asked).whole()) {
        return;
      }
    }
    throw new IllegalStateException("the store does not keep the pages of " + asked);
  }

  private void hits(BlockWorker worker) throws IOException {
    for (int length : LENGTHS) {
      for (int number = 0; number < WARM_UP; number++) {
        worker.ask(new Asked(length, number % prompts));
      }
      for (int i = 0; i < ROUNDS * prompts; i++) {
        var hit = worker.ask(new Asked(length, i % prompts));
        if (hit.whole()) {
          samples.add(Samples.Of.HIT, hit);
        }
      }
    }
    samples.write();
  }

  private void choices(BlockWorker worker) throws IOException {
    for (var asked : mixed(FIRST_CHOICES)) {
      samples.add(Samples.Of.FIRST_CHOICE, worker.ask(asked));
    }
    for (var asked : mixed(CHOICES)) {
      samples.add(Samples.Of.CHOICE, worker.ask(asked));
    }
    samples.write();
  }

  /** Each prompt so many times, in mixed order. */
  private List<Asked> mixed(int times) {
    var all = new ArrayList<Asked>();
    for (int i = 0; i < times * prompts; i++) {
      for (int length : LENGTHS) {
        all.add(new Asked(length, i % prompts));
      }
    }
    Collections.shuffle(all, new Random(times));
    return all;
  }
}
