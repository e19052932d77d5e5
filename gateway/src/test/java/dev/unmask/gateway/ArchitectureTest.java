package dev.unmask.gateway;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(
    packages = "dev.unmask.gateway",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule gateway_knowsNoTensorsAndNoTokenizer =
      noClasses().should().dependOnClassesThat().resideInAPackage("ai.djl..");

  @ArchTest
  static final ArchRule gateway_dependsOnTheContractOnly =
      noClasses()
          .should()
          .dependOnClassesThat(
              resideInAPackage("dev.unmask.worker..")
                  .or(resideInAPackage("dev.unmask.cache.."))
                  .or(resideInAPackage("dev.unmask.client..")));

  @ArchTest
  static final ArchRule packages_haveNoCycles =
      slices().matching("dev.unmask.gateway.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule api_translatesOnly =
      classes()
          .that()
          .resideInAPackage("..gateway.api..")
          .should()
          .onlyDependOnClassesThat(
              resideInAPackage("..gateway.api..")
                  .or(resideInAPackage("..gateway.session.."))
                  .or(resideInAPackage("dev.unmask.generation.v1.."))
                  .or(resideInAPackage("io.grpc.."))
                  .or(resideInAPackage("jakarta.inject.."))
                  .or(resideInAPackage("java.."))
                  .or(resideInAPackage("io.micronaut.."))
                  .or(resideInAPackage("com.google.errorprone..")));

  @ArchTest
  static final ArchRule routingAndAdmission_knowNothingOfWhatStandsBeforeThem =
      noClasses()
          .that()
          .resideInAnyPackage("..gateway.routing..", "..gateway.admission..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("..gateway.session..", "..gateway.api..");

  @ArchTest
  static final ArchRule discovery_knowsNothingOfWhoFollowsIt =
      noClasses()
          .that()
          .resideInAPackage("..gateway.discovery..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "..gateway.routing..", "..gateway.session..", "..gateway.admission..");

  /** What is measured is asked, or overheard, by one package. */
  @ArchTest
  static final ArchRule metrics_areKnownToOnePackageAndWiring =
      noClasses()
          .that()
          .resideInAnyPackage("dev.unmask.gateway.*..")
          .and()
          .resideOutsideOfPackage("..gateway.metrics..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.micrometer..", "dev.unmask.metrics..", "dev.unmask.gateway.metrics..");

  @ArchTest
  static final ArchRule wiring_isTheOnlyPlaceThatKnowsNetty =
      noClasses()
          .that()
          .resideInAnyPackage("dev.unmask.gateway.*..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.grpc.netty..", "io.netty..");
}
