package dev.riskmanager.trader;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;

/** Who may know whom in the trader's program. */
@AnalyzeClasses(
    packages = "dev.riskmanager.trader",
    importOptions = ImportOption.DoNotIncludeTests.class)
class WallsTest {
  private static final String TRADER = "dev.riskmanager.trader.";

  @ArchTest
  static final ArchRule onlyTheWireOfTheCore =
      noClasses()
          .should()
          .dependOnClassesThat(
              resideInAPackage("dev.riskmanager..")
                  .and(not(resideInAPackage("dev.riskmanager.wire..")))
                  .and(not(resideInAPackage("dev.riskmanager.trader.."))));

  @ArchTest
  static final ArchRule nothingOfTheAdmin =
      noClasses().should().dependOnClassesThat().haveSimpleNameStartingWith("Admin");

  @ArchTest
  static final ArchRule onlyTheTerminalKnowsLanterna =
      noClasses()
          .that()
          .resideOutsideOfPackage(TRADER + "term..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("com.googlecode.lanterna..", "org.jline..", "sun.misc..");

  @ArchTest
  static final ArchRule theViewIsPure =
      noClasses()
          .that()
          .resideInAPackage(TRADER + "view..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              TRADER + "app..",
              TRADER + "feed..",
              TRADER + "term..",
              "java.io..",
              "java.net..",
              "java.nio..",
              "java.util.concurrent..",
              "picocli..",
              "tools.jackson..");

  @ArchTest
  static final ArchRule theFeedKnowsNothingOfScreens =
      noClasses()
          .that()
          .resideInAPackage(TRADER + "feed..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(TRADER + "app..", TRADER + "view..", TRADER + "term..");

  @ArchTest
  static final ArchRule theTerminalKnowsOnlyTheView =
      noClasses()
          .that()
          .resideInAPackage(TRADER + "term..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              TRADER + "app..", TRADER + "feed..", TRADER + "diary..", "dev.riskmanager.wire..");

  @ArchTest
  static final ArchRule theDiaryNeverReachesTheEngine =
      noClasses()
          .that()
          .resideInAPackage(TRADER + "diary..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              TRADER + "app..",
              TRADER + "feed..",
              TRADER + "term..",
              TRADER + "view..",
              "java.net..",
              "java.nio.channels..");

  @ArchTest
  static final ArchRule onlyTheProgramReadsClocks =
      noClasses()
          .that()
          .resideOutsideOfPackage(TRADER + "app..")
          .should()
          .callMethod(Instant.class, "now")
          .orShould()
          .callMethod(System.class, "nanoTime")
          .orShould()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(Clock.class, "systemUTC")
          .orShould()
          .callMethod(System.class, "getenv");

  @ArchTest
  static final ArchRule noFloatingPoint =
      noMethods()
          .should()
          .haveRawReturnType(double.class)
          .orShould()
          .haveRawReturnType(float.class);
}
