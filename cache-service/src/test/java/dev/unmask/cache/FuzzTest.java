package dev.unmask.cache;

import dev.unmask.cache.api.CallFuzz;
import dev.unmask.cache.wire.IncomingFuzz;
import dev.unmask.fuzz.Fuzzing;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What this module reads of others, attacked. */
class FuzzTest {
  @TestFactory
  Stream<DynamicTest> bytes_attacked_neitherCrashNorHang() {
    return Fuzzing.of(IncomingFuzz.class, CallFuzz.class);
  }
}
