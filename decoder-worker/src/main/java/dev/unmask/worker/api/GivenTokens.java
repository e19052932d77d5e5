package dev.unmask.worker.api;

import dev.unmask.contract.rules.RequestRules;
import dev.unmask.type.v1.DecodingSpec;
import dev.unmask.type.v1.GivenToken;
import dev.unmask.type.v1.TokenIds;
import dev.unmask.worker.canvas.Given;
import dev.unmask.worker.serving.models.ServedModel;
import java.util.Arrays;

/**
 * What is known of a generated part, as token ids.
 *
 * @param model whose tokens they are
 */
record GivenTokens(ServedModel model) {
  /**
   * Tokenizes and checks a suffix of text; the rest was checked with the request.
   *
   * @throws dev.unmask.contract.ProblemException a bad request naming all violations
   */
  Given read(dev.unmask.type.v1.Given given, DecodingSpec spec) {
    var tokens = given.getTokensList();
    return new Given(
        tokens.stream().mapToInt(GivenToken::getPosition).toArray(),
        tokens.stream().mapToInt(GivenToken::getToken).toArray(),
        suffix(given, spec));
  }

  private int[] suffix(dev.unmask.type.v1.Given given, DecodingSpec spec) {
    return switch (given.getSuffixCase()) {
      case SUFFIX_TEXT -> text(given, spec);
      case SUFFIX_TOKENS ->
          given.getSuffixTokens().getIdsList().stream().mapToInt(id -> id).toArray();
      case SUFFIX_NOT_SET -> new int[0];
    };
  }

  private int[] text(dev.unmask.type.v1.Given given, DecodingSpec spec) {
    int[] suffix = model.tokenizer().encode(given.getSuffixText());
    var ids = TokenIds.newBuilder();
    Arrays.stream(suffix).forEach(ids::addIds);
    RequestRules.require(RequestRules.of(model.description()).violations(spec, given, ids.build()));
    return suffix;
  }
}
