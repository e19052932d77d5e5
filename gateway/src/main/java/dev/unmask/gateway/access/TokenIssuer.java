package dev.unmask.gateway.access;

import java.util.List;
import java.util.Set;

/**
 * Somebody whose signed tokens (JWT) are believed.
 *
 * @param issuer what their claim {@code iss} must be
 * @param audience what their claim {@code aud} must hold
 * @param jwks where its public keys are: a file, or an {@code https} URL
 * @param algorithms that it may sign with; public-key ones, at least one
 * @param claim that names the tenant; default {@code sub}
 * @param scopes that a token must all have been given (RFC 8693); default: none
 */
public record TokenIssuer(
    String issuer,
    String audience,
    String jwks,
    List<String> algorithms,
    String claim,
    List<String> scopes) {
  private static final Set<String> ALGORITHMS =
      Set.of("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512");
  private static final String USUAL_CLAIM = "sub";

  public TokenIssuer {
    algorithms = List.copyOf(algorithms);
    scopes = List.copyOf(scopes);
    claim = claim.isEmpty() ? USUAL_CLAIM : claim;
    Names.present("issuer", issuer);
    Names.present("audience", audience);
    Names.present("jwks", jwks);
    Names.require(
        !jwks.contains("://") || jwks.startsWith("https://"),
        "jwks must be a file or an https URL, was " + jwks);
    Names.require(
        !algorithms.isEmpty() && ALGORITHMS.containsAll(algorithms),
        "algorithms must be some of "
            + ALGORITHMS.stream().sorted().toList()
            + ", was "
            + algorithms);
  }

  /** Whether its keys are in a file. */
  public boolean local() {
    return !jwks.contains("://");
  }
}
