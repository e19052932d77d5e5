package dev.unmask.client;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.unmask.client", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule LIBRARY_IS_SMALL =
      noClasses()
          .that()
          .resideInAPackage("dev.unmask.client")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("dev.unmask.client.*..", "picocli..", "com.fasterxml..");

  @ArchTest
  static final ArchRule SERVICES_ARE_STARTED_IN_ONE_PACKAGE =
      noClasses()
          .that()
          .resideOutsideOfPackages("dev.unmask.client.local", "dev.unmask.client.command")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("dev.unmask.gateway..", "dev.unmask.worker..", "dev.unmask.cache..");

  @ArchTest
  static final ArchRule DRAWING_IS_PURE =
      noClasses()
          .that()
          .resideInAPackage("dev.unmask.client.terminal")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.grpc..", "picocli..", "java.util.concurrent..");

  @ArchTest
  static final ArchRule NO_CYCLES =
      slices().matching("dev.unmask.client.(*)..").should().beFreeOfCycles();
}
