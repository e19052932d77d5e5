package dev.unmask.worker.serving;

import dev.unmask.type.v1.PageEncoding;
import dev.unmask.worker.pages.chain.Owners;
import dev.unmask.worker.pages.encoding.PageCodec;
import dev.unmask.worker.serving.models.ServedModel;
import dev.unmask.worker.shallow.SharedPrefix;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How a request's states are shared.
 *
 * @param prefix of the prompt whose lower layers it shares, if it said so
 * @param granted beginning of the prompt that it shares with other tenants, if it said so
 * @param encoding how keys and values are written where they are stored
 */
public record SharingTerms(
    Optional<SharedPrefix> prefix, Optional<Owners.Granted> granted, PageEncoding encoding) {
  /** Exactly. */
  public static final SharingTerms EXACT =
      new SharingTerms(Optional.empty(), Optional.empty(), PageEncoding.PAGE_ENCODING_AS_COMPUTED);

  /** As a request asks; of several names for the same bytes one is taken. */
  public static SharingTerms of(
      Optional<SharedPrefix> prefix, PageEncoding asked, ServedModel model) {
    var type = model.engine().pageLayout().type();
    return new SharingTerms(prefix, Optional.empty(), PageCodec.canonical(asked, type));
  }

  /** These, with leading tokens that are shared in a granted namespace, if there are any. */
  public SharingTerms granting(String namespace, OptionalInt tokens) {
    return tokens.isEmpty()
        ? this
        : new SharingTerms(
            prefix, Optional.of(new Owners.Granted(namespace, tokens.getAsInt())), encoding);
  }
}
