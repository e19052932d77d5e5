package dev.unmask.contract;

import dev.unmask.contract.rules.RequestFuzz;
import dev.unmask.fuzz.Fuzzing;
import dev.unmask.page.PageRecordFuzz;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What this module reads of others, attacked. */
class FuzzTest {
  @TestFactory
  Stream<DynamicTest> bytes_attacked_neitherCrashNorHang() {
    return Fuzzing.of(RequestFuzz.class, PageRecordFuzz.class);
  }
}
