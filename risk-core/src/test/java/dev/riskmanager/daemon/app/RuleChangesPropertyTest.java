package dev.riskmanager.daemon.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.riskmanager.daemon.config.YamlEdit;
import dev.riskmanager.daemon.port.Store;
import dev.riskmanager.domain.calendar.Holidays;
import dev.riskmanager.domain.model.AccountId;
import dev.riskmanager.domain.persistent.Table;
import dev.riskmanager.domain.rule.change.RulesInForce;
import dev.riskmanager.domain.settings.ConfigNode;
import dev.riskmanager.domain.world.RuleFile;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/**
 * Whatever is set, reloaded, edited while the engine is down, restarted and waited for: without
 * {@code --now} a limit in force becomes looser only at a reset of its rule, and then only to what
 * the file said before that reset. Looser is told by plain comparison of numbers.
 */
class RuleChangesPropertyTest {
  private static final AccountId ME = new AccountId(7);
  private static final Instant START = Instant.parse("2025-10-31T17:00:00Z");

  /** Each limit with its reset; higher is stricter for the losses, lower for the others. */
  private enum Limit {
    LOSS("daily_realized_loss", "limit", true, LocalTime.of(17, 0), ZoneId.of("America/New_York")),
    PROFIT(
        "daily_realized_profit",
        "target",
        false,
        LocalTime.of(17, 0),
        ZoneId.of("America/Chicago")),
    CONTRACTS("max_contracts", "limit", false, LocalTime.of(16, 0), ZoneId.of("America/Chicago"));

    final String section;
    final String key;
    final boolean higherIsStricter;
    final LocalTime reset;
    final ZoneId zone;

    Limit(String section, String key, boolean higherIsStricter, LocalTime reset, ZoneId zone) {
      this.section = section;
      this.key = key;
      this.higherIsStricter = higherIsStricter;
      this.reset = reset;
      this.zone = zone;
    }

    boolean isLooser(BigDecimal value, BigDecimal than) {
      int order = value.compareTo(than);
      return higherIsStricter ? order < 0 : order > 0;
    }

    /** Whether its reset lies in (from, to], by the calendar alone. */
    boolean resetsBetween(Instant from, Instant to) {
      LocalDate day = from.atZone(zone).toLocalDate();
      for (int i = 0; i <= Duration.between(from, to).toDays() + 2; i++) {
        Instant at = ZonedDateTime.of(day.plusDays(i), reset, zone).toInstant();
        if (at.isAfter(from) && !at.isAfter(to)) {
          return true;
        }
      }
      return false;
    }
  }

  /** Something that is done; the kind says which of the members it uses. */
  record Step(Kind kind, Limit limit, int value, int otherValue, int minutes) {
    enum Kind {
      SET,
      SET_NOW,
      RELOAD,
      RELOAD_NOW,
      EDIT_AND_RESTART,
      RESTART,
      WAIT
    }
  }

  /** The engine's side of it: the file, the keeper, and the rows that survive a restart. */
  private static final class Engine {
    Instant now = START;
    String file =
        """
        # the trader agreed to these
        general: {reset_time: "16:00", timezone: America/Chicago}
        daily_realized_loss:
          limit: -500   # dollars
          timezone: America/New_York
          reset_time: "17:00"
        daily_realized_profit: {target: 500, timezone: America/Chicago, reset_time: "17:00"}
        max_contracts: {limit: 500, close_all: true}
        """;
    RuleKeeper keeper = RuleKeeper.start(List.of(), rules(), now).keeper();
    List<Store.MetaSaved> rows = rows();

    RulesInForce rules() {
      Table<AccountId, ConfigNode> accounts = Table.empty();
      return new RulesInForce(accounts.with(ME, RuleFile.tree(file)), Holidays.NONE);
    }

    List<Store.MetaSaved> rows() {
      return keeper.rows().stream().map(Store.MetaSaved.class::cast).toList();
    }

    void edit(Limit limit, int value) {
      int number = limit.higherIsStricter ? -value : value;
      file = YamlEdit.set(file, List.of(limit.section, limit.key), Integer.toString(number));
    }

    void tick() {
      keeper.due(now).ifPresent(due -> keeper.took(due, now));
      rows = rows();
    }

