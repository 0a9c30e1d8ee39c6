package dev.riskmanager.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.riskmanager.daemon.app.ConfigCheck;
import dev.riskmanager.domain.model.RuleId;
import dev.riskmanager.domain.rule.catalog.RuleCatalog;
import dev.riskmanager.wire.ConfigReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A rule is one file, one test, one page and one stanza of the sample: none is forgotten. */
class RepositoryTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Path PAGES = ROOT.resolve("docs/rules");
  private static final Path CATALOG = Path.of("src/main/java/dev/riskmanager/domain/rule/catalog");
  private static final List<String> HEADINGS =
      List.of("What.", "When.", "Does what.", "Formula.", "Example", "How it could be fooled");

  static Stream<RuleId> rules() {
    return RuleCatalog.ids().stream();
  }

  @Test
  void theNumbersOfTheRulesAreOneToThirteen() {
    assertThat(RuleCatalog.ids())
        .extracting(RuleId::number)
        .containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13);
  }

  @ParameterizedTest
  @MethodSource("rules")
  void aRuleHasItsFile(RuleId rule) {
    assertThat(CATALOG.resolve(className(rule) + ".java")).isRegularFile();
  }

  @ParameterizedTest
  @MethodSource("rules")
  void aRuleHasItsTests(RuleId rule) throws IOException {
    Path test =
        Path.of("src/test/java/dev/riskmanager/domain/rule/catalog")
            .resolve(className(rule) + "Test.java");
    assertThat(test).isRegularFile();
    assertThat(Files.readString(test)).contains("@Test");
  }

  @ParameterizedTest
  @MethodSource("rules")
  void aRuleHasItsPageWithAllItsHeadings(RuleId rule) throws IOException {
    Path page = PAGES.resolve(page(rule));
    assertThat(page).isRegularFile();
    String text = Files.readString(page);
    assertThat(text).startsWith("# " + rule + " `" + rule.key() + "`\n");
    List<String> found = new ArrayList<>();
    Matcher bold = Pattern.compile("(?m)^\\*\\*([^*]+)\\*\\*\\s*(.*)").matcher(text);
    while (bold.find()) {
      assertThat(bold.group(2)).as("text behind %s", bold.group(1)).isNotBlank();
      HEADINGS.stream().filter(bold.group(1)::startsWith).forEach(found::add);
    }
    assertThat(found).containsExactlyElementsOf(HEADINGS);
  }

  @Test
  void theIndexListsEveryPageAndNothingElse() throws IOException {
    String index = Files.readString(PAGES.resolve("README.md"));
    List<String> linked = new ArrayList<>();
    Matcher link = Pattern.compile("\\[(RULE-\\d{3})]\\(([^)]+)\\) \\| `([a-z_]+)`").matcher(index);
    while (link.find()) {
      linked.add(link.group(1) + " " + link.group(2) + " " + link.group(3));
    }
    assertThat(linked)
        .containsExactlyElementsOf(
            rules().map(rule -> rule + " " + page(rule) + " " + rule.key()).toList());
    try (Stream<Path> files = Files.list(PAGES)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrderElementsOf(
              Stream.concat(rules().map(RepositoryTest::page), Stream.of("README.md")).toList());
    }
  }

  @ParameterizedTest
  @MethodSource("rules")
  void aRuleHasItsCommentedStanzaInTheSample(RuleId rule) throws IOException {
    assertThat(Files.readString(ROOT.resolve("config/risk_config.yaml")))
        .containsPattern("(?m)^# " + rule + ": .+\n" + rule.key() + ":\n  enabled: (true|false)\n");
  }

  /** Whoever starts from the samples is told of nothing that is theirs to mend. */
  @Test
  void theSamplesLoadWithoutAnErrorOrAWarning() {
    ConfigReport report = ConfigCheck.validate(ROOT.resolve("config"), Map.of());

    assertThat(report.problems()).isEmpty();
    assertThat(report.valid()).isTrue();
  }

  private static String page(RuleId rule) {
    return rule + "-" + rule.key() + ".md";
  }

  /** {@code daily_realized_loss} → {@code DailyRealizedLoss}. */
  private static String className(RuleId rule) {
    StringBuilder name = new StringBuilder();
    for (String word : rule.key().split("_", -1)) {
      name.append(word.substring(0, 1).toUpperCase(Locale.ROOT)).append(word.substring(1));
    }
    return name.toString();
  }
}
