package dev.unmask.tls;

import io.grpc.util.AdvancedTlsX509TrustManager.SslSocketAndEnginePeerVerifier;
import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLEngine;

/** Lets only peers in whose certificate has one of some names (DNS or URI, as SPIFFE's). */
final class PeerNames implements SslSocketAndEnginePeerVerifier {
  private static final Set<Integer> NAMES = Set.of(2, 6);

  private final Set<String> names;

  /** None: every name will do. */
  PeerNames(Collection<String> names) {
    this.names = Set.copyOf(names);
  }

  @Override
  public void verifyPeerCertificate(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    verify(chain[0]);
  }

  @Override
  public void verifyPeerCertificate(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    verify(chain[0]);
  }

  private void verify(X509Certificate peer) throws CertificateException {
    var given = Optional.ofNullable(peer.getSubjectAlternativeNames()).orElse(List.of());
    if (!names.isEmpty() && given.stream().noneMatch(this::expected)) {
      throw new CertificateException("the peer has none of the names in unmask.tls.peers");
    }
  }

  private boolean expected(List<?> name) {
    return name.get(0) instanceof Integer kind
        && NAMES.contains(kind)
        && name.get(1) instanceof String text
        && names.contains(text);
  }
}
