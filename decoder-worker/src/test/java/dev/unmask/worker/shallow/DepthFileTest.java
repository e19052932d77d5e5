package dev.unmask.worker.shallow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.unmask.worker.model.files.CheckpointException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a worker takes from a model's measurements, and what it does not. */
class DepthFileTest {
  private static final byte[] WEIGHTS = {0x0a, (byte) 0xff};
  private static final int LAYERS = 8;

  @TempDir private Path folder;

  @Test
  void read_noFile_allowsNothing() {
    assertThat(read()).isEqualTo(DepthTable.NONE);
    assertThat(DepthTable.NONE.allows()).isFalse();
    assertThat(DepthTable.NONE.depth(32, 100)).isZero();
  }

  @Test
  void read_measured_givesTheNextGreaterShare() throws IOException {
    write(
        "0aff",
        "{'share': 1.0, 'depth': 0}, {'share': 0.25, 'depth': 3}, {'share': 0.5, 'depth': 2}");
    var table = read();
    assertThat(table.allows()).isTrue();
    assertThat(table.depth(64, 1000)).isEqualTo(3);
    assertThat(table.depth(250, 1000)).isEqualTo(3);
    assertThat(table.depth(251, 1000)).isEqualTo(2);
    assertThat(table.depth(501, 1000)).isZero();
  }

  @Test
  void depth_shareBeyondWhatWasMeasured_isNone() {
    var table = new DepthTable(List.of(new DepthTable.Bound(.5, 2)));
    assertThat(table.depth(512, 1000)).isZero();
  }

  @Test
  void read_ofOtherWeights_allowsNothing() throws IOException {
    write("0afe", "{'share': 1.0, 'depth': 2}");
    assertThat(read()).isEqualTo(DepthTable.NONE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'share': 1.0, 'depth': 8}",
        "{'share': 1.0, 'depth': -1}",
        "{'share': 1.5, 'depth': 1}",
        "{'share': 0, 'depth': 1}",
        "{'share': 'all', 'depth': 1}",
        "{'share': 1.0, 'depth': 1.5}",
        "{'depth': 1}"
      })
  void read_boundThatIsNone_isRefusedWithTheFile(String bound) throws IOException {
    write("0aff", bound);
    assertThatExceptionOfType(CheckpointException.class)
        .isThrownBy(this::read)
        .withMessageContaining("sharing.json");
  }

  @Test
  void read_noJson_isRefused() throws IOException {
    Files.writeString(folder.resolve(DepthFile.NAME), "{");
    assertThatExceptionOfType(CheckpointException.class).isThrownBy(this::read);
  }

  @Test
  void bound_outOfRange_cannotBeMade() {
    assertThatIllegalArgumentException().isThrownBy(() -> new DepthTable.Bound(Double.NaN, 1));
  }

  private DepthTable read() {
    return DepthFile.read(folder, WEIGHTS, LAYERS);
  }

  private void write(String digest, String bounds) throws IOException {
    var json = "{'weights_digest': '%s', 'depths': [%s]}".formatted(digest, bounds);
    Files.writeString(folder.resolve(DepthFile.NAME), json.replace('\'', '"'));
  }
}