    void take(Step step) {
      switch (step.kind()) {
        case SET -> {
          edit(step.limit(), step.value());
          keeper.took(keeper.judge(rules(), now), now);
        }
        case SET_NOW -> {
          edit(step.limit(), step.value());
          List<String> path = List.of(step.limit().section, step.limit().key);
          keeper.took(keeper.atOnce(rules(), path, now), now);
        }
        case RELOAD, RELOAD_NOW -> {
          edit(step.limit(), step.value());
          edit(Limit.values()[(step.limit().ordinal() + 1) % 3], step.otherValue());
          keeper.took(
              step.kind() == Step.Kind.RELOAD
                  ? keeper.judge(rules(), now)
                  : keeper.atOnce(rules(), now),
              now);
        }
        case EDIT_AND_RESTART -> {
          now = now.plus(Duration.ofMinutes(step.minutes()));
          edit(step.limit(), step.value());
          keeper = RuleKeeper.start(rows, rules(), now).keeper();
        }
        case RESTART -> {
          now = now.plus(Duration.ofMinutes(step.minutes()));
          keeper = RuleKeeper.start(rows, rules(), now).keeper();
        }
        case WAIT -> now = now.plus(Duration.ofMinutes(step.minutes()));
      }
      tick();
    }
  }

  @Property(tries = 400)
  void withoutNowALimitLoosensOnlyAtItsResetAndToWhatWasWantedBeforeIt(
      @ForAll("steps") List<Step> steps) {
    Engine engine = new Engine();
    Map<Limit, BigDecimal> held = values(engine.keeper.inForce());
    // What the file said, and since when: only what it said before a reset may hold after it.
    Map<Limit, BigDecimal> wanted = values(engine.rules());
    for (Step step : steps) {
      Instant before = engine.now;
      engine.take(step);
      Map<Limit, BigDecimal> holds = values(engine.keeper.inForce());
      for (Limit limit : Limit.values()) {
        BigDecimal value = of(holds, limit);
        boolean atOnce =
            step.kind() == Step.Kind.RELOAD_NOW
                || (step.kind() == Step.Kind.SET_NOW && step.limit() == limit);
        if (!atOnce && limit.isLooser(value, of(held, limit))) {
          assertThat(limit.resetsBetween(before, engine.now))
              .as("%s from %s to %s by %s", limit, of(held, limit), value, step)
              .isTrue();
          assertThat(limit.isLooser(value, of(wanted, limit)))
              .as("%s is %s, the file said %s before", limit, value, of(wanted, limit))
              .isFalse();
        }
        BigDecimal asked = of(values(engine.rules()), limit);
        assertThat(limit.isLooser(value, asked)).as("%s tightens at once", limit).isFalse();
      }
      held = holds;
      wanted = values(engine.rules());
    }
    assertThat(engine.file).startsWith("# the trader agreed to these\n").contains("# dollars");
  }

  private static BigDecimal of(Map<Limit, BigDecimal> values, Limit limit) {
    return Objects.requireNonNull(values.get(limit));
  }

  /** The numbers as they are written; no rule is asked. */
  private static Map<Limit, BigDecimal> values(RulesInForce rules) {
    Map<Limit, BigDecimal> values = new TreeMap<>();
    ConfigNode.Mapping tree = (ConfigNode.Mapping) rules.accounts().valueAt(0);
    for (Limit limit : Limit.values()) {
      ConfigNode.Mapping section = (ConfigNode.Mapping) value(tree, limit.section);
      values.put(
          limit, new BigDecimal(((ConfigNode.Scalar) value(section, limit.key)).text().strip()));
    }
    return values;
  }

  private static ConfigNode value(ConfigNode.Mapping mapping, String key) {
    return mapping.entries().stream()
        .filter(entry -> entry.key().equals(key))
        .findFirst()
        .orElseThrow()
        .value();
  }

  @Provide
  Arbitrary<List<Step>> steps() {
    Arbitrary<Step> step =
        Combinators.combine(
                Arbitraries.of(Step.Kind.values()),
                Arbitraries.of(Limit.values()),
                Arbitraries.integers().between(1, 9).map(n -> n * 100),
                Arbitraries.integers().between(1, 9).map(n -> n * 100),
                // At the resets, a minute before and after, and anywhere.
                Arbitraries.frequencyOf(
                    Tuple.of(2, Arbitraries.integers().between(1, 40).map(n -> n * 30)),
                    Tuple.of(1, Arbitraries.of(1, 29, 31, 59, 239, 241, 299, 301)),
                    Tuple.of(1, Arbitraries.integers().between(1, 1200))))
            .as(Step::new);
    return step.list().ofMinSize(1).ofMaxSize(14).map(ArrayList::new);
  }
}
