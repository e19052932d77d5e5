package dev.unmask.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

final class PageKeyTest {
  @Test
  void of_itsMessage_isEqual() {
    var key = PageKey.of(new byte[PageKey.BYTES]);

    assertThat(PageKey.of(key.toMessage())).isEqualTo(key).hasSameHashCodeAs(key);
  }

  @Test
  void of_changedArray_keepsTheOldBytes() {
    byte[] digest = new byte[PageKey.BYTES];
    var key = PageKey.of(digest);
    digest[0] = 1;

    assertThat(key).isEqualTo(PageKey.of(new byte[PageKey.BYTES]));
  }

  @Test
  void of_wrongLength_isRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> PageKey.of(new byte[31]));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PageKey.of(dev.unmask.type.v1.PageKey.getDefaultInstance()));
  }
}
