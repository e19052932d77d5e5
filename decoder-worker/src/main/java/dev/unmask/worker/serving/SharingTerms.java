package dev.unmask.worker.serving;

import dev.unmask.type.v1.PageEncoding;
import dev.unmask.worker.pages.chain.Owners;
import dev.unmask.worker.pages.encoding.PageCodec;
import dev.unmask.worker.shallow.SharedPrefix;
import java.util.Optional;

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
      Optional<SharedPrefix> prefix,
      Optional<Owners.Granted> granted,
      PageEncoding asked,
      ServedModel model) {
    var type = model.engine().pageLayout().type();
    return new SharingTerms(prefix, granted, PageCodec.canonical(asked, type));
  }
}
