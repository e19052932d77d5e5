package dev.unmask.bench.blocks.device;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * All samples of a run, by what they are of; written as it goes, so that a run cut short counts.
 */
final class Samples {
  /** What a sample is of. */
  enum Of {
    /** Nothing is there; there is no cache-service. */
    MISS,
    /** Nothing is there, in a cache-service neither. */
    MISS_WITH_CACHE,
    /** All is there. */
    HIT,
    /** All is there, and the worker chooses; before it has learned. */
    FIRST_CHOICE,
    /** The same, once it has. */
    CHOICE,
    /** A long answer. */
    LONG
  }

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path file;
  private final Map<String, Object> notes;
  private final Map<Of, List<Sample>> samples = new LinkedHashMap<>();

  Samples(Path file, Map<String, Object> notes) {
    this.file = file;
    this.notes = Map.copyOf(notes);
  }

  void add(Of of, Sample sample) {
    samples.computeIfAbsent(of, _ -> new ArrayList<>()).add(sample);
  }

  /** Samples of a worker with some way. */
  List<Sample> all(Of of, Way way) {
    return samples.getOrDefault(of, List.of()).stream()
        .filter(sample -> sample.way() == way)
        .toList();
  }

  /** Median over prompts of some length; empty without any. */
  OptionalDouble median(Of of, Way way, int length, ToDoubleFunction<Sample> what) {
    return median(all(of, way).stream().filter(sample -> sample.length() == length).toList(), what);
  }

  static OptionalDouble median(List<Sample> samples, ToDoubleFunction<Sample> what) {
    double[] sorted = samples.stream().mapToDouble(what).sorted().toArray();
    return sorted.length == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of(
            Arrays.stream(sorted).skip(sorted.length / 2).findFirst().orElseThrow());
  }

  /** Writes all there is: one line a sample. */
  void write() throws IOException {
    var parts = new ArrayList<String>();
    notes.forEach((name, value) -> parts.add("\"%s\": %s".formatted(name, text(value))));
    samples.forEach((of, all) ->
        parts.add(
            "\"%s\": %s"
                .formatted(
                    of,
                    all.stream()
                        .map(Samples::text)
                        .collect(Collectors.joining(",\n  ", "[\n  ", "\n]")))));
    Files.writeString(file, String.join(",\n", parts).transform("{%s}\n"::formatted));
  }

  private static String text(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
