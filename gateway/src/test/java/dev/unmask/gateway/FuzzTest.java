package dev.unmask.gateway;

import dev.unmask.fuzz.Fuzzing;
import dev.unmask.gateway.access.tenants.CredentialFuzz;
import dev.unmask.gateway.access.tenants.TenantsFileFuzz;
import dev.unmask.gateway.openai.request.BodyFuzz;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What this module reads of others, attacked. */
class FuzzTest {
  @TestFactory
  Stream<DynamicTest> bytes_attacked_neitherCrashNorHang() {
    return Fuzzing.of(BodyFuzz.class, CredentialFuzz.class, TenantsFileFuzz.class);
  }
}
