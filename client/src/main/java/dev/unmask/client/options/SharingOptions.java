package dev.unmask.client.options;

import dev.unmask.type.v1.ShallowSharing;
import dev.unmask.type.v1.Sharing;
import java.util.Optional;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/**
 * What a request shares beyond what is exact, as options; what is possible is the worker's to say.
 */
public final class SharingOptions {
  /** How the prefix is counted: one of them. */
  private static final class Prefix {
    @Option(
        names = "--shared-tokens",
        paramLabel = "N",
        description =
            "the prompt's first N tokens are common to many requests: their lower layers"
                + " may come from another one's (approximate)")
    private Optional<Integer> tokens = Optional.empty();

    @Option(
        names = "--shared-messages",
        paramLabel = "N",
        description = "the same of the conversation's first N messages")
    private Optional<Integer> messages = Optional.empty();

    @Option(
        names = "--shared-characters",
        paramLabel = "N",
        description = "the same of the text's first N characters")
    private Optional<Integer> characters = Optional.empty();
  }

  /** The prefix, and how deep it is shared. */
  private static final class Shared {
    @ArgGroup(multiplicity = "1")
    private Prefix prefix = new Prefix();

    @Option(
        names = "--shared-depth",
        paramLabel = "N",
        description = "layers that may come from elsewhere (default: what was measured to be safe)")
    private Optional<Integer> depth = Optional.empty();
  }

  @ArgGroup(exclusive = false)
  private Optional<Shared> shared = Optional.empty();

  /** What these options stand for, if there is any. */
  public Optional<Sharing> sharing() {
    return shared.map(SharingOptions::sharing);
  }

  private static Sharing sharing(Shared shared) {
    var shallow = ShallowSharing.newBuilder();
    shared.depth.ifPresent(shallow::setDepth);
    var sharing = Sharing.newBuilder().setShallow(shallow);
    shared.prefix.tokens.ifPresent(sharing::setPrefixTokens);
    shared.prefix.messages.ifPresent(sharing::setPrefixMessages);
    shared.prefix.characters.ifPresent(sharing::setPrefixCharacters);
    return sharing.build();
  }
}
