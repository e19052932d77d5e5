package dev.unmask.client;

import io.grpc.ChannelCredentials;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Metadata;
import io.grpc.TlsChannelCredentials;
import io.grpc.stub.MetadataUtils;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Who a client is, and whom it believes. Files hold PEM and are read when a client connects.
 *
 * @param trust authorities of the service's certificate; absent: in plain text
 * @param certificate a client certificate's chain, for a service that requires one; needs trust
 * @param key of that certificate, PKCS#8
 * @param bearer an API key or a signed token
 */
public record Credentials(
    Optional<Path> trust, Optional<Path> certificate, Optional<Path> key, Optional<String> bearer) {
  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

  public Credentials {
    if (certificate.isPresent() != key.isPresent()) {
      throw new IllegalArgumentException("a TLS certificate and its key go together");
    }
    if (certificate.isPresent() && trust.isEmpty()) {
      throw new IllegalArgumentException("a TLS certificate needs TLS authorities to trust");
    }
  }

  /** Nobody in particular, in plain text. */
  public static Credentials none() {
    return new Credentials(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
  }

  /** A channel to a target that shows these. */
  ManagedChannelBuilder<?> channel(String target) {
    var channel = Grpc.newChannelBuilder(target, transport());
    bearer.ifPresent(secret -> {
      var headers = new Metadata();
      headers.put(AUTHORIZATION, "Bearer " + secret);
      channel.intercept(MetadataUtils.newAttachHeadersInterceptor(headers));
    });
    return channel;
  }

  private ChannelCredentials transport() {
    if (trust.isEmpty()) {
      return InsecureChannelCredentials.create();
    }
    try {
      var tls = TlsChannelCredentials.newBuilder().trustManager(trust.get().toFile());
      if (certificate.isPresent() && key.isPresent()) {
        tls.keyManager(certificate.get().toFile(), key.get().toFile());
      }
      return tls.build();
    } catch (IOException e) {
      throw new UncheckedIOException("TLS files cannot be read: " + e.getMessage(), e);
    }
  }

  /** Says nothing of secrets. */
  @Override
  public String toString() {
    return "Credentials[trust=" + trust + ", certificate=" + certificate + "]";
  }
}
