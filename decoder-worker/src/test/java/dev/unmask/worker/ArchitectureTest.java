package dev.unmask.worker;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.unmask.worker.engine.Cost;
import dev.unmask.worker.engine.KvPool;

@AnalyzeClasses(
    packages = "dev.unmask.worker",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule policies_seeArraysOnly =
      noClasses()
          .that()
          .resideInAnyPackage(
              "..worker.canvas..",
              "..worker.rows..",
              "..worker.sampling..",
              "..worker.scoring..",
              "..worker.unmask..",
              "..worker.caching..",
              "..worker.method..",
              "..worker.decoding..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "ai.djl..",
              "io.grpc..",
              "io.micronaut..",
              "com.google.protobuf..",
              "dev.unmask.worker.engine..",
              "dev.unmask.worker.model..");

  /** How tokens are drawn and scored is what all others build on. */
  @ArchTest
  static final ArchRule samplingAndScoring_knowNobody =
      noClasses()
          .that()
          .resideInAnyPackage("..worker.sampling..", "..worker.scoring..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.unmask.worker.canvas..",
              "dev.unmask.worker.rows..",
              "dev.unmask.worker.unmask..",
              "dev.unmask.worker.caching..",
              "dev.unmask.worker.method..",
              "dev.unmask.worker.decoding..");

  /** Rows are the words between cache policies, the loop and the engine. */
  @ArchTest
  static final ArchRule rows_knowNeitherCachesNorTheLoop =
      noClasses()
          .that()
          .resideInAPackage("..worker.rows..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.unmask.worker.canvas..",
              "dev.unmask.worker.caching..",
              "dev.unmask.worker.method..",
              "dev.unmask.worker.decoding..");

  /** A policy follows nothing but what it is told. */
  @ArchTest
  static final ArchRule policies_knowNoMethodAndNoLoop =
      noClasses()
          .that()
          .resideInAnyPackage("..worker.unmask..", "..worker.caching..", "..worker.canvas..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("dev.unmask.worker.method..", "dev.unmask.worker.decoding..");

  @ArchTest
  static final ArchRule method_knowsNoLoop =
      noClasses()
          .that()
          .resideInAPackage("..worker.method..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("dev.unmask.worker.decoding..");

  @ArchTest
  static final ArchRule unmaskPolicies_knowNoCache =
      noClasses()
          .that()
          .resideInAPackage("..worker.unmask..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("dev.unmask.worker.caching..", "dev.unmask.worker.rows..");

  @ArchTest
  static final ArchRule cachePolicies_knowNoUnmaskPolicy =
      noClasses()
          .that()
          .resideInAPackage("..worker.caching..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("dev.unmask.worker.unmask..");

  /** What is chosen is a function of what was put in: no clock, no threads, no device. */
  @ArchTest
  static final ArchRule scheduling_isPure =
      noClasses()
          .that()
          .resideInAPackage("..worker.scheduling..")
          .should()
          .dependOnClassesThat(
              resideInAnyPackage(
                      "dev.unmask.worker..",
                      "ai.djl..",
                      "io.grpc..",
                      "io.micronaut..",
                      "com.google.protobuf..",
                      "java.time..",
                      "java.util.concurrent..")
                  .and(not(resideInAPackage("..worker.scheduling..")))
                  .and(not(belongToAnyOf(Cost.class, KvPool.class))))
          .orShould()
          .callMethod(System.class, "nanoTime")
          .orShould()
          .dependOnClassesThat()
          .areAssignableTo(Thread.class);

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

  /** What is measured is asked, or overheard, by one package. */
  @ArchTest
  static final ArchRule metrics_areKnownToOnePackageAndWiring =
      noClasses()
          .that()
          .resideInAnyPackage("dev.unmask.worker.*..")
          .and()
          .resideOutsideOfPackages("..worker.metrics..", "..worker.config..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.micrometer..", "dev.unmask.metrics..", "dev.unmask.worker.metrics..");

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
