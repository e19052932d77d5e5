package dev.unmask.gateway.access.tenants;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import dev.unmask.contract.ProblemException;
import dev.unmask.fuzz.Finding;
import dev.unmask.gateway.access.ApiKey;
import dev.unmask.gateway.access.Tenant;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * What an {@code authorization} header may hold: whoever gets in has shown a tenant's key, or a
 * token whose signature, algorithm, issuer, audience, times and claim all hold.
 */
public final class CredentialFuzz {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  private static final ApiKey SECRET = ApiKey.from(new Random(7));
  private static final ECKey KEY = key();
  private static final String TENANTS =
      """
      issuers:
        - {issuer: "https://id.example", audience: unmask, jwks: jwks.json, algorithms: [ES256]}
      tenants:
        - {name: acme, keys: [%s]}
        - {name: other, tokens: [{issuer: "https://id.example", value: other-app}]}
      """
          .formatted(SECRET.digest().hex());
  private static final Register REGISTER = register();
  private static final ObjectMapper JSON = new ObjectMapper();

  private CredentialFuzz() {}

  /**
   * The first byte says what the others are: a header, the claims of a token, or a token's header
   * and, behind a zero, its claims. Both parts are signed with the issuer's key.
   */
  public static void fuzzerTestOneInput(byte[] input) {
    if (input.length == 0) {
      return;
    }
    var rest = new String(input, 1, input.length - 1, StandardCharsets.ISO_8859_1);
    switch (input[0] % 3) {
      case 0 -> {
        if (tenant(rest).isPresent()) {
          Finding.unless(rest.strip().endsWith(SECRET.reveal()), "in without a key: " + rest);
        }
      }
      case 1 -> token("{\"alg\":\"ES256\",\"kid\":\"k\"}", rest);
      default -> {
        int zero = Math.max(0, rest.indexOf(0));
        token(rest.substring(0, zero), rest.substring(Math.min(zero + 1, rest.length())));
      }
    }
  }

  private static void token(String header, String claims) {
    var text = part(header) + "." + part(claims);
    tenant("Bearer " + text + "." + Base64URL.encode(signature(text)))
        .ifPresent(tenant -> {
          Finding.unless(tenant.name().equals("other"), "another tenant");
          Finding.unless(json(header).path("alg").asText().equals("ES256"), "alg: " + header);
          holds(json(claims));
        });
  }

  private static void holds(JsonNode claims) {
    Finding.unless(claims.path("iss").asText().equals("https://id.example"), "iss: " + claims);
    Finding.unless(claims.path("aud").toString().contains("unmask"), "aud: " + claims);
    Finding.unless(claims.path("sub").asText().equals("other-app"), "sub: " + claims);
    Finding.unless(claims.path("exp").asLong() >= NOW.getEpochSecond() - 60, "exp: " + claims);
    Finding.unless(claims.path("nbf").asLong() <= NOW.getEpochSecond() + 60, "nbf: " + claims);
  }

  private static Optional<Tenant> tenant(String authorization) {
    try {
      return Optional.of(REGISTER.tenant(Optional.of(authorization)));
    } catch (ProblemException e) {
      return Optional.empty();
    }
  }

  private static JsonNode json(String text) {
    try {
      // Bytes that are no UTF-8 are replaced, as the library does it.
      byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
      return JSON.readTree(new String(bytes, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new IllegalStateException("believed, and no JSON: " + text, e);
    }
  }

  private static Base64URL part(String text) {
    return Base64URL.encode(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static byte[] signature(String text) {
    try {
      var signature = Signature.getInstance("SHA256withECDSAinP1363Format");
      signature.initSign(KEY.toECPrivateKey());
      signature.update(text.getBytes(StandardCharsets.US_ASCII));
      return signature.sign();
    } catch (GeneralSecurityException | JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  private static ECKey key() {
    try {
      return new ECKeyGenerator(Curve.P_256).keyID("k").generate();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Register register() {
    byte[] text = TENANTS.getBytes(StandardCharsets.UTF_8);
    byte[] keys = new JWKSet(KEY.toPublicJWK()).toString().getBytes(StandardCharsets.UTF_8);
    return new Snapshot(
            Path.of("tenants.yml"),
            text,
            TenantsReader.read(text),
            Map.of("https://id.example", keys))
        .register(() -> NOW);
  }
}
