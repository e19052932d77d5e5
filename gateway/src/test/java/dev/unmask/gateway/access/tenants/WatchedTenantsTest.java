package dev.unmask.gateway.access.tenants;

import static dev.unmask.gateway.access.tenants.TwoTenants.ISSUER;
import static dev.unmask.gateway.access.tenants.TwoTenants.KEY;
import static dev.unmask.gateway.access.tenants.TwoTenants.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jwt.JWTClaimsSet;
import dev.unmask.contract.Problem;
import dev.unmask.contract.ProblemException;
import dev.unmask.gateway.access.ApiKey;
import dev.unmask.gateway.access.Issuer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Date;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WatchedTenantsTest {
  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void write() throws IOException {
    file = folder.resolve("tenants.yml");
    Files.writeString(file, TwoTenants.TEXT);
    Files.writeString(folder.resolve("jwks.json"), ISSUER.jwks());
  }

  @Test
  void tenant_knownKey_isItsOwner() {
    var tenant = watched().tenant(Optional.of("Bearer " + KEY.reveal()));
    assertThat(tenant.name()).isEqualTo("acme");
    assertThat(tenant.namespace()).isEqualTo("acme-space");
    assertThat(tenant.quotas().requestsAtOnce()).isEqualTo(20);
    assertThat(tenant.quotas().share()).isEqualTo(2.5);
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "none",
      value = {"none", "Bearer", "Bearer umk_guess", "Basic YTpi", "'Bearer a.b.c'", "'Bearer ..'"})
  void tenant_noGoodCredential_isUnauthenticated(String authorization) {
    assertThat(refusal(Optional.ofNullable(authorization)))
        .isInstanceOf(Problem.Unauthenticated.class);
  }

  @Test
  void tenant_digestInsteadOfTheKey_isUnauthenticated() {
    assertThat(refusal(Optional.of("Bearer " + KEY.digest().hex())))
        .isInstanceOf(Problem.Unauthenticated.class);
  }

  @Test
  void tenant_goodToken_isTheOneItsClaimNames() {
    var token = ISSUER.signed(Issuer.claims("acme-app", NOW).build());
    assertThat(watched().tenant(Optional.of("bearer " + token)).name()).isEqualTo("acme");
  }

  @Test
  void tenant_tokenThatDoesNotHold_isUnauthenticated() {
    var good = Issuer.claims("acme-app", NOW);
    var bad =
        Map.of(
            "unsigned", Issuer.unsigned(good.build()),
            "public key as secret", ISSUER.signedWithThePublicKey(good.build()),
            "algorithm not agreed on", ISSUER.signedBy(JWSAlgorithm.RS512, good.build()),
            "unknown key", ISSUER.signedAs("k2", good.build()),
            "another's key of that name", new Issuer("k1").signed(good.build()),
            "other issuer", signed(claims -> claims.issuer("https://evil.example")),
            "other audience", signed(claims -> claims.audience("other")),
            "expired", signed(claims -> claims.expirationTime(at(-61))),
            "no expiry", signed(claims -> claims.expirationTime(null)),
            "not valid yet", signed(claims -> claims.notBeforeTime(at(61))));
    bad.forEach((what, token) ->
        assertThat(refusal(Optional.of("Bearer " + token)))
            .as(what)
            .isInstanceOf(Problem.Unauthenticated.class));
  }

  @Test
  void tenant_refusals_sayTheSameForEverything() {
    var expired = signed(claims -> claims.expirationTime(at(-61)));
    assertThat(refusal(Optional.of("Bearer " + expired)))
        .isEqualTo(refusal(Optional.of("Bearer umk_guess")))
        .isEqualTo(refusal(Optional.empty()));
  }

  @Test
  void tenant_goodTokenWithoutScopeOrTenant_isDenied() {
    assertThat(refusal(Optional.of("Bearer " + signed(claims -> claims.claim("scope", "other")))))
        .isInstanceOf(Problem.Denied.class);
    assertThat(refusal(Optional.of("Bearer " + signed(claims -> claims.subject("nobody")))))
        .isInstanceOf(Problem.Denied.class);
  }

  @Test
  void refresh_changedFile_isBelievedFromThenOn() throws IOException {
    var watched = watched();
    var fresh = ApiKey.from(new Random(8));
    Files.writeString(file, TwoTenants.TEXT.replace(KEY.digest().hex(), fresh.digest().hex()));
    watched.refresh();
    assertThat(watched.tenant(Optional.of("Bearer " + fresh.reveal())).name()).isEqualTo("acme");
    assertThatThrownBy(() -> watched.tenant(Optional.of("Bearer " + KEY.reveal())))
        .isInstanceOf(ProblemException.class);
  }

  @Test
  void refresh_rotatedKeyFile_verifiesTheNewKeysTokens() throws IOException {
    var watched = watched();
    var rotated = new Issuer("k2");
    Files.writeString(folder.resolve("jwks.json"), rotated.jwks());
    watched.refresh();
    var claims = Issuer.claims("acme-app", NOW).build();
    assertThat(watched.tenant(Optional.of("Bearer " + rotated.signed(claims))).name())
        .isEqualTo("acme");
    assertThatThrownBy(() -> watched.tenant(Optional.of("Bearer " + ISSUER.signed(claims))))
        .isInstanceOf(ProblemException.class);
  }

  @Test
  void refresh_brokenFile_keepsTheTenantsThatWere() throws IOException {
    var watched = watched();
    for (var broken :
        new String[] {"tenants: [", "", TwoTenants.TEXT.replace("burst: 20", "burst: 0")}) {
      Files.writeString(file, broken);
      watched.refresh();
      assertThat(watched.tenant(Optional.of("Bearer " + KEY.reveal())).name()).isEqualTo("acme");
    }
    Files.delete(file);
    watched.refresh();
    assertThat(watched.tenant(Optional.of("Bearer " + KEY.reveal())).name()).isEqualTo("acme");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "burst: 20           | burst: 0          | tenants[0].quotas: burst must be at least 1",
        "burst: 20           | burts: 20         | tenants[0].quotas.burts is not known; known:",
        "burst: 20           | burst: many       | tenants[0].quotas.burst has a value of the wrong",
        "requests-per-second | name              | tenants[0].quotas.name is not known",
        "name: other         | name: Other       | tenants[1]: name must be 1 to 64 characters",
        "name: other         | name: acme        | tenants.name must be given once each",
        "name: other         | {name: b, public-namespaces: [acme-space]} | must be no tenant's own",
        "name: other         | namespace: other  | tenants[1]: name must be 1 to 64 characters",
        "[RS256]             | [HS256]           | issuers[0]: algorithms must be some of",
        "jwks: jwks.json     | jwks: http://x/y  | issuers[0]: jwks must be a file or an https URL",
        "jwks: jwks.json     | jwks: nowhere     | cannot be read",
        "audience: unmask    | audience: ''      | issuers[0]: audience is required",
        "value: acme-app     | value: ''         | tenants[0].tokens[0]: value is required",
        "name: other         | name: \"other     | tenants[1] is no YAML at line"
      })
  void new_wrongField_isNamedWithItsBound(String right, String wrong, String message)
      throws IOException {
    Files.writeString(file, TwoTenants.TEXT.replace(right, wrong));
    assertThatThrownBy(this::watched)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  @Test
  void new_keyInsteadOfItsDigest_isRefusedAndNotQuoted() throws IOException {
    Files.writeString(file, TwoTenants.TEXT.replace(KEY.digest().hex(), KEY.reveal()));
    assertThatThrownBy(this::watched)
        .hasMessageContaining("tenants[0].keys[0]: must be the 64 hexadecimal digits")
        .satisfies(failure -> assertThat(failure).hasStackTraceContaining("SHA-256"))
        .satisfies(
            failure -> assertThat(stackTrace(failure)).doesNotContain(KEY.reveal().substring(4)));
  }

  private WatchedTenants watched() {
    return new WatchedTenants(file, () -> NOW);
  }

  private Problem refusal(Optional<String> authorization) {
    return catchThrowableOfType(ProblemException.class, () -> watched().tenant(authorization))
        .problem();
  }

  private static String signed(Function<JWTClaimsSet.Builder, JWTClaimsSet.Builder> change) {
    return ISSUER.signed(change.apply(Issuer.claims("acme-app", NOW)).build());
  }

  private static Date at(int seconds) {
    return Date.from(NOW.plusSeconds(seconds));
  }

  private static String stackTrace(Throwable failure) {
    var text = new java.io.StringWriter();
    failure.printStackTrace(new java.io.PrintWriter(text));
    return text.toString();
  }
}
