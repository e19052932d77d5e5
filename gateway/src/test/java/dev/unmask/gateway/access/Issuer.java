package dev.unmask.gateway.access;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import java.time.Instant;
import java.util.Date;

/** Somebody who signs tokens. */
public final class Issuer {
  public static final String NAME = "https://id.example";
  public static final String AUDIENCE = "unmask";

  private final RSAKey key;

  /** With a key of its own. */
  public Issuer(String keyId) {
    try {
      key = new RSAKeyGenerator(2048).keyID(keyId).generate();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Its public keys, as a file holds them. */
  public String jwks() {
    return new JWKSet(key.toPublicJWK()).toString();
  }

  /** Claims that hold for a minute from a moment on. */
  public static JWTClaimsSet.Builder claims(String subject, Instant now) {
    return new JWTClaimsSet.Builder()
        .issuer(NAME)
        .audience(AUDIENCE)
        .subject(subject)
        .claim("scope", "other generate")
        .notBeforeTime(Date.from(now))
        .expirationTime(Date.from(now.plusSeconds(60)));
  }

  /** A good signature. */
  public String signed(JWTClaimsSet claims) {
    return signed(JWSAlgorithm.RS256, key.getKeyID(), claims, rsa());
  }

  /** A good signature of an algorithm that nobody agreed on. */
  public String signedBy(JWSAlgorithm algorithm, JWTClaimsSet claims) {
    return signed(algorithm, key.getKeyID(), claims, rsa());
  }

  /** A good signature under another key's name. */
  public String signedAs(String keyId, JWTClaimsSet claims) {
    return signed(JWSAlgorithm.RS256, keyId, claims, rsa());
  }

  /** The old trick: the public key, which everybody has, as the secret of a symmetric one. */
  public String signedWithThePublicKey(JWTClaimsSet claims) {
    try {
      var secret = new MACSigner(key.toRSAPublicKey().getEncoded());
      return signed(JWSAlgorithm.HS256, key.getKeyID(), claims, secret);
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  public static String unsigned(JWTClaimsSet claims) {
    return new PlainJWT(claims).serialize();
  }

  private JWSSigner rsa() {
    try {
      return new RSASSASigner(key);
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String signed(
      JWSAlgorithm algorithm, String keyId, JWTClaimsSet claims, JWSSigner signer) {
    try {
      var token = new SignedJWT(new JWSHeader.Builder(algorithm).keyID(keyId).build(), claims);
      token.sign(signer);
      return token.serialize();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }
}
