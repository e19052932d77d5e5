package dev.unmask.bench.speed;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;

/**
 * One Markdown table of what {@link DeviceSteps}, {@link DeviceRequests} and the plain PyTorch loop
 * measured in one run.
 *
 * <p>Arguments: their three JSON files, in that order.
 */
public final class DeviceTable {
  private final JsonNode steps;
  private final JsonNode requests;
  private final JsonNode peer;

  private DeviceTable(JsonNode steps, JsonNode requests, JsonNode peer) {
    this.steps = steps;
    this.requests = requests;
    this.peer = peer;
  }

  /** Prints the table. */
  public static void main(String[] arguments) throws IOException {
    var json = new ObjectMapper();
    new DeviceTable(
            json.readTree(Path.of(arguments[0]).toFile()),
            json.readTree(Path.of(arguments[1]).toFile()),
            json.readTree(Path.of(arguments[2]).toFile()))
        .print();
  }

  private void print() {
    System.out.println("| " + steps.path("shape").asText() + " | Unmask | plain PyTorch |");
    System.out.println("|---|---|---|");
    for (int batch : new int[] {1, 4, 16}) {
      row(
          "32 rows of %d on 1,024 keys each, ms".formatted(batch),
          steps.path("block_of_%d_requests_ms".formatted(batch)),
          peer.path("step").path(String.valueOf(batch)));
    }
    row("full forward of 1,024 rows, ms", steps.path("refresh_of_1024_ms"), peer.path("full"));
    row("whole request, s", requests.path("dual_1_requests_seconds"), peer.path("request_s"));
    String sixteen = "_16_requests_tokens_per_second";
    row("16 at once, tokens/s", requests.path("dual" + sixteen), nothing());
    row("16 at once, prompt frozen, tokens/s", requests.path("dual_frozen" + sixteen), nothing());
    row("loading, GB/s", steps.path("load_gb_per_second"), nothing());
    row("page cache, GB/s", steps.path("page_cache_gb_per_second"), nothing());
  }

  private JsonNode nothing() {
    return peer.path("");
  }

  private static void row(String what, JsonNode ours, JsonNode theirs) {
    System.out.println("| " + what + " | " + figure(ours) + " | " + figure(theirs) + " |");
  }

  private static String figure(JsonNode number) {
    return number.isNumber() ? "%.2f".formatted(number.asDouble()) : "–";
  }
}
