package dev.unmask.gateway.access.tenants;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.unmask.gateway.access.Access;
import dev.unmask.gateway.access.KeyDigest;
import dev.unmask.gateway.access.Refusals;
import dev.unmask.gateway.access.Tenant;
import dev.unmask.gateway.access.TokenClaim;
import dev.unmask.gateway.access.TokenIssuer;
import java.text.ParseException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The tenants of one reading of the file, by what they show. Immutable. */
final class Register implements Access {
  /** An issuer and what verifies its tokens. */
  record Trusted(TokenIssuer issuer, TokenCheck check) {}

  private final Map<KeyDigest, Tenant> byKey = new HashMap<>();
  private final Map<TokenClaim, Tenant> byClaim = new HashMap<>();
  private final Map<String, Trusted> issuers = new HashMap<>();

  Register(List<Tenant> tenants, List<Trusted> issuers) {
    for (var tenant : tenants) {
      tenant.keys().forEach(key -> byKey.put(key, tenant));
      tenant.tokens().forEach(claim -> byClaim.put(claim, tenant));
    }
    issuers.forEach(trusted -> this.issuers.put(trusted.issuer().issuer(), trusted));
  }

  @Override
  public Tenant tenant(Optional<String> authorization) {
    var bearer = authorization.flatMap(Bearer::of).orElseThrow(Refusals::unauthenticated);
    return switch (bearer) {
      case Bearer.Key key ->
          Optional.ofNullable(byKey.get(key.digest())).orElseThrow(Refusals::unauthenticated);
      case Bearer.Token token -> byToken(token.text());
    };
  }

  private Tenant byToken(String text) {
    try {
      // Whose keys to try; believed only once they fit. An unsigned or encrypted token fails here.
      var token = SignedJWT.parse(text);
      var trusted =
          Optional.ofNullable(token.getJWTClaimsSet().getIssuer())
              .map(issuers::get)
              .orElseThrow(Refusals::unauthenticated);
      return allowed(trusted.issuer(), trusted.check().verified(token));
    } catch (ParseException | IllegalArgumentException e) {
      throw Refusals.unauthenticated();
    }
  }

  private Tenant allowed(TokenIssuer issuer, JWTClaimsSet claims) throws ParseException {
    var scopes = Optional.ofNullable(claims.getStringClaim("scope")).orElse("");
    if (!Arrays.asList(scopes.split(" ")).containsAll(issuer.scopes())) {
      throw Refusals.denied();
    }
    var claim = Optional.ofNullable(claims.getStringClaim(issuer.claim())).orElse("");
    return Optional.of(claim)
        .filter(value -> !value.isBlank())
        .map(value -> byClaim.get(new TokenClaim(issuer.issuer(), value)))
        .orElseThrow(Refusals::denied);
  }
}
