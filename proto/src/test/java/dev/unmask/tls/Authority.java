package dev.unmask.tls;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A certificate authority of a test. */
public final class Authority {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final Duration LIFE = Duration.ofHours(1);

  private final X500Name name;
  private final KeyPair keys = keys();
  private final X509CertificateHolder certificate;

  /** With a key of its own, whatever its name. */
  public Authority(String name) {
    this.name = new X500Name("CN=" + name);
    this.certificate = signed(this.name, keys, Instant.now().plus(LIFE), true);
  }

  /** Writes what trusts this authority. */
  public Path trust(Path file) {
    return write(file, certificate);
  }

  /** Issues a certificate for DNS names, and writes NAME.pem and NAME.key into a folder. */
  public void issue(Path folder, String file, String... names) {
    issue(folder, file, Instant.now().plus(LIFE), names);
  }

  /** Issues one that ends at a moment. */
  public void issue(Path folder, String file, Instant end, String... names) {
    var own = keys();
    write(
        folder.resolve(file + ".pem"), signed(new X500Name("CN=" + file), own, end, false, names));
    try {
      write(folder.resolve(file + ".key"), new JcaPKCS8Generator(own.getPrivate(), null));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private X509CertificateHolder signed(
      X500Name subject, KeyPair own, Instant end, boolean authority, String... names) {
    try {
      var builder =
          new JcaX509v3CertificateBuilder(
              name,
              new BigInteger(64, RANDOM),
              Date.from(end.minus(LIFE.multipliedBy(2))),
              Date.from(end),
              subject,
              own.getPublic());
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
      if (names.length > 0) {
        var general =
            Stream.of(names)
                .map(dns -> new GeneralName(GeneralName.dNSName, dns))
                .toArray(GeneralName[]::new);
        builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(general));
      }
      return builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (OperatorCreationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static KeyPair keys() {
    try {
      var generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(256);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Path write(Path file, Object content) {
    var text = new StringWriter();
    try (var pem = new JcaPEMWriter(text)) {
      pem.writeObject(content);
      pem.flush();
      return Files.writeString(file, text.toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
