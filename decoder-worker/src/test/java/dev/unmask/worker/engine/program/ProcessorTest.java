package dev.unmask.worker.engine.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProcessorTest {
  @TempDir private Path folder;

  @Test
  void instructions_twoCores_areTheFirstOnes() throws IOException {
    var processor =
        processor("processor\t: 0\nflags\t\t: fpu avx2\n\nprocessor\t: 1\nflags\t\t: sse\n");
    assertThat(processor.instructions()).containsExactlyInAnyOrder("fpu", "avx2");
  }

  @Test
  void instructions_noSuchFile_areUnknown() {
    assertThat(new Processor(folder.resolve("none")).instructions()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "FLOAT32, fpu",
    "BFLOAT16, fpu avx512_bf16",
    "BFLOAT16, amx_bf16",
    "INT8, avx2 avx512_vnni"
  })
  void require_instructionsThere_isContent(WeightType type, String flags) throws IOException {
    var processor = processor("flags : " + flags);
    assertThatCode(() -> type.require(processor)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource({"BFLOAT16, avx512_bf16", "INT8, avx512_vnni"})
  void require_instructionsLacking_namesThem(WeightType type, String needed) throws IOException {
    var processor = processor("flags : fpu avx2 avx_vnni avx512f");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> type.require(processor))
        .withMessageContaining("weights must be float32")
        .withMessageContaining(needed);
  }

  @ParameterizedTest
  @CsvSource({"BFLOAT16", "INT8"})
  void require_processorUnknown_isContent(WeightType type) {
    var processor = new Processor(folder.resolve("none"));
    assertThatCode(() -> type.require(processor)).doesNotThrowAnyException();
  }

  private Processor processor(String description) throws IOException {
    return new Processor(Files.writeString(folder.resolve("cpuinfo"), description));
  }
}
