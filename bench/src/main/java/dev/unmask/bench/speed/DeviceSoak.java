package dev.unmask.bench.speed;

import com.google.protobuf.TextFormat;
import dev.unmask.client.UnmaskClient;
import dev.unmask.generation.v1.GenerateRequest;
import dev.unmask.type.v1.DecodingSpec;
import dev.unmask.type.v1.Prompt;
import dev.unmask.type.v1.TokenIds;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.LongAdder;

/**
 * Keeps a device busy through gateway and worker with requests of mixed lengths and methods, and
 * prints its memory, the process's, and what was answered, every ten seconds. Prompts of 100 to
 * 1,800 tokens, 64 to 256 to generate.
 *
 * <p>Arguments: device, shape, folder of the weights (made if they are not there), a shipped
 * model's folder whose tokenizer is lent, requests at once, seconds.
 */
public final class DeviceSoak {
  private static final int WORDS = 2000;
  private static final Duration SAMPLE = Duration.ofSeconds(10);
  private static final List<String> METHODS =
      List.of(
          "threshold { threshold: 0.9 } dual_cache { }",
          "threshold { threshold: 0.9 } prefix_cache { }",
          "fixed_schedule { tokens_per_step: 2 } dual_cache { prompt_interval_steps: 100 }",
          "fixed_schedule { tokens_per_step: 4 } d2_cache { }",
          "fixed_schedule { tokens_per_step: 4 } sparse_dllm { }",
          "fixed_schedule { tokens_per_step: 4 } dllm_cache { }",
          "fixed_schedule { tokens_per_step: 8 } no_cache { }");

  private DeviceSoak() {}

  /** Runs and prints. */
  public static void main(String[] arguments) throws Exception {
    int atOnce = Integer.parseInt(arguments[4]);
    long end = System.nanoTime() + Duration.ofSeconds(Long.parseLong(arguments[5])).toNanos();
    var answered = new LongAdder();
    try (var service = DeviceService.start(arguments);
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < atOnce; i++) {
        var random = new Random(i);
        var _ = threads.submit(() -> keepAsking(service.client(), random, end, answered));
      }
      System.out.println("| s | GPU memory, MiB | process, MiB | answered |");
      System.out.println("|---|---|---|---|");
      long begin = System.nanoTime();
      while (System.nanoTime() < end) {
        Thread.sleep(SAMPLE);
        System.out.printf(
            "| %d | %s | %d | %d |%n",
            Duration.ofNanos(System.nanoTime() - begin).toSeconds(),
            deviceMemory(),
            residentMebibytes(),
            answered.sum());
      }
    }
  }

  private static Void keepAsking(UnmaskClient client, Random random, long end, LongAdder answered)
      throws TextFormat.ParseException {
    while (System.nanoTime() < end) {
      client.ask(request(random), _ -> {});
      answered.increment();
    }
    return null;
  }

  private static GenerateRequest request(Random random) throws TextFormat.ParseException {
    var prompt = TokenIds.newBuilder();
    random.ints(100 + random.nextInt(1700), 0, WORDS).forEach(prompt::addIds);
    var spec =
        "%s generation_length: %d block_length: 32 end_of_sequence_rule: %s"
            .formatted(
                METHODS.get(random.nextInt(METHODS.size())),
                64 * (1 + random.nextInt(4)),
                "END_OF_SEQUENCE_RULE_DECODE_ALL");
    return GenerateRequest.newBuilder()
        .setPrompt(Prompt.newBuilder().setTokens(prompt))
        .setSpec(TextFormat.parse(spec, DecodingSpec.class))
        .build();
  }

  private static String deviceMemory() throws IOException {
    var query =
        new ProcessBuilder(
            "nvidia-smi", "--query-gpu=memory.used", "--format=csv,noheader,nounits");
    try (var output = query.start().inputReader(StandardCharsets.UTF_8)) {
      return output.readLine();
    }
  }

  private static long residentMebibytes() throws IOException {
    try (var lines = Files.lines(Path.of("/proc/self/status"))) {
      return lines
              .filter(line -> line.startsWith("VmRSS:"))
              .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
              .findFirst()
              .orElse(0)
          / 1024;
    }
  }
}
