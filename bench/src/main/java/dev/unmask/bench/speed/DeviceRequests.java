package dev.unmask.bench.speed;

import com.google.protobuf.TextFormat;
import dev.unmask.client.UnmaskClient;
import dev.unmask.generation.v1.GenerateRequest;
import dev.unmask.type.v1.DecodingSpec;
import dev.unmask.type.v1.Prompt;
import dev.unmask.type.v1.TokenIds;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/**
 * Whole requests through a gateway and a worker in this process, at a published model's shape with
 * random weights: a prompt of 1,024 tokens, 256 to generate in blocks of 32, one token a step on a
 * dual cache, alone and many at once, with the prompt computed at every block and with it frozen.
 * There is no cache-service.
 *
 * <p>Arguments: device, shape, folder of the weights (made if they are not there), a shipped
 * model's folder whose tokenizer is lent, file for the results as JSON.
 */
public final class DeviceRequests {
  private static final int PROMPT = 1024;
  private static final int TOKENS = 256;
  private static final int WORDS = 2000;
  private static final int ROUNDS = 3;
  private static final List<Integer> AT_ONCE = List.of(1, 4, 16);

  private final UnmaskClient client;
  private final Findings findings;

  private DeviceRequests(UnmaskClient client, Findings findings) {
    this.client = client;
    this.findings = findings;
  }

  /** Starts both services, asks, and prints one row a measurement. */
  public static void main(String[] arguments) throws Exception {
    var findings = new Findings();
    findings.note("device", arguments[0]);
    findings.note("shape", arguments[1] + ", random weights");
    long start = System.nanoTime();
    try (var service = DeviceService.start(arguments)) {
      findings.seconds("start_seconds", start);
      new DeviceRequests(service.client(), findings).measure();
    }
    findings.write(Path.of(arguments[4]));
  }

  private void measure() throws Exception {
    measure("dual", "dual_cache { }");
    measure("dual_frozen", "dual_cache { prompt_interval_steps: " + TOKENS + " }");
  }

  private void measure(String name, String cache) throws Exception {
    for (int requests : AT_ONCE) {
      double[] seconds = new double[ROUNDS];
      for (int round = 0; round < ROUNDS; round++) {
        seconds[round] = together(requests, cache, round);
      }
      Arrays.sort(seconds);
      double median = seconds[ROUNDS / 2];
      findings.note("%s_%d_requests_seconds".formatted(name, requests), median);
      findings.note(
          "%s_%d_requests_tokens_per_second".formatted(name, requests), requests * TOKENS / median);
    }
  }

  /** Seconds until the last of some requests that are made at the same moment is answered. */
  private double together(int requests, String cache, int round) throws Exception {
    var asks =
        IntStream.range(0, requests)
            .<Callable<Integer>>mapToObj(i -> () -> ask(request(cache, 100 * round + i)))
            .toList();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      long start = System.nanoTime();
      for (Future<Integer> steps : threads.invokeAll(asks)) {
        if (steps.get() != TOKENS) {
          throw new IllegalStateException("one token a step, but %d steps".formatted(steps.get()));
        }
      }
      return (System.nanoTime() - start) / 1e9;
    }
  }

  private int ask(GenerateRequest request) {
    return client.ask(request, _ -> {}).usage().getSteps();
  }

  private static GenerateRequest request(String cache, long seed) throws TextFormat.ParseException {
    var prompt = TokenIds.newBuilder();
    new Random(seed).ints(PROMPT, 0, WORDS).forEach(prompt::addIds);
    var spec =
        """
        fixed_schedule { tokens_per_step: 1 } %s generation_length: %d block_length: 32
        end_of_sequence_rule: END_OF_SEQUENCE_RULE_DECODE_ALL
        """
            .formatted(cache, TOKENS);
    return GenerateRequest.newBuilder()
        .setPrompt(Prompt.newBuilder().setTokens(prompt))
        .setSpec(TextFormat.parse(spec, DecodingSpec.class))
        .build();
  }
}
