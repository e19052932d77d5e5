package dev.unmask.client.evaluation;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.unmask.client.evaluation.method.Choice.Chosen;
import dev.unmask.client.evaluation.task.Task;
import dev.unmask.client.options.SpecText;
import dev.unmask.digest.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;

/**
 * Everything the results of a run depend on. How many questions are asked is not among it: a run
 * may be taken further.
 */
final class RunSettings {
  private static final ObjectMapper JSON = new ObjectMapper();

  private RunSettings() {}

  static ObjectNode of(
      EvaluationPlan plan, Task task, Path file, Candidate candidate, Chosen method)
      throws IOException {
    var questions = plan.questions();
    var identity = candidate.model().getIdentity();
    var settings = JSON.createObjectNode();
    settings.put("task", task.name());
    settings.put("file", digest(file));
    settings.put("shots_file", digest(questions.shotsFile()));
    settings.put("shots", questions.shots(task));
    settings.put("seed", questions.seed());
    settings.put("chat", questions.isChat(candidate));
    settings.put("beginning_of_sequence", plan.beginning());
    settings.put("runs_code", task.runsCode() && questions.grounds().isPresent());
    settings.put("model", candidate.name());
    settings.put("weights", hex(identity.getWeightsDigest().toByteArray()));
    settings.put("compute_type", identity.getComputeType().name());
    settings.put("weight_type", identity.getWeightType().name());
    settings.put("method", method.name());
    settings.set("spec", SpecText.of(method.spec()));
    settings.put("concurrency", plan.concurrency());
    settings.put("sharing", plan.sharing());
    return settings;
  }

  static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  private static String digest(java.util.Optional<Path> file) throws IOException {
    return file.isPresent() ? digest(file.get()) : "";
  }

  private static String digest(Path file) throws IOException {
    return hex(Sha256.of(Files.readAllBytes(file)));
  }
}
