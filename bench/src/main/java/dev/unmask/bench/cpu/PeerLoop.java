package dev.unmask.bench.cpu;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The plain PyTorch loop of {@code bench/peers/cpu_loop.py}, as a process.
 *
 * @param python interpreter that has torch and safetensors
 * @param script the loop
 * @param model folder of the checkpoint
 * @param threads of a product
 */
record PeerLoop(String python, Path script, Path model, int threads) {
  /**
   * What it did, after a run to warm up.
   *
   * @param tokensPerSecond of the one request
   * @param tokens it generated
   */
  record Run(double tokensPerSecond, List<Integer> tokens) {}

  /** Decodes a prompt on a dual cache. */
  Run run(int[] prompt, int tokens, int block) throws IOException {
    var command =
        List.of(
            python,
            script.toString(),
            model.toString(),
            "--length=" + tokens,
            "--block=" + block,
            "--threads=" + threads,
            "--repeats=1");
    var process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    var json = new ObjectMapper();
    try (var input = process.getOutputStream()) {
      input.write(json.writeValueAsString(prompt).getBytes(StandardCharsets.UTF_8));
    }
    try (var output = process.getInputStream()) {
      var found = json.readTree(output.readAllBytes());
      var generated = new ArrayList<Integer>();
      found.required("tokens").forEach(token -> generated.add(token.asInt()));
      return new Run(found.required("tokens_per_second").asDouble(), generated);
    }
  }
}
