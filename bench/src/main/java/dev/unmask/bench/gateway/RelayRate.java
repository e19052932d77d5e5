package dev.unmask.bench.gateway;

import dev.unmask.bench.gateway.Relay.Way;
import dev.unmask.bench.transport.ProcessorTime;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;

/**
 * How many messages a gateway relays with many streams at once, from a worker that tells as fast as
 * it is read.
 *
 * <p>Arguments: file of JVM flags, streams at once, rounds.
 */
public final class RelayRate {
  private static final int TOKENS = 4096;

  private RelayRate() {}

  /** Runs and prints. */
  public static void main(String[] arguments) throws Exception {
    var streams = new Streams(Integer.parseInt(arguments[1]));
    try (var relay = Relay.start(Path.of(arguments[0]), Duration.ZERO)) {
      long gateway = relay.gateway().handle().pid();
      read(streams, relay.through());
      System.out.println("| messages | a second | a second of the gateway's processor time |");
      System.out.println("|---|---|---|");
      for (int round = 0; round < Integer.parseInt(arguments[2]); round++) {
        double before = ProcessorTime.seconds(Stream.of(gateway));
        long start = System.nanoTime();
        long messages = read(streams, relay.through());
        double seconds = (System.nanoTime() - start) / 1e9;
        double used = ProcessorTime.seconds(Stream.of(gateway)) - before;
        System.out.printf("| %d | %.0f | %.0f |%n", messages, messages / seconds, messages / used);
      }
    }
  }

  /** Messages of long streams, all at once. */
  private static long read(Streams streams, Way way)
      throws InterruptedException, ExecutionException {
    return streams
        .together(() -> {
          long count = 0;
          for (var messages = way.call(TOKENS); messages.hasNext(); messages.next()) {
            count++;
          }
          return count;
        })
        .stream()
        .mapToLong(count -> count)
        .sum();
  }
}
