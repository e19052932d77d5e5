package dev.unmask.client.evaluation.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunFolderTest {
  @TempDir private Path folder;

  @Test
  void open_sameSettings_findsWhatIsDone() throws IOException {
    var failed = new Result.Failed("a", 1, "bug");
    RunFolder.open(folder, "run", settings(0.9)).add(failed, Optional.empty());
    assertThat(RunFolder.open(folder, "run", settings(0.9)).result("a")).contains(failed);
  }

  @Test
  void open_otherSettings_namesThemAndWhatToDo() throws IOException {
    RunFolder.open(folder, "run", settings(0.9));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RunFolder.open(folder, "run", settings(0.8)))
        .withMessageContaining("threshold was 0.9, is 0.8")
        .withMessageContaining("--out");
  }

  @Test
  void open_nameOfAMethod_isAFolderName() throws IOException {
    var run = RunFolder.open(folder, "gsm8k mini/../+both", settings(1));
    assertThat(run.path()).isEqualTo(folder.resolve("gsm8k-mini-..-plus-both"));
    assertThat(run.path().resolve("run.json")).isRegularFile();
    assertThat(Files.readString(run.path().resolve("items.jsonl"))).isEmpty();
  }

  private static ObjectNode settings(double threshold) {
    return JsonNodeFactory.instance.objectNode().put("task", "gsm8k").put("threshold", threshold);
  }
}
