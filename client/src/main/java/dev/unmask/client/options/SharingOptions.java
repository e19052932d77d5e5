package dev.unmask.client.options;

import dev.unmask.type.v1.PageEncoding;
import dev.unmask.type.v1.ShallowSharing;
import dev.unmask.type.v1.Sharing;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * What a request shares beyond what is exact, as options; what is possible is the worker's to say.
 */
public final class SharingOptions {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = "--shared-tokens",
      paramLabel = "N",
      description =
          "the prompt's first N tokens are common to many requests: their lower layers may come"
              + " from another one's (approximate)")
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

  @Option(
      names = "--shared-depth",
      paramLabel = "N",
      description = "layers that may come from elsewhere (default: what was measured to be safe)")
  private Optional<Integer> depth = Optional.empty();

  @Option(
      names = "--public-namespace",
      paramLabel = "NAME",
      description =
          "share those first ones with all who were granted this namespace, exactly (block-causal"
              + " models)")
  private Optional<String> granted = Optional.empty();

  @Option(
      names = "--pages",
      paramLabel = "ENCODING",
      description =
          "stored keys and values: ${COMPLETION-CANDIDATES} (default: computed; the others are"
              + " approximate)")
  private Optional<Pages> pages = Optional.empty();

  /** How stored keys and values are written. */
  private enum Pages {
    COMPUTED(PageEncoding.PAGE_ENCODING_AS_COMPUTED),
    BFLOAT16(PageEncoding.PAGE_ENCODING_BFLOAT16),
    INT8(PageEncoding.PAGE_ENCODING_INT8);

    private final PageEncoding encoding;

    Pages(PageEncoding encoding) {
      this.encoding = encoding;
    }
  }

  /**
   * What these options stand for, if there is any.
   *
   * @throws ParameterException when the prefix is given twice, or only what needs one
   */
  public Optional<Sharing> sharing() {
    long prefixes = Stream.of(tokens, messages, characters).filter(Optional::isPresent).count();
    if (prefixes > 1) {
      throw wrong("--shared-tokens, --shared-messages and --shared-characters exclude each other");
    }
    if (prefixes == 0 && (depth.isPresent() || granted.isPresent())) {
      throw wrong(
          "--shared-depth and --public-namespace need --shared-tokens, --shared-messages or"
              + " --shared-characters");
    }
    var sharing = Sharing.newBuilder();
    if (prefixes == 1 && (depth.isPresent() || granted.isEmpty())) {
      var shallow = ShallowSharing.newBuilder();
      depth.ifPresent(shallow::setDepth);
      sharing.setShallow(shallow);
    }
    granted.ifPresent(sharing::setPublicNamespace);
    tokens.ifPresent(sharing::setPrefixTokens);
    messages.ifPresent(sharing::setPrefixMessages);
    characters.ifPresent(sharing::setPrefixCharacters);
    pages.ifPresent(written -> sharing.setPageEncoding(written.encoding));
    return Optional.of(sharing.build()).filter(some -> !some.equals(Sharing.getDefaultInstance()));
  }

  private ParameterException wrong(String message) {
    return new ParameterException(command.commandLine(), message);
  }
}
