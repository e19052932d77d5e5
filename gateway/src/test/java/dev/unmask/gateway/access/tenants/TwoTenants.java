package dev.unmask.gateway.access.tenants;

import dev.unmask.gateway.access.ApiKey;
import dev.unmask.gateway.access.Issuer;
import java.time.Instant;
import java.util.Random;

/** A file of two tenants: one with a key, tokens and quotas, and one with nothing but its name. */
final class TwoTenants {
  /** When tokens are looked at. */
  static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

  /** Who signs the tokens of the first; its keys are in {@code jwks.json}. */
  static final Issuer ISSUER = new Issuer("k1");

  /** The first one's. */
  static final ApiKey KEY = ApiKey.from(new Random(7));

  /** The file's text. */
  static final String TEXT =
      """
      issuers:
        - issuer: https://id.example
          audience: unmask
          jwks: jwks.json
          algorithms: [RS256]
          scopes: [generate]
      tenants:
        - name: acme
          namespace: acme-space
          keys: [%s]
          tokens:
            - {issuer: "https://id.example", value: acme-app}
          quotas: {requests-per-second: 10, burst: 20, weight: 2.5}
        - name: other
      """
          .formatted(KEY.digest().hex());

  private TwoTenants() {}
}
