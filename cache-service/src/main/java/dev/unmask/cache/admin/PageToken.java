package dev.unmask.cache.admin;

import dev.unmask.page.PageKey;
import java.util.HexFormat;
import java.util.Optional;

/** Where a list goes on: behind a name, so that states may come and go meanwhile. */
final class PageToken {
  private PageToken() {}

  static String after(PageKey last) {
    return HexFormat.of().formatHex(last.toByteArray());
  }

  /**
   * The name, or nothing at the beginning.
   *
   * @throws dev.unmask.contract.ProblemException if it is no token
   */
  static Optional<PageKey> parse(String token) {
    if (token.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(PageKey.of(HexFormat.of().parseHex(token)));
    } catch (IllegalArgumentException _) {
      throw AdminApi.bad("page_token", "must be empty or next_page_token of an answer");
    }
  }
}
