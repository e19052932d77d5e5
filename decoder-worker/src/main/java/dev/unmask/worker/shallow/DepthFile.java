package dev.unmask.worker.shallow;

import com.fasterxml.jackson.databind.JsonNode;
import dev.unmask.worker.model.files.CheckpointException;
import dev.unmask.worker.model.files.JsonFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.stream.StreamSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code sharing.json} in a model's folder: what {@code ./unmask eval --drift} has measured. */
public final class DepthFile {
  /** Its name. */
  public static final String NAME = "sharing.json";

  private static final Logger LOG = LoggerFactory.getLogger(DepthFile.class);

  private DepthFile() {}

  /**
   * Reads a folder's table.
   *
   * @param weights digest of the model's weights; a table of others counts for nothing
   * @param layers of the model
   * @return {@link DepthTable#NONE} if there is none
   * @throws CheckpointException if it is not such a file
   */
  public static DepthTable read(Path folder, byte[] weights, int layers) {
    var file = folder.resolve(NAME);
    if (!Files.exists(file)) {
      return DepthTable.NONE;
    }
    try {
      var json = JsonFile.read(file);
      if (!json.required("weights_digest").asText().equals(HexFormat.of().formatHex(weights))) {
        LOG.warn("{} was measured with other weights and counts for nothing", file);
        return DepthTable.NONE;
      }
      return table(json, layers);
    } catch (IOException e) {
      throw new CheckpointException(file + " cannot be read: " + e.getMessage(), e);
    } catch (IllegalArgumentException e) {
      throw new CheckpointException(file + ": " + e.getMessage(), e);
    }
  }

  private static DepthTable table(JsonNode json, int layers) {
    return new DepthTable(
        StreamSupport.stream(json.required("depths").spliterator(), false)
            .map(bound -> bound(bound, layers))
            .toList());
  }

  private static DepthTable.Bound bound(JsonNode json, int layers) {
    var share = json.required("share");
    var depth = json.required("depth");
    if (!share.isNumber() || !depth.isInt() || depth.asInt() >= layers) {
      throw new IllegalArgumentException(
          "a bound is a share and a depth below %d layers, not %s".formatted(layers, json));
    }
    return new DepthTable.Bound(share.asDouble(), depth.asInt());
  }
}
