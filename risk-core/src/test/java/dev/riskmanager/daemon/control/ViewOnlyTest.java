package dev.riskmanager.daemon.control;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.ArrayDeque;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * From the view socket there is no way, through any number of classes, to what changes something.
 */
class ViewOnlyTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages(
              "dev.riskmanager.daemon.control",
              "dev.riskmanager.daemon.port",
              "dev.riskmanager.wire");

  @Test
  void theViewServerReachesNothingOfTheAdmins() {
    assertThat(reachableFrom("dev.riskmanager.daemon.control.ViewServer"))
        .contains("dev.riskmanager.daemon.control.ControlServer")
        .noneMatch(name -> name.contains("Admin"))
        .noneMatch(name -> name.endsWith(".Gate"));
  }

  @Test
  void theAdminServerDoes() {
    assertThat(reachableFrom("dev.riskmanager.daemon.control.AdminServer"))
        .contains(
            "dev.riskmanager.daemon.port.AdminBackend", "dev.riskmanager.daemon.control.Gate");
  }

  @Test
  void theTradersClientKnowsNoAdminMethod() {
    assertThat(reachableFrom("dev.riskmanager.wire.ViewClient"))
        .contains("dev.riskmanager.wire.ControlClient")
        .noneMatch(name -> name.contains("Admin"));
  }

  private static Set<String> reachableFrom(String start) {
    Set<String> seen = new TreeSet<>();
    ArrayDeque<JavaClass> open = new ArrayDeque<>();
    open.add(CLASSES.get(start));
    while (!open.isEmpty()) {
      JavaClass next = open.remove();
      if (seen.add(next.getName())) {
        for (Dependency dependency : next.getDirectDependenciesFromSelf()) {
          JavaClass target = dependency.getTargetClass().getBaseComponentType();
          if (CLASSES.contain(target.getName())) {
            open.add(CLASSES.get(target.getName()));
          }
        }
      }
    }
    return seen;
  }
}
