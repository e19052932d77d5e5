package dev.unmask.tls;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Who a service is, and whom it believes. Files hold PEM.
 *
 * @param certificate its chain, itself first; with it the service is reached by TLS only
 * @param key of the certificate, PKCS#8
 * @param trust authorities of its peers; with it the service connects to others by TLS only
 * @param clientAuth whether who connects must show a certificate
 * @param peers names that a peer's certificate must have one of, whoever connected; empty: a server
 *     must have the name it was connected to by, a client any
 */
public record TlsSettings(
    Optional<Path> certificate,
    Optional<Path> key,
    Optional<Path> trust,
    ClientAuth clientAuth,
    List<String> peers) {
  /** Whether who connects must show a certificate. */
  public enum ClientAuth {
    /** It is not asked for one. */
    NONE,
    /** It must show one of an authority that is trusted. */
    REQUIRE
  }

  /** Matches every key that {@link #read} asks for. */
  public static final String KEYS = "unmask\\.tls\\.(certificate|key|trust|client-auth|peers)";

  private static final String PREFIX = "unmask.tls.";

  /** The same keys, to suggest. */
  public static final Set<String> NAMES =
      Set.of(
          PREFIX + "certificate",
          PREFIX + "key",
          PREFIX + "trust",
          PREFIX + "client-auth",
          PREFIX + "peers");

  public TlsSettings {
    peers = List.copyOf(peers);
    require(certificate.isPresent() == key.isPresent(), "certificate and key go together");
    require(
        clientAuth == ClientAuth.NONE || (certificate.isPresent() && trust.isPresent()),
        "client-auth needs certificate, key and trust");
    require(peers.isEmpty() || trust.isPresent(), "peers needs trust");
  }

  /**
   * Reads the settings.
   *
   * @param settings gives a setting by its key; what is blank is absent
   * @throws IllegalArgumentException naming the setting that is wrong
   */
  public static TlsSettings read(Function<String, Optional<String>> settings) {
    Function<String, Optional<String>> given =
        key -> settings.apply(PREFIX + key).map(String::strip).filter(text -> !text.isEmpty());
    return new TlsSettings(
        given.apply("certificate").map(Path::of),
        given.apply("key").map(Path::of),
        given.apply("trust").map(Path::of),
        clientAuth(given.apply("client-auth").orElse("none")),
        given.apply("peers").stream()
            .flatMap(list -> Stream.of(list.split(",", -1)))
            .map(String::strip)
            .toList());
  }

  private static ClientAuth clientAuth(String text) {
    return switch (text) {
      case "none" -> ClientAuth.NONE;
      case "require" -> ClientAuth.REQUIRE;
      default ->
          throw new IllegalArgumentException(
              PREFIX + "client-auth must be none or require, was " + text);
    };
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException(PREFIX + message);
    }
  }
}
