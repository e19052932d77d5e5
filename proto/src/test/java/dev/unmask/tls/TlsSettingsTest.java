package dev.unmask.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TlsSettingsTest {
  @Test
  void read_nothing_isPlainText() {
    var settings = TlsSettings.read(_ -> Optional.of(" "));
    assertThat(settings.certificate()).isEmpty();
    assertThat(settings.trust()).isEmpty();
    assertThat(settings.peers()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "certificate, c.pem,   certificate and key go together",
    "key,         c.key,   certificate and key go together",
    "client-auth, require, 'client-auth needs certificate, key and trust'",
    "client-auth, maybe,   'must be none or require, was maybe'",
    "peers,       a,       peers needs trust"
  })
  void read_wrong_failsNamingTheSetting(String key, String value, String message) {
    var settings = Map.of("unmask.tls." + key, value);
    assertThatThrownBy(() -> TlsSettings.read(name -> Optional.ofNullable(settings.get(name))))
        .hasMessageContaining("unmask.tls.")
        .hasMessageContaining(message);
  }
}
