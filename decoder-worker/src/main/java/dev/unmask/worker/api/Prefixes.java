package dev.unmask.worker.api;

import dev.unmask.contract.Limits;
import dev.unmask.contract.Problem;
import dev.unmask.contract.ProblemException;
import dev.unmask.decoder.v1.DecodeRequest;
import dev.unmask.type.v1.Conversation;
import dev.unmask.type.v1.Prompt;
import dev.unmask.type.v1.ShallowSharing;
import dev.unmask.type.v1.Sharing;
import dev.unmask.worker.serving.models.ServedModel;
import dev.unmask.worker.shallow.SharedPrefix;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Declared prefixes in tokens: what the prefix alone and the whole prompt have in common once both
 * are tokens, because a tokenizer may join what stands on either side of the border.
 *
 * @param model that answers
 * @param prompt tokens of the whole
 */
record Prefixes(ServedModel model, int[] prompt) {
  /**
   * The prefix whose lower layers are shared, of a request that passed all checks of the contract,
   * if it declares one.
   *
   * @throws ProblemException a bad request, naming the field: no whole span of 32 tokens is left,
   *     or the model's layers cannot be shared so
   */
  Optional<SharedPrefix> shallow(DecodeRequest request) {
    if (!request.getSharing().hasShallow()) {
      return Optional.empty();
    }
    if (model.traits().causalBlock().isPresent()) {
      throw refused(
          "sharing.shallow", "is for full attention; this model's beginnings are shared exactly");
    }
    int positions = positions(request, prompt.length - 1);
    int depth = depth(request.getSharing().getShallow(), positions);
    return Optional.of(new SharedPrefix(positions, depth));
  }

  /**
   * Tokens of the prefix that is shared with other tenants, of a request that passed all checks of
   * the contract, if it declares one.
   *
   * @throws ProblemException a bad request, naming the field: no whole span of 32 tokens is left,
   *     or the model is none whose beginnings are shared exactly
   */
  OptionalInt granted(DecodeRequest request) {
    if (request.getSharing().getPublicNamespace().isEmpty()) {
      return OptionalInt.empty();
    }
    if (model.traits().causalBlock().isEmpty()) {
      throw refused(
          "sharing.public_namespace",
          "is for block-causal models; here the state of a beginning tells of what follows it");
    }
    return OptionalInt.of(positions(request, prompt.length));
  }

  /** Whole spans of the declared prefix, at least one. */
  private int positions(DecodeRequest request, int most) {
    var sharing = request.getSharing();
    int common = Math.min(common(request.getPrompt(), sharing), most);
    int positions = common / Limits.PAGE_SPAN * Limits.PAGE_SPAN;
    if (positions == 0) {
      throw refused(
          field(sharing),
          "must have at least %d tokens in common with the prompt's first %d, has %d"
              .formatted(Limits.PAGE_SPAN, most, common));
    }
    return positions;
  }

  private int common(Prompt whole, Sharing sharing) {
    return switch (sharing.getPrefixCase()) {
      case PREFIX_TOKENS -> tokens(sharing.getPrefixTokens());
      case PREFIX_MESSAGES -> common(messages(whole, sharing.getPrefixMessages()));
      case PREFIX_CHARACTERS -> common(characters(whole, sharing.getPrefixCharacters()));
      case PREFIX_NOT_SET -> throw refused("sharing", "must say what is shared");
    };
  }

  private int tokens(int given) {
    if (Integer.toUnsignedLong(given) > prompt.length) {
      throw refused(
          "sharing.prefix_tokens",
          "must be at most the prompt's %d tokens, was %s"
              .formatted(prompt.length, Integer.toUnsignedString(given)));
    }
    return given;
  }

  private int common(Prompt prefix) {
    int[] alone = Prompts.tokens(prefix, model);
    int mismatch = Arrays.mismatch(alone, prompt);
    return mismatch < 0 ? prompt.length : mismatch;
  }

  private static Prompt messages(Prompt whole, int count) {
    var leading = whole.getConversation().getMessagesList().subList(0, count);
    return Prompt.newBuilder()
        .setConversation(Conversation.newBuilder().addAllMessages(leading))
        .build();
  }

  private static Prompt characters(Prompt whole, int count) {
    var text = whole.getText();
    return Prompt.newBuilder()
        .setText(text.substring(0, text.offsetByCodePoints(0, count)))
        .build();
  }

  private int depth(ShallowSharing shallow, int positions) {
    int most = model.layers() - 1;
    if (shallow.hasDepth()) {
      if (shallow.getDepth() > most) {
        throw refused(
            "sharing.shallow.depth",
            "must be in [1, %d] for this model, was %d".formatted(most, shallow.getDepth()));
      }
      return shallow.getDepth();
    }
    int depth = model.depths().depth(positions, prompt.length);
    if (depth == 0) {
      throw refused("sharing.shallow", unsafe(positions));
    }
    return depth;
  }

  private String unsafe(int positions) {
    return model.depths().allows()
        ? "no layer was measured to be safe with %d of %d tokens shared; share less of the prompt"
            .formatted(positions, prompt.length)
        : "no layers were measured to be safe for this model; an operator measures them with"
            + " eval --drift";
  }

  private static String field(Sharing sharing) {
    return switch (sharing.getPrefixCase()) {
      case PREFIX_TOKENS -> "sharing.prefix_tokens";
      case PREFIX_MESSAGES -> "sharing.prefix_messages";
      case PREFIX_CHARACTERS -> "sharing.prefix_characters";
      case PREFIX_NOT_SET -> "sharing";
    };
  }

  private static ProblemException refused(String field, String description) {
    return new ProblemException(Problem.BadRequest.of(field, description));
  }
}
