package dev.unmask.gateway.access.tenants;

import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import dev.unmask.contract.Limits;
import dev.unmask.gateway.access.TokenIssuer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * One reading of a tenants file and of the key files it names. Every method that reads throws
 * {@link IllegalArgumentException} naming the file and what is wrong with it.
 *
 * @param path of the tenants file; key files are relative to its folder
 * @param text its bytes
 * @param file what they say
 * @param keys the bytes of issuers' key files, by issuer
 */
record Snapshot(Path path, byte[] text, TenantsFile file, Map<String, byte[]> keys) {
  static Snapshot of(Path path) {
    var text = bytes(path);
    return of(path, text, parsed(path, text));
  }

  /** The same files now; parsed anew only if they changed. */
  Snapshot again() {
    var now = bytes(path);
    return of(path, now, Arrays.equals(text, now) ? file : parsed(path, now));
  }

  boolean sameAs(Snapshot other) {
    return Arrays.equals(text, other.text)
        && keys.keySet().equals(other.keys.keySet())
        && keys.entrySet().stream()
            .allMatch(key -> Arrays.equals(key.getValue(), other.keys.get(key.getKey())));
  }

  Register register(InstantSource clock) {
    var trusted =
        file.issuers().stream()
            .map(issuer ->
                new Register.Trusted(issuer, new TokenCheck(issuer, keysOf(issuer), clock)))
            .toList();
    return new Register(file.tenants(), trusted);
  }

  private JWKSource<SecurityContext> keysOf(TokenIssuer issuer) {
    try {
      return issuer.local()
          ? IssuerKeys.of(keys.get(issuer.issuer()))
          : IssuerKeys.at(issuer.jwks());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(issuer.jwks() + ": " + e.getMessage(), e);
    }
  }

  private static Snapshot of(Path path, byte[] text, TenantsFile file) {
    var keys =
        file.issuers().stream()
            .filter(TokenIssuer::local)
            .collect(
                Collectors.toMap(
                    TokenIssuer::issuer, issuer -> bytes(path.resolveSibling(issuer.jwks()))));
    return new Snapshot(path, text, file, keys);
  }

  private static TenantsFile parsed(Path path, byte[] text) {
    try {
      return TenantsReader.read(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(path + ": " + e.getMessage(), e);
    }
  }

  private static byte[] bytes(Path path) {
    try {
      if (Files.size(path) > Limits.TENANTS_FILE_BYTES) {
        throw new IllegalArgumentException(
            path + " must have at most " + Limits.TENANTS_FILE_BYTES + " bytes");
      }
      return Files.readAllBytes(path);
    } catch (IOException e) {
      throw new IllegalArgumentException(path + " cannot be read: " + e, e);
    }
  }
}
