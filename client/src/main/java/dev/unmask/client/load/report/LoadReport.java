package dev.unmask.client.load.report;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.databind.JsonNode;
import dev.unmask.client.load.measure.Level;
import dev.unmask.client.load.search.Saturation;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a load test found; also the shape of its JSON, where times are in milliseconds.
 *
 * @param facts how it was done
 * @param levels loads in the order they were measured
 * @param search what a search found; empty when nothing was searched
 */
public record LoadReport(Facts facts, List<Level> levels, @JsonIgnore Optional<Searched> search) {
  public LoadReport {
    levels = List.copyOf(levels);
  }

  /**
   * How it was done.
   *
   * @param created when, in ISO 8601
   * @param version of the command line
   * @param finished whether all was measured that was to be
   * @param machine that the generator ran on
   * @param server a gateway's address, or that the services ran in the generator's process
   * @param sharing whether requests shared stored states
   * @param model that was asked
   * @param workload what was asked
   * @param warmUpSeconds under each load, not counted
   * @param latency from when latencies count
   */
  public record Facts(
      String created,
      String version,
      boolean finished,
      Machine machine,
      String server,
      String sharing,
      ModelFacts model,
      WorkloadFacts workload,
      double warmUpSeconds,
      String latency) {}

  /**
   * A model.
   *
   * @param weights SHA-256, in hexadecimal digits
   */
  public record ModelFacts(String name, String family, String computeType, String weights) {}

  /**
   * What was asked.
   *
   * @param prompts in words
   * @param lengths generation lengths and their shares; empty: as the spec says
   * @param spec how to decode, as the contract's JSON
   * @param seed of arrivals and draws
   */
  public record WorkloadFacts(String prompts, String lengths, JsonNode spec, long seed) {}

  /**
   * What a search found.
   *
   * @param promise what had to be kept, in milliseconds by name
   */
  public record Searched(Map<String, Double> promise, Saturation.Found found) {}

  /** Loads with answers, the smallest first. */
  @JsonIgnore
  public List<Level> rising() {
    return levels.stream()
        .filter(level -> level.counts().completed() > 0)
        .sorted(Comparator.comparingDouble(level -> level.load().size()))
        .toList();
  }

  /** Whether anything was answered. */
  @JsonIgnore
  public boolean isAnswered() {
    return !rising().isEmpty();
  }
}
