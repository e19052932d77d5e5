package dev.unmask.worker.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.unmask.worker.model.files.CheckpointException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenCountsTest {
  private static final String GOOD = "{\"num_token\": 1000, \"p_baseline_dict\": {\"3\": 100}}";

  @TempDir private Path folder;

  @Test
  void read_noCorpus_isNone() {
    assertThat(TokenCounts.read(folder, 8)).isEmpty();
  }

  @Test
  void read_published_givesFrequencies() throws IOException {
    write("llada_corpus.json", GOOD);
    var frequencies = TokenCounts.read(folder, 8).orElseThrow();
    assertThat(frequencies.calibrated(1, 3, 100)).isCloseTo((float) Math.log(10), within(1e-5f));
    assertThat(frequencies.calibrated(1, 4, 100)).isCloseTo((float) Math.log(1000), within(1e-5f));
  }

  @Test
  void read_anyName_isFound() throws IOException {
    write("mine_corpus.json", GOOD);
    assertThat(TokenCounts.read(folder, 8)).isPresent();
  }

  @Test
  void read_several_namesBoth() throws IOException {
    write("llada_corpus.json", GOOD);
    write("dream_corpus.json", GOOD);
    assertThatThrownBy(() -> TokenCounts.read(folder, 8))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("llada_corpus.json")
        .hasMessageContaining("dream_corpus.json");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"num_token\": 1000}",
        "{\"p_baseline_dict\": {}}",
        "{\"num_token\": \"many\", \"p_baseline_dict\": {}}",
        "{\"num_token\": 0, \"p_baseline_dict\": {}}",
        "{\"num_token\": 1000, \"p_baseline_dict\": {\"three\": 1}}",
        "{\"num_token\": 1000, \"p_baseline_dict\": {\"8\": 1}}",
        "{\"num_token\": 1000, \"p_baseline_dict\": {\"-1\": 1}}",
        "{\"num_token\": 1000, \"p_baseline_dict\": {\"3\": 1001}}",
        "{\"num_token\": 1000, \"p_baseline_dict\": {\"3\": null}}",
        "{\"num_token\": 1000, \"p_baseline_dict\": {\"3\": \"1\"}}",
        "[]"
      })
  void read_malformed_namesTheFile(String content) throws IOException {
    write("llada_corpus.json", content);
    assertThatThrownBy(() -> TokenCounts.read(folder, 8))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("llada_corpus.json");
  }

  @Test
  void read_notJson_isAProblemOfTheCheckpoint() throws IOException {
    write("llada_corpus.json", "tokens");
    assertThatThrownBy(() -> TokenCounts.read(folder, 8)).isInstanceOf(CheckpointException.class);
  }

  private void write(String name, String content) throws IOException {
    Files.writeString(folder.resolve(name), content);
  }
}
