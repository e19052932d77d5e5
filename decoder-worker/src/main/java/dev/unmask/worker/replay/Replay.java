package dev.unmask.worker.replay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.unmask.worker.caching.D2Cache;
import dev.unmask.worker.replay.cases.CaseReading;
import dev.unmask.worker.replay.cases.GoldenCase;
import dev.unmask.worker.replay.cases.UnsupportedCaseException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Replays a folder of golden traces: {@code index.json}, the cases it lists and the models they
 * name under {@code models/}. Compared exactly: every forward's block, committed positions and
 * tokens, the number of forwards and the final canvas; confidences within {@link
 * #CONFIDENCE_TOLERANCE}. Cases of methods that are not built are named, never run.
 */
public final class Replay {
  /** Largest difference of a confidence; float32 kernels differ by up to 1.2e-4. */
  static final float CONFIDENCE_TOLERANCE = 3e-4f;

  private final Path folder;
  private final Function<Path, ReplayModel> models;
  private final ObjectMapper json = new ObjectMapper();

  private Replay(Path folder, Function<Path, ReplayModel> models) {
    this.folder = folder;
    this.models = models;
  }

  /**
   * Replays every case of a folder, one model at a time.
   *
   * @param folder with {@code index.json}
   * @param models opens a model folder
   * @throws IOException when the index, a case or a model cannot be read
   */
  public static ReplayReport run(Path folder, Function<Path, ReplayModel> models)
      throws IOException {
    return new Replay(folder, models).run();
  }

  private ReplayReport run() throws IOException {
    var byModel = new LinkedHashMap<String, List<JsonNode>>();
    for (var entry : json.readTree(folder.resolve("index.json").toFile())) {
      byModel.computeIfAbsent(entry.required("model").asText(), _ -> new ArrayList<>()).add(entry);
    }
    var results = new ArrayList<ReplayReport.Result>();
    for (var group : byModel.entrySet()) {
      try (var model = models.apply(folder.resolve("models").resolve(group.getKey()))) {
        for (var entry : group.getValue()) {
          results.add(result(entry, model));
        }
      }
    }
    return new ReplayReport(results);
  }

  private ReplayReport.Result result(JsonNode entry, ReplayModel model) throws IOException {
    var trace = trace(folder.resolve(entry.required("file").asText()));
    String method = entry.required("method").asText();
    try {
      var reading = CaseReading.of(trace, model.traits());
      return difference(trace, reading, model)
          .<ReplayReport.Result>map(d -> new ReplayReport.Failed(trace.id(), method, d))
          .orElseGet(() -> new ReplayReport.Passed(trace.id(), method));
    } catch (UnsupportedCaseException e) {
      return new ReplayReport.Skipped(trace.id(), method, e.getMessage());
    } catch (IllegalStateException | IllegalArgumentException e) {
      return new ReplayReport.Failed(trace.id(), method, String.valueOf(e.getMessage()));
    }
  }

  private GoldenCase trace(Path file) throws IOException {
    try {
      return GoldenCase.of(json.readTree(file.toFile()));
    } catch (IllegalArgumentException e) {
      throw new IOException(file + " is no trace: " + e.getMessage(), e);
    }
  }

  private static Optional<String> difference(
      GoldenCase trace, CaseReading reading, ReplayModel model) {
    boolean together = trace.rows().size() > 1 && reading.method().cache() instanceof D2Cache;
    var runs = together ? BatchReplay.run(trace, reading, model) : apart(trace, reading, model);
    int useless = 0;
    for (int row = 0; row < runs.size(); row++) {
      var expected = reading.comparable(trace.rows().get(row));
      useless = trace.rows().get(row).steps().size() - expected.steps().size();
      int[] canvas = reading.told(expected.finalCanvas(), expected.prompt().length);
      var difference = runs.get(row).differenceFrom(expected.steps(), canvas);
      if (difference.isPresent()) {
        return difference;
      }
    }
    int forwards = forwards(runs);
    return forwards == trace.forwards() - useless
        ? Optional.empty()
        : Optional.of("%d forwards instead of %d".formatted(forwards, trace.forwards()));
  }

  /** Rows of a batch ignore each other and the padding, in every method but d2Cache's. */
  private static List<TraceRun> apart(GoldenCase trace, CaseReading reading, ReplayModel model) {
    return trace.rows().stream()
        .map(row ->
            model.with(
                0,
                row.prompt().length,
                reading.method(),
                denoiser -> TraceRun.of(reading, row.prompt(), denoiser)))
        .toList();
  }

  /** Forwards of a batch: in each block as many as its longest row needs. */
  private static int forwards(List<TraceRun> runs) {
    Map<Integer, Integer> longest = new LinkedHashMap<>();
    for (var run : runs) {
      run.forwardsByBlock().forEach((block, forwards) -> longest.merge(block, forwards, Math::max));
    }
    return longest.values().stream().mapToInt(Integer::intValue).sum();
  }
}
