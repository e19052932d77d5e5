package dev.unmask.worker;

import dev.unmask.fuzz.Fuzzing;
import dev.unmask.worker.model.CheckpointFuzz;
import dev.unmask.worker.model.files.TensorFileFuzz;
import dev.unmask.worker.pages.transfer.ReceiptFuzz;
import dev.unmask.worker.preference.ModelFilesFuzz;
import dev.unmask.worker.replay.cases.TraceFuzz;
import dev.unmask.worker.text.ChatTemplateFuzz;
import dev.unmask.worker.text.TokenizerFuzz;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What this module reads of others, attacked. */
class FuzzTest {
  @TestFactory
  Stream<DynamicTest> bytes_attacked_neitherCrashNorHang() {
    return Fuzzing.of(
        TensorFileFuzz.class,
        CheckpointFuzz.class,
        ModelFilesFuzz.class,
        TokenizerFuzz.class,
        ChatTemplateFuzz.class,
        TraceFuzz.class,
        ReceiptFuzz.class);
  }
}
