package dev.unmask.digest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class Sha256Test {
  @Test
  void of_theStandardsExample_isItsDigest() {
    assertThat(HexFormat.of().formatHex(Sha256.of("abc".getBytes(StandardCharsets.UTF_8))))
        .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  }

  @Test
  void begin_bytesInParts_areDigestedAsOne() {
    var digest = Sha256.begin();
    digest.update((byte) 1);
    digest.update((byte) 2);
    assertThat(digest.digest()).isEqualTo(Sha256.of(new byte[] {1, 2}));
  }
}
