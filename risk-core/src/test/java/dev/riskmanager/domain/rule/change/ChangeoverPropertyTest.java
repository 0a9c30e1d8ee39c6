package dev.riskmanager.domain.rule.change;

import static org.assertj.core.api.Assertions.assertThat;

import dev.riskmanager.domain.calendar.Holidays;
import dev.riskmanager.domain.model.AccountId;
import dev.riskmanager.domain.persistent.Table;
import dev.riskmanager.domain.settings.ConfigNode;
import dev.riskmanager.domain.world.RuleFile;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * Whatever is reloaded in whatever order: before the reset nothing that holds is looser than it
 * was. Looser is told here by plain comparison of numbers, not by what the rules say of themselves.
 */
class ChangeoverPropertyTest {
  private static final AccountId ACCOUNT = new AccountId(1);
  private static final Instant NOON = Instant.parse("2025-10-31T17:00:00Z");
  private static final Instant RESET = Instant.parse("2025-10-31T22:00:00Z");

  /** A key with the values it may have, loosest first; the first one is "not there". */
  private static final Map<String, List<String>> RULES =
      new TreeMap<>(
          Map.of(
              "max_contracts: {limit", List.of("", "9", "5", "1", "0"),
              "daily_realized_loss: {limit", List.of("", "-900", "-500", "-100.5"),
              "daily_unrealized_loss: {limit", List.of("", "-300", "-200", "-1"),
              "max_unrealized_profit: {target", List.of("", "900", "500", "50"),
              "no_stop_loss_grace: {grace_period_seconds", List.of("", "60", "59s", "10"),
              "daily_realized_profit: {target", List.of("", "1000", "999.99", "1"),
              "auth_loss_guard: {check_interval_seconds", List.of("", "90", "1m", "30"),
              "symbol_blocks: {blocked_symbols",
                  List.of("", "[RTY]", "[RTY, BTC]", "[RTY, BTC, \"M*\"]", "[\"*\"]")));

  private static final List<String> MODES = List.of("shadow", "enforce");
  private static final List<String> UNLOCKS = List.of("allowed", "10m", "1h", "forbidden");

  /** How strict each rule of a file is, as places in the lists above. */
  record Level(int value, int mode, int unlock) {
    boolean isAtLeast(Level other) {
      // A rule that is not there has no mode and no unlocking.
      return other.value == 0
          || (value >= other.value && mode >= other.mode && unlock >= other.unlock);
    }
  }

  @Property(tries = 300)
  void nothingLoosensBeforeTheReset(@ForAll("files") List<List<Level>> reloads) {
    RulesInForce holds = inForce(reloads.get(0));
    Waiting waits = Waiting.NONE;
    List<Level> strictest = reloads.get(0);
    for (int i = 1; i < reloads.size(); i++) {
      Instant t = NOON.plusSeconds(60L * i);
      Changeover due = Changeover.due(holds, waits, t);
      assertThat(due.now()).isEqualTo(holds);
      Changeover change = Changeover.judge(holds, inForce(reloads.get(i)), t);
      holds = change.now();
      waits = change.later();
      List<Level> now = levels(holds);
      for (int rule = 0; rule < now.size(); rule++) {
        assertThat(now.get(rule).isAtLeast(strictest.get(rule)))
            .as("%s: %s after %s", key(rule), now.get(rule), strictest.get(rule))
            .isTrue();
        // What tightens is there at once, whatever else the same file loosens.
        Level wanted = reloads.get(i).get(rule);
        if (wanted.value() != 0) {
          assertThat(now.get(rule).value())
              .as("%s tightens", key(rule))
              .isGreaterThanOrEqualTo(wanted.value());
        }
      }
      strictest = now;
    }
    RulesInForce last = inForce(reloads.get(reloads.size() - 1));
    RulesInForce after = Changeover.due(holds, waits, RESET).now();
    assertThat(levels(after)).isEqualTo(levels(last));
    assertThat(after.rules(ACCOUNT)).isEqualTo(last.rules(ACCOUNT));
  }

  @Provide
  Arbitrary<List<List<Level>>> files() {
    Arbitrary<Level> level =
        Arbitraries.integers()
            .between(0, 4)
            .flatMap(
                value ->
                    Arbitraries.integers()
                        .between(0, 1)
                        .flatMap(
                            mode ->
                                Arbitraries.integers()
                                    .between(0, 3)
                                    .map(unlock -> new Level(value, mode, unlock))));
    return level
        .list()
        .ofSize(RULES.size())
        .map(ChangeoverPropertyTest::clipped)
        .list()
        .ofMinSize(2)
        .ofMaxSize(5);
  }

  private static List<Level> clipped(List<Level> levels) {
    List<Level> result = new ArrayList<>();
    for (int rule = 0; rule < levels.size(); rule++) {
      int most = values(rule).size() - 1;
      Level level = levels.get(rule);
      int value = Math.min(most, level.value());
      result.add(value == 0 ? new Level(0, 0, 0) : new Level(value, level.mode(), level.unlock()));
    }
    return List.copyOf(result);
  }

  private static RulesInForce inForce(List<Level> levels) {
    StringBuilder yaml = new StringBuilder("general: {net_of_fees: true}\n");
    for (int rule = 0; rule < levels.size(); rule++) {
      Level level = levels.get(rule);
      if (level.value() > 0) {
        yaml.append(key(rule))
            .append(": ")
            .append(values(rule).get(level.value()))
            .append(", mode: ")
            .append(MODES.get(level.mode()))
            .append(", admin_unlock: ")
            .append(UNLOCKS.get(level.unlock()))
            .append("}\n");
      }
    }
    Table<AccountId, ConfigNode> accounts = Table.empty();
    return new RulesInForce(accounts.with(ACCOUNT, RuleFile.tree(yaml.toString())), Holidays.NONE);
  }

  /** Reads the tree as it is written: no rule is asked. */
  private static List<Level> levels(RulesInForce rules) {
    List<Level> levels = new ArrayList<>();
    ConfigNode.Mapping tree = (ConfigNode.Mapping) rules.accounts().valueAt(0);
    for (int rule = 0; rule < RULES.size(); rule++) {
      String[] path = key(rule).split(": \\{");
      int at = rule;
      levels.add(
          tree.entries().stream()
              .filter(e -> e.key().equals(path[0]))
              .map(e -> (ConfigNode.Mapping) e.value())
              .map(
                  section ->
                      new Level(
                          values(at).indexOf(text(section, path[1])),
                          MODES.indexOf(text(section, "mode")),
                          UNLOCKS.indexOf(text(section, "admin_unlock"))))
              .findFirst()
              .orElse(new Level(0, 0, 0)));
    }
    return levels;
  }

  private static String text(ConfigNode.Mapping section, String key) {
    ConfigNode value =
        section.entries().stream()
            .filter(e -> e.key().equals(key))
            .findFirst()
            .orElseThrow()
            .value();
    if (value instanceof ConfigNode.Sequence list) {
      // Growing lists keep what they had: the same words in the same order.
      List<String> words = new ArrayList<>();
      list.items()
          .forEach(
              item -> {
                String word = ((ConfigNode.Scalar) item).text();
                words.add(word.contains("*") ? "\"" + word + "\"" : word);
              });
      return words.contains("\"*\"") ? "[\"*\"]" : "[" + String.join(", ", words) + "]";
    }
    return ((ConfigNode.Scalar) value).text();
  }

  private static String key(int rule) {
    return List.copyOf(RULES.keySet()).get(rule);
  }

  private static List<String> values(int rule) {
    return List.copyOf(RULES.values()).get(rule);
  }
}
