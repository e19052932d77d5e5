package dev.unmask.gateway.access;

/**
 * Which tokens are a tenant's.
 *
 * @param issuer who signs them; one of the file's issuers
 * @param value of the claim that names the tenant there
 */
public record TokenClaim(String issuer, String value) {
  public TokenClaim {
    Names.present("issuer", issuer);
    Names.present("value", value);
  }
}
