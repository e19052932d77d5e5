package dev.unmask.client.load.workload;

import dev.unmask.generation.v1.GenerateRequest;
import dev.unmask.type.v1.DecodingSpec;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * What is asked under load. Immutable; what is drawn depends on the random numbers alone.
 *
 * @param model its name
 * @param prompts where they come from
 * @param lengths tokens to generate; empty: as {@code spec} says
 * @param spec how to decode
 */
public record Workload(
    String model, Mix<PromptSource> prompts, Optional<Mix<Integer>> lengths, DecodingSpec spec) {
  /** A request. */
  public GenerateRequest draw(RandomGenerator random) {
    return request(prompts.draw(random), lengths.map(mix -> mix.draw(random)), random);
  }

  /**
   * A request for each part of either mix, prompts with the largest length, so that a server can
   * refuse what it does not take before anything is measured.
   */
  public List<GenerateRequest> samples(RandomGenerator random) {
    var all = lengths.map(Mix::values).orElse(List.of());
    var largest = all.stream().max(Comparator.naturalOrder());
    var first = prompts.values().getFirst();
    return Stream.concat(
            prompts.values().stream().map(source -> request(source, largest, random)),
            all.stream()
                .filter(length -> !Optional.of(length).equals(largest))
                .map(length -> request(first, Optional.of(length), random)))
        .toList();
  }

  private GenerateRequest request(
      PromptSource source, Optional<Integer> length, RandomGenerator random) {
    var decoding = spec.toBuilder();
    length.ifPresent(decoding::setGenerationLength);
    return GenerateRequest.newBuilder()
        .setModel(model)
        .setPrompt(source.draw(random))
        .setSpec(decoding)
        .build();
  }
}
