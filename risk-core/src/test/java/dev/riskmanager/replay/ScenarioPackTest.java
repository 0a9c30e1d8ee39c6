package dev.riskmanager.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.riskmanager.daemon.config.ShippedConfig;
import dev.riskmanager.domain.settings.ConfigNode;
import dev.riskmanager.domain.settings.Problems;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The pack in docs/scenarios, which users run with {@code risk-admin check docs/scenarios}: what
 * the rules of protection say, written down by hand, against what the core decides.
 */
class ScenarioPackTest {
  private static final Path PACK = Path.of("..", "docs", "scenarios");

  /** A pack that shrinks was cut by mistake. */
  private static final int AT_LEAST = 650;

  private static SequencedMap<String, List<Scenario>> pack = new TreeMap<>();

  @BeforeAll
  static void readThePack() throws IOException {
    SequencedMap<String, List<Scenario>> read = new TreeMap<>();
    for (Path file : ScenarioFiles.find(List.of(PACK))) {
      Problems problems = new Problems();
      List<Scenario> scenarios =
          ScenarioFiles.read(file, Optional.empty(), ShippedConfig.holidays(), problems);
      assertThat(problems.errors()).as("mistakes in %s", file).isEmpty();
      read.put(String.valueOf(file.getFileName()), scenarios);
    }
    pack = read;
  }

  @TestFactory
  Stream<DynamicNode> everyScenarioIsDecidedAsWritten() {
    return pack.entrySet().stream()
        .map(
            file ->
                dynamicContainer(
                    file.getKey(),
                    file.getValue().stream()
                        .map(one -> dynamicTest(one.name(), () -> assertGreen(one)))));
  }

  private static void assertGreen(Scenario scenario) {
    ScenarioRun run = ScenarioRun.of(scenario);
    assertThat(run.green()).as(String.join("\n", new CheckText(false, true).lines(run))).isTrue();
  }

  @Test
  void noneWasLost() {
    assertThat(all()).hasSizeGreaterThanOrEqualTo(AT_LEAST);
  }

  /** A red one is looked up by its name. */
  @Test
  void noTwoHaveTheSameName() {
    assertThat(all().stream().map(scenario -> scenario.name().toLowerCase(Locale.ROOT)))
        .doesNotHaveDuplicates();
  }

  /** Each rule is seen to speak and, configured, to be silent: in one case it must not act. */
  @ParameterizedTest
  @CsvSource({
    "RULE-001, max_contracts",
    "RULE-002, max_contracts_per_instrument",
    "RULE-003, daily_realized_loss",
    "RULE-004, daily_unrealized_loss",
    "RULE-005, max_unrealized_profit",
    "RULE-006, trade_frequency_limit",
    "RULE-007, cooldown_after_loss",
    "RULE-008, no_stop_loss_grace",
    "RULE-009, session_block_outside",
    "RULE-010, auth_loss_guard",
    "RULE-011, symbol_blocks",
    "RULE-012, trade_management",
    "RULE-013, daily_realized_profit",
  })
  void everyRuleSpeaksAndIsSilent(String id, String key) {
    assertThat(all().stream().filter(scenario -> expects(scenario, id))).hasSizeGreaterThan(10);
    assertThat(
            all().stream()
                .filter(scenario -> configures(scenario, key))
                .filter(scenario -> scenario.expected().isEmpty()))
        .hasSizeGreaterThan(4);
  }

  private static boolean expects(Scenario scenario, String ruleId) {
    return scenario.expected().stream()
        .anyMatch(line -> line.members().path("ruleId").asString("").equals(ruleId));
  }

  private static boolean configures(Scenario scenario, String key) {
    return scenario.rules().tree() instanceof ConfigNode.Mapping tree
        && tree.entries().stream().anyMatch(section -> section.key().equals(key));
  }

  private static List<Scenario> all() {
    List<Scenario> all = new ArrayList<>();
    pack.values().forEach(all::addAll);
    return all;
  }
}
