package dev.unmask.client.options;

import dev.unmask.type.v1.Given;
import dev.unmask.type.v1.GivenToken;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import picocli.CommandLine.Option;

/** What is known of the answer before it is decoded, as options. */
public final class GivenOptions {
  @Option(
      names = "--suffix",
      paramLabel = "TEXT",
      description =
          "what follows the answer: the model fills the gap before it (not block-causal models)")
  private Optional<String> suffix = Optional.empty();

  @Option(
      names = "--given",
      paramLabel = "POSITION=TOKEN",
      split = ",",
      description = "token ids that stand in the answer, by position from 0; may be repeated")
  private Map<Integer, Integer> tokens = new TreeMap<>();

  /** What these options stand for, if there is any. */
  public Optional<Given> given() {
    var given = Given.newBuilder();
    suffix.ifPresent(given::setSuffixText);
    new TreeMap<>(tokens)
        .forEach((position, token) ->
            given.addTokens(GivenToken.newBuilder().setPosition(position).setToken(token)));
    return Optional.of(given.build()).filter(some -> !some.equals(Given.getDefaultInstance()));
  }
}
