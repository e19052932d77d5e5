package dev.unmask.bench.faults;

import dev.unmask.bench.fleet.Quantile;
import dev.unmask.client.local.Cluster;
import dev.unmask.client.local.Host;
import dev.unmask.client.local.OwnProcesses;
import dev.unmask.client.local.Plan;
import dev.unmask.client.local.Role;
import dev.unmask.client.local.Secret;
import dev.unmask.client.local.Service;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * How long each service takes from its command to the line that says it is ready, again and again,
 * one service at a time. A worker's time has the loading of its checkpoint and its warm-up in it.
 * Prints a row a service.
 *
 * <p>Arguments: folder of a checkpoint, file of JVM flags, how often.
 */
public final class StartTime {
  private final OwnProcesses processes;
  private final Map<Role, List<Double>> seconds = new EnumMap<>(Role.class);

  private StartTime(Path flags) {
    processes = OwnProcesses.likeThis(flags, System.err, System.err::println);
  }

  /** Measures and prints. */
  public static void main(String[] arguments) throws IOException {
    var times = new StartTime(Path.of(arguments[1]));
    for (int round = 0; round < Integer.parseInt(arguments[2]); round++) {
      times.start(Path.of(arguments[0]));
    }
    times.print();
  }

  private void start(Path model) throws IOException {
    var plan =
        new Plan(
            List.of(model),
            new Plan.Services(1, 1),
            List.of("cpu"),
            0,
            Files.createTempDirectory("pages"),
            Secret.random(new SecureRandom()));
    Cluster.start(plan, timed()).close();
  }

  /** Waits for each service before the next one is launched. */
  private Host timed() {
    return (role, name, settings) -> {
      long start = System.nanoTime();
      Service service = processes.launch(role, name, settings);
      var _ = service.address();
      seconds.computeIfAbsent(role, _ -> new ArrayList<>()).add((System.nanoTime() - start) / 1e9);
      return service;
    };
  }

  private void print() {
    System.out.println("| service | median (s) | worst (s) | starts |\n|---|---|---|---|");
    seconds.forEach((role, all) ->
        System.out.printf(
            "| %s | %.2f | %.2f | %d |%n",
            role, Quantile.of(all, 0.5), Quantile.of(all, 1), all.size()));
  }
}
