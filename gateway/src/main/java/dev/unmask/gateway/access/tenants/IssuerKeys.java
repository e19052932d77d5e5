package dev.unmask.gateway.access.tenants;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.SecurityContext;
import java.net.MalformedURLException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;

/** Where the public keys of a token's issuer come from. */
final class IssuerKeys {
  private IssuerKeys() {}

  /**
   * Keys of a file's text.
   *
   * @throws IllegalArgumentException if it is no set of keys
   */
  static JWKSource<SecurityContext> of(byte[] text) {
    try {
      return new ImmutableJWKSet<>(JWKSet.parse(new String(text, StandardCharsets.UTF_8)));
    } catch (ParseException e) {
      throw new IllegalArgumentException("issuers.jwks is no JSON Web Key Set", e);
    }
  }

  /**
   * Keys behind a URL, fetched when a token needs them: kept for minutes, fetched anew for a key
   * that is not among them, not too often, and kept on if the URL fails. Half a second each for
   * connecting and reading is the library's bound.
   *
   * @throws IllegalArgumentException if it is no URL
   */
  static JWKSource<SecurityContext> at(String url) {
    try {
      return JWKSourceBuilder.<SecurityContext>create(URI.create(url).toURL())
          .retrying(true)
          .outageTolerantForever()
          .build();
    } catch (MalformedURLException e) {
      throw new IllegalArgumentException("issuers.jwks is no URL, was " + url, e);
    }
  }
}
