package dev.unmask.client.evaluation.task;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(
    packages = {
      "dev.unmask.client.evaluation.task",
      "dev.unmask.client.evaluation.grading",
      "dev.unmask.client.evaluation.sandbox"
    },
    importOptions = DoNotIncludeTests.class)
class ArrowsTest {
  @ArchTest
  static final ArchRule NO_CYCLES =
      slices().matching("dev.unmask.client.evaluation.(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule TASKS_KNOW_GRADERS_AND_NOT_THE_OTHER_WAY_ROUND =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.unmask.client.evaluation.task..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("dev.unmask.client.evaluation.task..");

  @ArchTest
  static final ArchRule QUESTIONS_KNOW_NOTHING_OF_SERVICES =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.grpc..", "com.google..", "picocli..", "dev.unmask.contract..");

  @ArchTest
  static final ArchRule MATHEMATICS_IS_PURE =
      noClasses()
          .that()
          .resideInAPackage("dev.unmask.client.evaluation.grading.math..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("java.io..", "java.nio..", "java.net..", "java.util.concurrent..");
}
