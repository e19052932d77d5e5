package dev.unmask.worker.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TextTokenizerTest {
  private static final Path LLADA = Path.of("../models/unmask-mini-llada");
  private static final Path DREAM = Path.of("../models/unmask-mini-dream");

  @TempDir private Path empty;

  @Test
  void encode_text_addsNothingAndComesBack() throws IOException {
    try (var tokenizer = TextTokenizer.open(LLADA)) {
      int[] tokens = tokenizer.encode("Tom pays 35 €.\n");
      assertThat(tokens).doesNotContain(2032, 2033);
      assertThat(tokenizer.decode(tokens)).isEqualTo("Tom pays 35 €.\n");
    }
  }

  @Test
  void encode_nameOfSpecialToken_isThatToken() throws IOException {
    try (var tokenizer = TextTokenizer.open(LLADA)) {
      assertThat(tokenizer.encode("<|eot_id|>")).containsExactly(2036);
      assertThat(tokenizer.decode(2036)).isEqualTo("<|eot_id|>");
      assertThat(tokenizer.decodePlain(2036)).isEmpty();
    }
  }

  @Test
  void open_folderWithoutTokenizer_saysSo() {
    assertThatThrownBy(() -> TextTokenizer.open(empty))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("tokenizer.json");
  }

  @Test
  void read_shippedConfigs_knowEndsAndTemplates() throws IOException {
    var llada = TokenizerConfig.read(LLADA, 2033);
    assertThat(llada.endTokens()).isEqualTo(Set.of(2033, 2036));
    assertThat(llada.beginOfSequence()).isEqualTo("<|startoftext|>");
    assertThat(llada.chatTemplate()).isPresent();
    assertThat(TokenizerConfig.read(DREAM, 2032).endTokens()).isEqualTo(Set.of(2032, 2034));
  }
}
