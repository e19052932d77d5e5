package dev.unmask.gateway.access.tenants;

import dev.unmask.contract.Limits;
import dev.unmask.gateway.access.KeyDigest;
import java.util.Optional;

/** What an {@code authorization} header carries: {@code Bearer} and a credential (RFC 6750). */
sealed interface Bearer {
  /** An opaque key. */
  record Key(KeyDigest digest) implements Bearer {}

  /** A signed token, not believed yet. */
  record Token(String text) implements Bearer {
    /** Says nothing of the secret. */
    @Override
    public String toString() {
      return "Token";
    }
  }

  /** The credential; empty if there is none, or none of a length that can be right. */
  static Optional<Bearer> of(String authorization) {
    var scheme = "Bearer ";
    if (!authorization.regionMatches(true, 0, scheme, 0, scheme.length())
        || authorization.length() > scheme.length() + Limits.CREDENTIAL_CHARACTERS) {
      return Optional.empty();
    }
    var credential = authorization.substring(scheme.length()).strip();
    if (credential.isEmpty()) {
      return Optional.empty();
    }
    // A signed token has dots; a key never has.
    return Optional.of(
        credential.indexOf('.') >= 0 ? new Token(credential) : new Key(KeyDigest.of(credential)));
  }
}
