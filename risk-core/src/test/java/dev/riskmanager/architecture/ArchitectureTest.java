package dev.riskmanager.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who may import whom; each line was broken on purpose once. */
class ArchitectureTest {
  private static final String BASE = "dev.riskmanager.";

  /** Classes of the tests that break each wall on purpose. */
  private static final JavaClasses BROKEN =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.ONLY_INCLUDE_TESTS)
          .importPackages("dev.riskmanager")
          .that(
              DescribedPredicate.describe(
                  "break a wall", type -> type.getSimpleName().contains("Broken")));

  private static final JavaClasses CODE =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.riskmanager");

  /** Inside the domain: a package and what it may use besides itself and the JDK. */
  @ParameterizedTest
  @CsvSource({
    "domain.persistent,      ''",
    "domain.model,           ''",
    "domain.settings,        'model'",
    "domain.calendar,        'model'",
    "domain.timer,           'model'",
    "domain.lockout,         'model,persistent'",
    "domain.decision,        'model,calendar,lockout,timer,persistent'",
    "domain.event,           'model,calendar,lockout,timer,persistent'",
    "domain.state,           'model,calendar,lockout,timer,event,decision,persistent'",
    "domain.rule,           "
        + " 'model,calendar,lockout,timer,event,decision,state,settings,persistent'",
    "domain.rule.catalog,   "
        + " 'model,calendar,lockout,timer,event,decision,state,settings,persistent,rule'",
    "domain.rule.change,    "
        + " 'model,calendar,lockout,timer,event,decision,state,settings,persistent,rule,"
        + "rule.catalog'",
    "domain.engine,         "
        + " 'model,calendar,lockout,timer,event,decision,state,settings,persistent,rule'"
  })
  void aDomainPackageUsesOnlyWhatLiesBelowIt(String name, String below) {
    List<String> allowed =
        new java.util.ArrayList<>(List.of("java..", "org.jspecify..", BASE + name));
    for (String other : below.split(",", -1)) {
      if (!other.isBlank()) {
        allowed.add(BASE + "domain." + other.strip());
      }
    }
    holds(
        classes()
            .that(resideInAPackage(BASE + name))
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage(allowed.toArray(String[]::new))));
  }

  @Test
  void theDomainUsesOnlyTheJdk() {
    holds(
        classes()
            .that(resideInAPackage(BASE + "domain.."))
            .should()
            .onlyDependOnClassesThat(
                resideInAnyPackage(
                    BASE + "domain..",
                    "java.lang..",
                    "java.math..",
                    "java.time..",
                    "java.util..",
                    "org.jspecify..")));
  }

  @Test
  void theDomainHasNoThreads() {
    holds(
        noClasses()
            .that(resideInAPackage(BASE + "domain.."))
            .should()
            .dependOnClassesThat(
                resideInAPackage("java.util.concurrent..")
                    .or(named("java.lang.Thread", "java.util.Timer", "java.util.Random"))));
  }

  /** Their order differs between starts of the JVM, or is nobody's promise. */
  @Test
  void theDomainHasNoUnorderedCollections() {
    holds(
        noClasses()
            .that(resideInAPackage(BASE + "domain.."))
            .should()
            .dependOnClassesThat(named("java.util.HashMap", "java.util.IdentityHashMap"))
            .orShould()
            .callMethodWhere(
                access("Set.of, Map.of, copyOf or groupingBy", ArchitectureTest::isUnordered)));
  }

  private static boolean isUnordered(JavaAccess<?> access) {
    String owner = access.getTargetOwner().getName();
    String method = access.getName();
    return ((owner.equals("java.util.Set") || owner.equals("java.util.Map"))
            && Set.of("of", "copyOf", "ofEntries").contains(method))
        || (owner.equals("java.util.stream.Collectors")
            && Set.of("toSet", "toMap", "groupingBy", "toUnmodifiableSet").contains(method));
  }

  @Test
  void theDomainHasNoFloatingPoint() {
    holds(classes().that(resideInAPackage(BASE + "domain..")).should(haveNoFloatingPoint()));
  }

  @Test
  void noRuleUsesAnother() {
    holds(
        classes()
            .that(resideInAPackage(BASE + "domain.rule.catalog"))
            .and()
            .doNotHaveSimpleName("RuleCatalog")
            .should(useNoOtherRule()));
  }

  @ParameterizedTest
  @CsvSource({"gateway", "loop", "store", "enforce", "control", "config", "notify", "service"})
  void anAdapterUsesNoOtherAdapter(String adapter) {
    holds(
        noClasses()
            .that(resideInAPackage(BASE + "daemon." + adapter + ".."))
            .should()
            .dependOnClassesThat(
                new DescribedPredicate<>("live in another adapter or in the composition root") {
                  @Override
                  public boolean test(JavaClass other) {
                    String name = other.getPackageName();
                    return name.startsWith(BASE + "daemon.")
                        && !name.startsWith(BASE + "daemon." + adapter)
                        && !name.startsWith(BASE + "daemon.port")
                        && !name.startsWith(BASE + "daemon.contracts");
                  }
                }));
  }

  @Test
  void theWireKnowsNothingOfTheEngine() {
    holds(
        noClasses()
            .that(resideInAPackage(BASE + "wire.."))
            .should()
            .dependOnClassesThat(resideInAnyPackage(BASE + "domain..", BASE + "daemon..")));
  }

  /** What the live gateway and a replay share knows neither of the two. */
  @ParameterizedTest
  @CsvSource({"payload, ''", "recording, payload"})
  void theFormatsUseOnlyTheDomain(String name, String below) {
    List<String> others = new java.util.ArrayList<>(List.of(BASE + "domain..", BASE + name));
    if (!below.isEmpty()) {
      others.add(BASE + below);
    }
    holds(
        noClasses()
            .that(resideInAPackage(BASE + name))
            .should()
            .dependOnClassesThat(
                resideInAPackage("dev.riskmanager..")
                    .and(
                        DescribedPredicate.not(
                            resideInAnyPackage(others.toArray(String[]::new))))));
  }

  /** Replay is the core with files around it: no venue, no database, no loop. */
  @Test
  void replayUsesOnlyTheCoreTheFormatsAndTheConfiguration() {
    holds(
        noClasses()
            .that(resideInAPackage(BASE + "replay.."))
            .should()
            .dependOnClassesThat(
                resideInAPackage("dev.riskmanager..")
                    .and(
                        DescribedPredicate.not(
                            resideInAnyPackage(
                                BASE + "domain..",
                                BASE + "payload",
                                BASE + "recording",
                                BASE + "daemon.config",
                                BASE + "daemon.contracts",
                                BASE + "replay")))));
  }

  @Test
  void onlyTheExecutorAndTheGatewayUseTheVenue() {
    holds(
        noClasses()
            .that(
                resideInAnyPackage(
                    BASE + "domain..",
                    BASE + "daemon.loop..",
                    BASE + "daemon.control..",
                    BASE + "daemon.store..",
                    BASE + "daemon.config..",
                    BASE + "daemon.status.."))
            .should()
            .dependOnClassesThat(named(BASE + "daemon.port.Venue")));
  }

  @Test
  void theViewServerHasNoWayToAnAdminMethod() {
    holds(
        noClasses()
            .that(resideInAPackage(BASE + "daemon.control.."))
            .and()
            .haveSimpleNameStartingWith("View")
            .should()
            .dependOnClassesThat(
                named(BASE + "daemon.port.AdminBackend", BASE + "daemon.control.AdminMethods")));
  }

  /** Calls and method references alike. */
  @Test
  void onlyTheCompositionRootReadsTheSystemsClock() {
    holds(
        noClasses()
            .that(resideInAPackage("dev.riskmanager.."))
            .and()
            .resideOutsideOfPackages(BASE + "daemon.app..", BASE + "sim..")
            .should()
            .accessTargetWhere(access("the system's clock", ArchitectureTest::readsClock)));
    assertThat(
            CODE.stream()
                .flatMap(c -> c.getAccessesFromSelf().stream())
                .filter(ArchitectureTest::readsClock))
        .as("the check sees the reads that are allowed")
        .isNotEmpty();
  }

  private static boolean readsClock(JavaAccess<?> access) {
    String owner = access.getTargetOwner().getName();
    String method = access.getName();
    return (owner.startsWith("java.time.") && method.equals("now"))
        || (owner.equals("java.lang.System") && method.equals("currentTimeMillis"))
        || ((owner.equals("java.time.InstantSource") || owner.equals("java.time.Clock"))
            && method.startsWith("system"));
  }

  /** The code keeps the wall, and the check is seen to go red where it is broken on purpose. */
  private static void holds(ArchRule wall) {
    wall.check(CODE);
    assertThat(wall.evaluate(BROKEN).hasViolation())
        .as("%s goes red", wall.getDescription())
        .isTrue();
  }

  private static DescribedPredicate<JavaAccess<?>> access(
      String what, java.util.function.Predicate<JavaAccess<?>> test) {
    return new DescribedPredicate<>(what) {
      @Override
      public boolean test(JavaAccess<?> access) {
        return test.test(access);
      }
    };
  }

  private static DescribedPredicate<JavaClass> named(String... names) {
    Set<String> wanted = Set.of(names);
    return new DescribedPredicate<>("be one of " + String.join(", ", names)) {
      @Override
      public boolean test(JavaClass other) {
        return wanted.contains(other.getName());
      }
    };
  }

  private static ArchCondition<JavaClass> haveNoFloatingPoint() {
    return new ArchCondition<>("have no double or float") {
      @Override
      public void check(JavaClass owner, ConditionEvents events) {
        Set<String> floating = Set.of("double", "float", "java.lang.Double", "java.lang.Float");
        owner.getFields().stream()
            .filter(field -> floating.contains(field.getRawType().getName()))
            .forEach(
                field -> events.add(SimpleConditionEvent.violated(field, field.getFullName())));
        owner.getMethods().stream()
            .filter(
                method ->
                    floating.contains(method.getRawReturnType().getName())
                        || method.getRawParameterTypes().stream()
                            .anyMatch(type -> floating.contains(type.getName())))
            .forEach(
                method -> events.add(SimpleConditionEvent.violated(method, method.getFullName())));
        owner.getMethodCallsFromSelf().stream()
            .filter(
                call ->
                    floating.contains(call.getTarget().getRawReturnType().getName())
                        || floating.contains(call.getTargetOwner().getName()))
            .forEach(
                call -> events.add(SimpleConditionEvent.violated(call, call.getDescription())));
      }
    };
  }

  private static ArchCondition<JavaClass> useNoOtherRule() {
    return new ArchCondition<>("use no other rule") {
      @Override
      public void check(JavaClass rule, ConditionEvents events) {
        rule.getDirectDependenciesFromSelf().stream()
            .filter(d -> isRule(d.getTargetClass()))
            .filter(d -> !outermost(d.getTargetClass()).equals(outermost(rule)))
            .forEach(d -> events.add(SimpleConditionEvent.violated(d, d.getDescription())));
      }
    };
  }

  private static boolean isRule(JavaClass type) {
    return outermost(type).isAssignableTo(BASE + "domain.rule.RiskRule")
        && type.getPackageName().equals(BASE + "domain.rule.catalog");
  }

  private static JavaClass outermost(JavaClass type) {
    JavaClass outer = type;
    while (outer.getEnclosingClass().isPresent()) {
      outer = outer.getEnclosingClass().get();
    }
    return outer;
  }
}
