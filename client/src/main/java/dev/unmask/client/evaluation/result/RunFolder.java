package dev.unmask.client.evaluation.result;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The folder of one run: its settings in {@code run.json}, a line for every question asked in
 * {@code items.jsonl}. Who opens it again with the same settings finds what is done. Safe for use
 * by many threads of one process.
 */
public final class RunFolder {
  /** Longest name of a run's folder; file systems end at 255 bytes. */
  private static final int NAME_CHARACTERS = 120;

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private final Path folder;
  private final ResultLog log;

  private RunFolder(Path folder, ResultLog log) {
    this.folder = folder;
    this.log = log;
  }

  /**
   * Opens a run, new or begun.
   *
   * @param parent folder of the evaluation; made when it is not there
   * @param name of the run
   * @param settings everything its results depend on
   * @throws IllegalArgumentException when the run was begun with other settings, naming them
   * @throws IOException when the folder cannot be read or written
   */
  public static RunFolder open(Path parent, String name, ObjectNode settings) throws IOException {
    var folder = parent.resolve(fileName(name));
    Files.createDirectories(folder);
    var file = folder.resolve("run.json");
    if (Files.exists(file)) {
      requireSame(folder, JSON.readTree(file.toFile()), settings);
    } else {
      JSON.writeValue(file.toFile(), settings);
    }
    return new RunFolder(folder, ResultLog.open(folder.resolve("items.jsonl")));
  }

  /** Where it is. */
  public Path path() {
    return folder;
  }

  /** What became of a question so far. */
  public Optional<Result> result(String id) {
    return log.result(id);
  }

  /** Whether a question need not be asked again. */
  public boolean isAnswered(String id) {
    return result(id).filter(Result.Answered.class::isInstance).isPresent();
  }

  /** How a question's answer was decoded; empty when there is none. */
  public Optional<Trace> trace(String id) throws IOException {
    return log.trace(id);
  }

  /** Keeps what became of a question; on disk when this returns. */
  public void add(Result result, Optional<Trace> trace) throws IOException {
    log.add(result, trace);
  }

  private static String fileName(String name) {
    var safe = name.replace("+", "plus-").replaceAll("[^A-Za-z0-9._-]+", "-");
    return safe.substring(0, Math.min(safe.length(), NAME_CHARACTERS));
  }

  private static void requireSame(Path folder, JsonNode there, JsonNode now) throws IOException {
    // Compared as text: a number that was read back may have another Java type.
    var names = new TreeSet<String>();
    there.fieldNames().forEachRemaining(names::add);
    now.fieldNames().forEachRemaining(names::add);
    var different = new ArrayList<String>();
    for (var name : names) {
      var before = JSON.writeValueAsString(there.path(name));
      var after = JSON.writeValueAsString(now.path(name));
      if (!before.equals(after)) {
        different.add(name + " was " + there.path(name) + ", is " + now.path(name));
      }
    }
    if (!different.isEmpty()) {
      throw new IllegalArgumentException(
          folder
              + " was begun with other settings ("
              + String.join("; ", different)
              + "): name another folder with --out, or delete this one");
    }
  }
}
