package dev.unmask.cache;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.unmask.cache", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {
  @ArchTest
  static final ArchRule CHRONICLE_IS_KNOWN_TO_ONE_CLASS =
      noClasses()
          .that()
          .doNotHaveFullyQualifiedName("dev.unmask.cache.slab.PageIndex")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("net.openhft..");

  @ArchTest
  static final ArchRule PACKAGES_HAVE_NO_CYCLES =
      slices().matching("dev.unmask.cache.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule STORE_KNOWS_NO_TRANSPORT =
      noClasses()
          .that()
          .resideInAnyPackage("..store..", "..slab..", "..states..", "..eviction..", "..lease..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.grpc..",
              "io.micronaut..",
              "dev.unmask.pagecache..",
              "dev.unmask.cache.api..",
              "dev.unmask.cache.admin..");

  @ArchTest
  static final ArchRule API_REACHES_FOR_NO_FILE_AND_NO_MEMORY =
      noClasses()
          .that()
          .resideInAnyPackage("..api..", "..admin..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "java.lang.foreign..", "java.nio.channels..", "java.nio.file..", "..eviction..");

  @ArchTest
  static final ArchRule METRICS_ARE_KNOWN_TO_ONE_PACKAGE_AND_WIRING =
      noClasses()
          .that()
          .resideInAnyPackage("dev.unmask.cache.*..")
          .and()
          .resideOutsideOfPackages("..cache.metrics..", "..cache.config..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.micrometer..", "dev.unmask.metrics..", "dev.unmask.cache.metrics..");

  @ArchTest
  static final ArchRule CLASSES_ARE_FINAL =
      classes()
          .that()
          .areNotInterfaces()
          .and()
          .haveNameNotMatching(".*\\.\\$.*")
          .and()
          .areNotAnonymousClasses()
          .should()
          .haveModifier(com.tngtech.archunit.core.domain.JavaModifier.FINAL);
}
