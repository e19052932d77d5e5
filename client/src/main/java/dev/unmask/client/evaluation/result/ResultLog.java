package dev.unmask.client.evaluation.result;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A file of results, one JSON object a line, the last line of a question counting. What a process
 * that was killed left half written is cut off. Traces are read from the file when they are wanted:
 * they are too big to keep. Safe for use by many threads of one process.
 */
final class ResultLog {
  private static final String TRACE = "trace";
  private static final ObjectMapper JSON =
      new ObjectMapper()
          .setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

  private final Path file;
  private final Map<String, Result> results = new ConcurrentHashMap<>();

  private ResultLog(Path file) {
    this.file = file;
  }

  /**
   * Reads what is there; makes the file when nothing is.
   *
   * @throws IOException when the file cannot be read or a line of it is no result
   */
  static ResultLog open(Path file) throws IOException {
    var log = new ResultLog(file);
    if (!Files.exists(file)) {
      Files.createFile(file);
      return log;
    }
    cutTornLine(file);
    try (var lines = Files.lines(file)) {
      lines.map(line -> read(file, line)).forEach(result -> log.results.put(result.id(), result));
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    return log;
  }

  Optional<Result> result(String id) {
    return Optional.ofNullable(results.get(id));
  }

  /** The order of an answer; reads the file. */
  Optional<Trace> trace(String id) throws IOException {
    // Every line is text first, because parsing them all for one takes seconds.
    var key = JSON.writeValueAsString(id);
    try (var lines = Files.lines(file)) {
      var line = lines.filter(l -> l.contains(key)).filter(l -> isOf(id, l)).reduce((_, l) -> l);
      if (line.isEmpty()) {
        return Optional.empty();
      }
      var trace = JSON.readTree(line.get()).path(TRACE);
      return trace.isMissingNode()
          ? Optional.empty()
          : Optional.of(JSON.treeToValue(trace, Trace.class));
    }
  }

  /**
   * Appends a result; on disk when this returns. The stream is of the old kind because a channel is
   * closed when its thread is interrupted, which would tear a line that others append behind.
   */
  synchronized void add(Result result, Optional<Trace> trace) throws IOException {
    var node = JSON.<ObjectNode>valueToTree(result);
    trace.ifPresent(order -> node.set(TRACE, JSON.valueToTree(order)));
    var line = (JSON.writeValueAsString(node) + "\n").getBytes(StandardCharsets.UTF_8);
    try (var out = new FileOutputStream(file.toFile(), true)) {
      out.write(line);
    }
    results.put(result.id(), result);
  }

  private static boolean isOf(String id, String line) {
    try {
      return JSON.readTree(line).path("id").asText().equals(id);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Result read(Path file, String line) {
    try {
      return JSON.readValue(line, Result.class);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(
          new IOException(file + " has a line that is no result; delete it to go on", e));
    }
  }

  private static void cutTornLine(Path file) throws IOException {
    try (var access = new RandomAccessFile(file.toFile(), "rw")) {
      long end = access.length();
      while (end > 0) {
        access.seek(end - 1);
        if (access.read() == '\n') {
          break;
        }
        end--;
      }
      access.setLength(end);
    }
  }
}
