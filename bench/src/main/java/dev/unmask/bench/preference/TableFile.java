package dev.unmask.bench.preference;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.util.JsonFormat;
import dev.unmask.client.document.WholeFile;
import dev.unmask.contract.preference.PreferenceWords;
import dev.unmask.type.v1.Model;
import dev.unmask.worker.preference.MethodsFile;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;

/** Writes the table that a worker reads beside a checkpoint. */
final class TableFile {
  private final ObjectMapper mapper = new ObjectMapper();

  /**
   * Writes {@code methods.json} into a folder, whole or not at all.
   *
   * @param measured how: what was asked
   * @throws IOException if it cannot be written
   */
  void write(Path folder, Model model, List<Measured> methods, String measured) throws IOException {
    var json = mapper.createObjectNode();
    var weights = model.getIdentity().getWeightsDigest().toByteArray();
    json.put("measured", measured);
    json.put("weights_digest", HexFormat.of().formatHex(weights));
    json.put("rule", Choice.RULE);
    var preferences = json.putObject("preferences");
    Choice.of(methods)
        .forEach((preference, method) ->
            preferences.put(PreferenceWords.of(preference), method.candidate().name()));
    double slowest = methods.stream().mapToDouble(Measured::nanos).max().orElseThrow();
    var rows = json.putArray("methods");
    for (var method : methods) {
      method(rows.addObject(), method, slowest);
    }
    WholeFile.write(
        folder.resolve(MethodsFile.NAME),
        mapper.writerWithDefaultPrettyPrinter().writeValueAsString(json) + "\n");
  }

  private void method(ObjectNode json, Measured method, double slowest) throws IOException {
    var spec = JsonFormat.printer().preservingProtoFieldNames().print(method.candidate().spec());
    json.put("name", method.candidate().name())
        .put("questions", method.questions())
        .put("right", method.right())
        .put("steps", rounded(method.steps()))
        .put("rows", rounded(method.rows()))
        .put("time_ratio", rounded(method.nanos() / slowest))
        .set("spec", mapper.readTree(spec));
  }

  private static BigDecimal rounded(double number) {
    return BigDecimal.valueOf(number).setScale(2, RoundingMode.HALF_EVEN);
  }
}
