package dev.unmask.gateway.access.tenants;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import dev.unmask.contract.Limits;
import dev.unmask.contract.ProblemException;
import dev.unmask.gateway.access.Refusals;
import dev.unmask.gateway.access.TokenIssuer;
import java.time.InstantSource;
import java.util.Date;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Verifies the tokens of one issuer: signature by one of its keys and algorithms, issuer, audience,
 * and times. Safe for any thread; may wait for the issuer's keys.
 */
final class TokenCheck {
  private static final Logger LOG = LoggerFactory.getLogger(TokenCheck.class);

  private final TokenIssuer issuer;
  private final DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();

  TokenCheck(TokenIssuer issuer, JWKSource<SecurityContext> keys, InstantSource clock) {
    this.issuer = issuer;
    // The algorithm is chosen here, never by the token; symmetric ones are none of a TokenIssuer's.
    var algorithms =
        issuer.algorithms().stream().map(JWSAlgorithm::parse).collect(Collectors.toSet());
    processor.setJWSTypeVerifier(
        new DefaultJOSEObjectTypeVerifier<>(
            JOSEObjectType.JWT, new JOSEObjectType("at+jwt"), null));
    processor.setJWSKeySelector(new JWSVerificationKeySelector<>(algorithms, keys));
    processor.setJWTClaimsSetVerifier(new Claims(issuer, clock));
  }

  /**
   * The claims of a token that holds.
   *
   * @throws ProblemException if it does not, or nobody can tell
   */
  JWTClaimsSet verified(SignedJWT token) {
    try {
      return processor.process(token, null);
    } catch (BadJOSEException e) {
      LOG.debug("a token of {} is refused: {}", issuer.issuer(), e.getMessage());
      throw Refusals.unauthenticated();
    } catch (RateLimitReachedException e) {
      // Anybody can name keys that there are not, as often as they like.
      LOG.debug("keys of {} are not fetched again so soon", issuer.issuer());
      throw Refusals.unverifiable();
    } catch (KeySourceException e) {
      LOG.warn("keys of {} cannot be read: {}", issuer.issuer(), e.getMessage());
      throw Refusals.unverifiable();
    } catch (JOSEException e) {
      LOG.debug("a token of {} cannot be verified: {}", issuer.issuer(), e.getMessage());
      throw Refusals.unauthenticated();
    }
  }

  /** Issuer, audience, expiry and begin, by our clock. */
  private static final class Claims extends DefaultJWTClaimsVerifier<SecurityContext> {
    private final InstantSource clock;

    Claims(TokenIssuer issuer, InstantSource clock) {
      super(
          issuer.audience(),
          new JWTClaimsSet.Builder().issuer(issuer.issuer()).build(),
          Set.of("exp", issuer.claim()));
      this.clock = clock;
      setMaxClockSkew(Math.toIntExact(Limits.TOKEN_CLOCK_SKEW.toSeconds()));
    }

    @Override
    protected Date currentTime() {
      return Date.from(clock.instant());
    }
  }
}
