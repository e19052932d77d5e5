package dev.unmask.worker.drift;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.unmask.worker.shallow.DepthFile;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HexFormat;

/** Writes what a study found beside the model, where a worker reads the depths when it starts. */
public final class DriftFile {
  private static final int DIGITS = 4;

  private DriftFile() {}

  /**
   * Writes {@code sharing.json}, whole or not at all, over what is there.
   *
   * @param measured how: what was asked
   * @throws IOException if it cannot be written
   */
  public static void write(Path folder, Findings findings, String measured) throws IOException {
    var mapper = new ObjectMapper();
    var json = mapper.createObjectNode();
    var identity = findings.model().getIdentity();
    json.put("measured", measured);
    json.put("weights_digest", HexFormat.of().formatHex(identity.getWeightsDigest().toByteArray()));
    json.put("layers", findings.layers());
    json.put("generation_length", findings.generationLength());
    json.put("rule", DriftReport.RULE);
    var depths = json.putArray("depths");
    findings
        .table()
        .bounds()
        .forEach(
            bound -> depths.addObject().put("share", bound.share()).put("depth", bound.depth()));
    var trials = json.putArray("trials");
    findings.trials().forEach(found -> trial(trials.addObject(), found));
    var drift = json.putArray("drift");
    findings.drift().forEach(layer -> drift(drift.addObject(), layer, findings.layers()));
    var part = folder.resolve(DepthFile.NAME + ".part");
    Files.writeString(
        part, mapper.writerWithDefaultPrettyPrinter().writeValueAsString(json) + "\n");
    Files.move(part, folder.resolve(DepthFile.NAME), StandardCopyOption.REPLACE_EXISTING);
  }

  private static void trial(ObjectNode json, Finding found) {
    json.put("share", found.share())
        .put("depth", found.depth())
        .put("questions", found.questions())
        .put("right", found.right())
        .put("shared_positions", rounded(found.shared()))
        .put("first_forward_rows", rounded(found.firstRows()))
        .put("rows", rounded(found.rows()))
        .put("first_forward_micros", found.first().toNanos() / 1000)
        .put("total_micros", found.total().toNanos() / 1000);
  }

  /** Nobody goes on from what leaves the last layer. */
  private static void drift(ObjectNode json, LayerDrift drift, int layers) {
    json.put("layer", drift.layer())
        .put("keys_distance", rounded(drift.keys().relative()))
        .put("keys_cosine", rounded(drift.keys().cosine()))
        .put("values_distance", rounded(drift.values().relative()))
        .put("values_cosine", rounded(drift.values().cosine()));
    if (drift.layer() + 1 < layers) {
      json.put("hidden_distance", rounded(drift.hidden().relative()))
          .put("hidden_cosine", rounded(drift.hidden().cosine()));
    }
  }

  private static BigDecimal rounded(double number) {
    return BigDecimal.valueOf(number).setScale(DIGITS, RoundingMode.HALF_EVEN);
  }
}
