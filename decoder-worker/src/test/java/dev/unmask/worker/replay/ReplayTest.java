package dev.unmask.worker.replay;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.unmask.worker.reference.PlainReplayModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** That a replay notices what is wrong, and says what it did not run. */
class ReplayTest {
  private static final Path GOLDEN = Path.of("src/test/golden");
  private static final String SINGLE = "cases/A/A-dual-g32b8-t60-p5.json";
  private static final String REFRESHING = "cases/F/F-llada-kp50kr2r25-g32b8s16-p17.json";
  private static final String BATCH = "cases/C/C-llada-batch2-dual-b16t60-p17.json";

  @TempDir private Path folder;
  private final ObjectMapper json = new ObjectMapper();

  @Test
  void run_untouched_passes() throws IOException {
    assertThat(replay(SINGLE, _ -> {}).summary()).isEqualTo("1 passed, 0 failed");
    assertThat(replay(BATCH, _ -> {}).summary()).isEqualTo("1 passed, 0 failed");
  }

  @Test
  void run_otherToken_fails() throws IOException {
    assertFails(replay(SINGLE, c -> commit(c).set(1, IntNode.valueOf(3))), "step 0");
  }

  @Test
  void run_otherPosition_fails() throws IOException {
    assertFails(replay(SINGLE, c -> commit(c).set(0, IntNode.valueOf(12))), "step 0");
  }

  @Test
  void run_confidenceBeyondTheTolerance_fails() throws IOException {
    Consumer<ObjectNode> shift =
        c -> commit(c).set(2, json.valueToTree(commit(c).get(2).asDouble() + 5e-4));
    assertFails(replay(SINGLE, shift), "step 0");
  }

  @Test
  void run_confidenceWithinTheTolerance_passes() throws IOException {
    Consumer<ObjectNode> shift =
        c -> commit(c).set(2, json.valueToTree(commit(c).get(2).asDouble() + 1e-4));
    assertThat(replay(SINGLE, shift).failed()).isZero();
  }

  @Test
  void run_otherNumberOfForwards_fails() throws IOException {
    assertFails(replay(SINGLE, c -> c.put("nfe", c.get("nfe").asInt() + 1)), "forwards");
    assertFails(replay(BATCH, c -> c.put("nfe", c.get("nfe").asInt() - 1)), "forwards");
  }

  @Test
  void run_stepMissing_fails() throws IOException {
    assertFails(replay(SINGLE, c -> steps(c).remove(steps(c).size() - 1)), "steps instead of");
  }

  @Test
  void run_otherBlock_fails() throws IOException {
    assertFails(replay(SINGLE, c -> ((ObjectNode) steps(c).get(0)).put("block", 1)), "step 0");
  }

  @Test
  void run_otherCanvas_fails() throws IOException {
    Consumer<ObjectNode> change = c -> ((ArrayNode) c.get("final_ids")).set(8, IntNode.valueOf(1));
    assertFails(replay(SINGLE, change), "canvas");
  }

  @Test
  void run_otherRows_fails() throws IOException {
    Consumer<ObjectNode> drop = c -> ((ArrayNode) first(c, "recomputed")).remove(0);
    assertFails(replay("cases/C/C-llada-d2k4w0-b8n1-p40.json", drop), "step 1");
    Consumer<ObjectNode> ofRow = c -> ((ArrayNode) first(c, "recomputed").get(1)).remove(0);
    assertFails(replay("cases/C/C-llada-batch2-d2k4w0-b8n1-p17.json", ofRow), "step 1");
  }

  @Test
  void run_otherChoiceOfALayer_fails() throws IOException {
    Consumer<ObjectNode> kept = c -> ((ArrayNode) first(c, "kept").get("2")).add(99);
    assertFails(replay("cases/D/D-llada-k3r50-g32b16s16-p17.json", kept), "step 1");
    Consumer<ObjectNode> refreshed = c -> ((ArrayNode) first(c, "refreshed").get("1")).remove(0);
    assertFails(replay(REFRESHING, refreshed), "step 1");
  }

  @Test
  void run_layerThatMayChooseOtherwise_passes() throws IOException {
    Consumer<ObjectNode> free = c -> ((ObjectNode) first(c, "refreshed")).remove("1");
    assertThat(replay(REFRESHING, free).failed()).isZero();
  }

  @Test
  void run_otherTokensTakenBack_fails() throws IOException {
    Consumer<ObjectNode> keep = c -> ((ArrayNode) first(c, "remasked")).removeAll();
    assertFails(replay("cases/C/C-llada-x-wino-cloned-50-80-p17.json", keep), "instead of");
  }

  @Test
  void run_unknownParameter_isSkippedAndNamed() throws IOException {
    assertSkipped(replay(SINGLE, c -> params(c).put("speed", 2)), "parameter speed is unknown");
  }

  @Test
  void run_unknownGroupStrategyOrTemperature_isSkippedAndNamed() throws IOException {
    assertSkipped(replay(SINGLE, c -> c.put("group", "Z")), "its method is not built");
    assertSkipped(
        replay(BATCH, c -> params(c).put("strategy", "beam")), "there is no strategy beam");
    assertSkipped(
        replay(SINGLE, c -> params(c).put("temperature", 0.5)), "temperature is not built");
  }

  @Test
  void run_outsideTheContract_isSkippedAndNamed() throws IOException {
    assertSkipped(replay(SINGLE, c -> params(c).put("block_length", 5)), "spec.block_length");
  }

  private ReplayReport replay(String file, Consumer<ObjectNode> change) throws IOException {
    var trace = (ObjectNode) json.readTree(GOLDEN.resolve(file).toFile());
    change.accept(trace);
    json.writeValue(folder.resolve("case.json").toFile(), trace);
    var entry =
        json.createObjectNode()
            .put("file", "case.json")
            .put("method", "the method")
            .put("model", "tiny-llada");
    json.writeValue(folder.resolve("index.json").toFile(), json.createArrayNode().add(entry));
    if (!Files.exists(folder.resolve("models"))) {
      Files.createSymbolicLink(folder.resolve("models"), GOLDEN.resolve("models").toAbsolutePath());
    }
    return Replay.run(folder, PlainReplayModel::open);
  }

  private static void assertFails(ReplayReport report, String difference) {
    assertThat(report.failures())
        .singleElement()
        .satisfies(failed -> assertThat(failed.difference()).contains(difference));
  }

  private static void assertSkipped(ReplayReport report, String reason) {
    assertThat(report.skipped())
        .singleElement()
        .satisfies(skipped -> assertThat(skipped.reason()).contains(reason));
  }

  /** What the first step that has a field has in it. */
  private static JsonNode first(JsonNode trace, String field) {
    return StreamSupport.stream(steps(trace).spliterator(), false)
        .map(step -> step.path(field))
        .filter(value -> !value.isEmpty())
        .findFirst()
        .orElseThrow();
  }

  private static ArrayNode steps(JsonNode trace) {
    return (ArrayNode) trace.get("steps");
  }

  private static ArrayNode commit(JsonNode trace) {
    return (ArrayNode) steps(trace).get(0).get("committed").get(0);
  }

  private static ObjectNode params(JsonNode trace) {
    return (ObjectNode) trace.get("params");
  }
}
