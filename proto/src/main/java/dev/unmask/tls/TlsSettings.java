package dev.unmask.tls;

import dev.unmask.config.Setting;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
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

  private static final String PREFIX = "unmask.tls.";

  /** What {@link #read} asks for, for every service's reference. */
  public static final List<Setting> SETTINGS =
      List.of(
          new Setting(
              PREFIX + "certificate",
              "file",
              "none",
              "PEM; with key",
              "Its certificate chain, itself first. With it the service is reached by TLS only."),
          new Setting(PREFIX + "key", "file", "none", "PEM, PKCS#8", "The key of the certificate."),
          new Setting(
              PREFIX + "trust",
              "file",
              "none",
              "PEM",
              "Authorities of its peers. With it the service connects to others by TLS only."),
          new Setting(
              PREFIX + "client-auth",
              "word",
              "none",
              "none or require; require needs certificate, key and trust",
              "Whether who connects must show a certificate."),
          new Setting(
              PREFIX + "peers",
              "names, with commas",
              "none",
              "needs trust",
              "Names that a peer's certificate must have one of, whoever connected. Without them a"
                  + " server must have the name it was connected to by, a client any."));

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
