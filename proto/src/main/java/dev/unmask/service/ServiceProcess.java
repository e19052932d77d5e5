package dev.unmask.service;

import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A service as a process: settings by argument, a line when it serves, a stop when it is asked. */
public final class ServiceProcess {
  private static final Pattern SETTING = Pattern.compile("--([^=]+)=(.*)", Pattern.DOTALL);

  private ServiceProcess() {}

  /**
   * Serves until the process is asked to end. Prints {@code READY <name> <port>} on standard output
   * once it does, and before it {@code HTTP <name> <port>} if it serves HTTP, too, and {@code
   * METRICS <name> <port>} if it serves its metrics on a port of their own.
   *
   * @param name of the service, one word
   * @param args settings as {@code --key=value}
   * @param start starts the service with these settings
   * @throws IllegalArgumentException if an argument is not a setting
   */
  public static void run(
      String name, String[] args, Function<Map<String, Object>, RunningService> start)
      throws InterruptedException {
    var service = start.apply(settings(args));
    var over = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  service.close();
                  over.countDown();
                },
                name + "-stop"));
    service.httpPort().ifPresent(port -> System.out.println("HTTP " + name + " " + port));
    service.metricsPort().ifPresent(port -> System.out.println("METRICS " + name + " " + port));
    System.out.println("READY " + name + " " + service.port());
    over.await();
  }

  static Map<String, Object> settings(String... args) {
    return Arrays.stream(args)
        .map(ServiceProcess::setting)
        .collect(Collectors.toMap(setting -> setting.group(1), setting -> setting.group(2)));
  }

  private static MatchResult setting(String argument) {
    var setting = SETTING.matcher(argument);
    if (!setting.matches()) {
      throw new IllegalArgumentException("not a setting, --key=value: " + argument);
    }
    return setting.toMatchResult();
  }
}
