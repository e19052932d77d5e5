package dev.unmask.tls;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.KeyException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;

/** Tells whether a private key belongs to a certificate, which two files may not in a rotation. */
final class KeyPairs {
  private static final byte[] TEXT = "do they fit?".getBytes(UTF_8);

  private KeyPairs() {}

  /**
   * Checks a pair.
   *
   * @throws KeyException if it is none, or of a kind we do not know
   */
  static void check(X509Certificate certificate, PrivateKey key) throws GeneralSecurityException {
    if (!certificate.getPublicKey().getAlgorithm().equals(key.getAlgorithm())
        || !verifies(certificate.getPublicKey(), key)) {
      throw new KeyException("the key is not that of the certificate");
    }
  }

  private static boolean verifies(PublicKey publicKey, PrivateKey key)
      throws GeneralSecurityException {
    var signature = Signature.getInstance(algorithm(key));
    signature.initSign(key);
    signature.update(TEXT);
    var signed = signature.sign();
    signature.initVerify(publicKey);
    signature.update(TEXT);
    return signature.verify(signed);
  }

  private static String algorithm(PrivateKey key) throws KeyException {
    return switch (key.getAlgorithm()) {
      case "RSA" -> "SHA256withRSA";
      case "EC" -> "SHA256withECDSA";
      case "EdDSA", "Ed25519" -> "EdDSA";
      default -> throw new KeyException("keys must be RSA, EC or EdDSA, was " + key.getAlgorithm());
    };
  }
}
