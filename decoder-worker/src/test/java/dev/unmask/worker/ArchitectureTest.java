package dev.unmask.worker;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(
    packages = "dev.unmask.worker",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule policies_seeArraysOnly =
      noClasses()
          .that()
          .resideInAnyPackage(
              "..worker.canvas..", "..worker.unmask..", "..worker.caching..", "..worker.decoding..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "ai.djl..",
              "io.grpc..",
              "io.micronaut..",
              "com.google.protobuf..",
              "dev.unmask.worker.engine..",
              "dev.unmask.worker.model..");

  @ArchTest
  static final ArchRule tensors_areKnownToTheEngineOnly =
      noClasses()
          .that()
          .resideOutsideOfPackages("..worker.engine..", "..worker.text..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("ai.djl..");

  @ArchTest
  static final ArchRule messages_areKnownToTheEdgesOnly =
      noClasses()
          .that()
          .resideInAnyPackage("..worker.engine..", "..worker.model..", "..worker.text..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.grpc..", "com.google.protobuf..", "io.micronaut..");

  @ArchTest
  static final ArchRule api_reachesForNoTensorAndNoFile =
      noClasses()
          .that()
          .resideInAPackage("..worker.api..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.unmask.worker.engine..", "dev.unmask.worker.pages..", "java.nio.file..");

  @ArchTest
  static final ArchRule worker_knowsNoOtherService =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("dev.unmask.cache..", "dev.unmask.gateway..", "dev.unmask.client..");

  @ArchTest
  static final ArchRule packages_haveNoCycles =
      slices().matching("dev.unmask.worker.(*)..").should().beFreeOfCycles();
}
