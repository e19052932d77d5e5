package dev.unmask.worker.preference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.protobuf.ByteString;
import dev.unmask.type.v1.Model;
import dev.unmask.type.v1.ModelFamily;
import dev.unmask.type.v1.ModelIdentity;
import dev.unmask.type.v1.Preference;
import dev.unmask.type.v1.PreferredMethod;
import dev.unmask.worker.model.files.CheckpointException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a worker takes from a model's measured methods, and what it does not. */
class MethodsFileTest {
  private static final String NAMES = "'quality': 'slow', 'balanced': 'slow', 'latency': 'soon'";
  private static final String SLOW = "{'name': 'slow', 'spec': {'fixed_schedule': {}}}";
  private static final String SOON =
      "{'name': 'soon', 'right': 9, 'spec': {'threshold': {'threshold': 0.5}, 'no_cache': {}}}";

  private static final Model MODEL =
      Model.newBuilder()
          .setIdentity(
              ModelIdentity.newBuilder()
                  .setName("mini")
                  .setFamily(ModelFamily.MODEL_FAMILY_LLADA)
                  .setWeightsDigest(ByteString.fromHex("0aff")))
          .setContextLength(2048)
          .setVocabularySize(500)
          .build();

  @TempDir private Path folder;

  @Test
  void read_noFile_offersNothing() {
    assertThat(read()).isEmpty();
  }

  @Test
  void read_measured_givesEachPreferenceItsMethod() throws IOException {
    write("0aff", NAMES, SLOW + ", " + SOON);
    assertThat(read())
        .extracting(PreferredMethod::getPreference)
        .containsExactly(
            Preference.PREFERENCE_QUALITY,
            Preference.PREFERENCE_BALANCED,
            Preference.PREFERENCE_LATENCY);
    assertThat(read().getFirst().getMethod().hasFixedSchedule()).isTrue();
    var soon = read().getLast();
    assertThat(soon.getName()).isEqualTo("soon");
    assertThat(soon.getMethod().getThreshold().getThreshold()).isEqualTo(0.5);
    assertThat(soon.getMethod().hasNoCache()).isTrue();
  }

  @Test
  void read_ofOtherWeights_offersNothing() throws IOException {
    write("0afe", NAMES, SLOW + ", " + SOON);
    assertThat(read()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "preferences.latency | 'quality': 'slow', 'balanced': 'slow'",
        "preferences.latency | 'quality': 'slow', 'balanced': 'slow', 'latency': 'other'",
        "preferences.speed   | 'speed': 'slow', " + NAMES
      })
  void read_preferenceWithoutAMethod_isNamed(String field, String names) throws IOException {
    write("0aff", names, SLOW + ", " + SOON);
    assertRefused(field);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "methods[1].name | {'spec': {}}",
        "methods[1].name | {'name': 'slow', 'spec': {}}",
        "methods[1].spec | {'name': 'soon'}",
        "methods[1].spec | {'name': 'soon', 'spec': {'treshold': {}}}",
        "methods[1].spec.stop | {'name': 'soon', 'spec': {'stop': ['a']}}",
        "methods[1].spec.threshold.threshold | {'name': 'soon', 'spec': {'threshold':"
            + " {'threshold': 2}}}",
        "methods[1].spec.block_cache | {'name': 'soon', 'spec': {'block_cache': {}}}"
      })
  void read_methodThatIsNone_isNamed(String field, String method) throws IOException {
    write("0aff", NAMES, SLOW + ", " + method);
    assertRefused(field);
  }

  @Test
  void read_noJson_isRefused() throws IOException {
    Files.writeString(folder.resolve(MethodsFile.NAME), "{");
    assertRefused("");
  }

  private void assertRefused(String field) {
    assertThatExceptionOfType(CheckpointException.class)
        .isThrownBy(this::read)
        .withMessageContaining(MethodsFile.NAME)
        .withMessageContaining(field);
  }

  private List<PreferredMethod> read() {
    return MethodsFile.read(folder, MODEL);
  }

  private void write(String digest, String names, String methods) throws IOException {
    var json =
        "{'weights_digest': '%s', 'preferences': {%s}, 'methods': [%s]}"
            .formatted(digest, names, methods);
    Files.writeString(folder.resolve(MethodsFile.NAME), json.replace('\'', '"'));
  }
}
