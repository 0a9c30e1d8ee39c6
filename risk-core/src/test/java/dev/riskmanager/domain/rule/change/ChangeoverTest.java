package dev.riskmanager.domain.rule.change;

import static org.assertj.core.api.Assertions.assertThat;

import dev.riskmanager.domain.calendar.Holidays;
import dev.riskmanager.domain.model.AccountId;
import dev.riskmanager.domain.model.Money;
import dev.riskmanager.domain.persistent.Table;
import dev.riskmanager.domain.rule.RuleSet;
import dev.riskmanager.domain.rule.catalog.DailyRealizedLoss;
import dev.riskmanager.domain.rule.catalog.MaxContracts;
import dev.riskmanager.domain.rule.catalog.RuleCatalog;
import dev.riskmanager.domain.rule.catalog.SymbolBlocks;
import dev.riskmanager.domain.settings.ConfigNode;
import dev.riskmanager.domain.world.RuleFile;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class ChangeoverTest {
  private static final AccountId ONE = new AccountId(101);
  private static final AccountId TWO = new AccountId(202);

  /** A Friday in Chicago's summer time: 12:00, five hours before the account's reset. */
  private static final Instant NOON = Instant.parse("2025-10-31T17:00:00Z");

  private static final Instant RESET = Instant.parse("2025-10-31T22:00:00Z");

  @Test
  void ofOneSectionWhatTightensHoldsAtOnceAndTheRestWaitsForTheRulesOwnReset() {
    RulesInForce before =
        one("daily_realized_loss: {limit: -500, reset_time: \"16:00\", admin_unlock: 30m}");
    RulesInForce wanted =
        one("daily_realized_loss: {limit: -300, reset_time: \"16:00\", admin_unlock: allowed}");

    Changeover change = Changeover.judge(before, wanted, NOON);

    assertThat(loss(change.now()).limit()).isEqualTo(Money.of("-300"));
    assertThat(loss(change.now()).policy().adminUnlock().delay()).hasMinutes(30);
    assertThat(texts(change))
        .containsExactly(
            "daily_realized_loss.limit TIGHTENS 2025-10-31T17:00:00Z",
            "daily_realized_loss.admin_unlock LOOSENS 2025-10-31T21:00:00Z");
    assertThat(change.later().next()).contains(Instant.parse("2025-10-31T21:00:00Z"));
  }

  @Test
  void whatWaitsHoldsFromItsResetOnAndNotAMomentBefore() {
    RulesInForce wanted = one("daily_realized_loss: {limit: -800}");
    Changeover change = Changeover.judge(one("daily_realized_loss: {limit: -500}"), wanted, NOON);

    Changeover early = Changeover.due(change.now(), change.later(), RESET.minusNanos(1));
    Changeover due = Changeover.due(early.now(), early.later(), RESET);

    assertThat(loss(early.now()).limit()).isEqualTo(Money.of("-500"));
    assertThat(early.later()).isEqualTo(change.later());
    assertThat(due.now()).isEqualTo(wanted);
    assertThat(due.later()).isEqualTo(Waiting.NONE);
  }

  @Test
  void aRuleThatIsSwitchedOffOrLeftOutHoldsUntilItsReset() {
    RulesInForce before = one("max_contracts: {limit: 5}\nmax_unrealized_profit: {target: 9}");
    RulesInForce wanted = one("max_contracts: {enabled: false, limit: 4}");

    Changeover change = Changeover.judge(before, wanted, NOON);

    MaxContracts contracts =
        (MaxContracts) change.now().rules(ONE).rule(MaxContracts.ID).orElseThrow();
    assertThat(contracts.limit()).isEqualTo(4);
    assertThat(change.now().rules(ONE).rules().size()).isEqualTo(2);
    assertThat(texts(change))
        .containsExactly(
            "max_contracts.limit TIGHTENS 2025-10-31T17:00:00Z",
            "max_contracts.enabled LOOSENS 2025-10-31T22:00:00Z",
            "max_unrealized_profit LOOSENS 2025-10-31T22:00:00Z");
    assertThat(Changeover.due(change.now(), change.later(), RESET).now()).isEqualTo(wanted);
  }

  @Test
  void aBlockedSymbolIsAddedAtOnceAndTakenOffLater() {
    Changeover change =
        Changeover.judge(
            one("symbol_blocks: {blocked_symbols: [RTY, BTC]}"),
            one("symbol_blocks: {blocked_symbols: [GC, RTY]}"),
            NOON);

    assertThat(blocked(change.now())).containsExactly("RTY", "BTC", "GC");
    assertThat(blocked(Changeover.due(change.now(), change.later(), RESET).now()))
        .containsExactly("GC", "RTY");
  }

  @Test
  void aTierIsReachedSoonerAtOnceAndLastsLessLater() {
    String tiers = "cooldown_after_loss: {loss_thresholds: [%s]}";
    RulesInForce wanted = one(tiers.formatted("{loss_amount: -50, cooldown_duration: 60}"));
    Changeover change =
        Changeover.judge(
            one(tiers.formatted("{loss_amount: -100, cooldown_duration: 300}")), wanted, NOON);

    assertThat(change.now())
        .isEqualTo(one(tiers.formatted("{loss_amount: -50, cooldown_duration: 300}")));
    assertThat(Changeover.due(change.now(), change.later(), RESET).now()).isEqualTo(wanted);
  }

  @Test
  void whatIsOnlyValidTogetherIsTakenTogether() {
    String tiers = "cooldown_after_loss: {loss_thresholds: [%s, %s]}";
    String one = "{loss_amount: -100, cooldown_duration: 300}";
    String two = "{loss_amount: -200, cooldown_duration: 900}";
    RulesInForce wanted = one(tiers.formatted(two, one));

    Changeover change = Changeover.judge(one(tiers.formatted(one, two)), wanted, NOON);

    assertThat(change.now()).isEqualTo(wanted);
    assertThat(texts(change))
        .hasSize(4)
        .allSatisfy(t -> assertThat(t).contains(" NEUTRAL "))
        .first()
        .asString()
        .startsWith("cooldown_after_loss.loss_thresholds[0].loss_amount ");
  }

  @Test
  void goingBackAndForthGainsNothing() {
    RulesInForce strict = one("daily_realized_loss: {limit: -500}");
    Changeover loose = Changeover.judge(strict, one("daily_realized_loss: {limit: -800}"), NOON);
    Changeover back = Changeover.judge(loose.now(), strict, NOON.plusSeconds(1));

    assertThat(back.now()).isEqualTo(strict);
    assertThat(back.later()).isEqualTo(Waiting.NONE);

    Changeover again =
        Changeover.judge(back.now(), one("daily_realized_loss: {limit: -600}"), RESET);
    // Asked for at the reset itself, it waits for the next one.
    assertThat(again.later().next()).contains(Instant.parse("2025-11-01T22:00:00Z"));
  }

  @Test
  void anAccountThatIsTakenOutIsWatchedUntilItsReset() {
    Table<AccountId, ConfigNode> both = Table.empty();
    both =
        both.with(ONE, RuleFile.tree("max_contracts: {limit: 5}"))
            .with(TWO, RuleFile.tree("general: {reset_time: \"16:00\"}"));
    RulesInForce before = new RulesInForce(both, Holidays.NONE);

    Changeover change = Changeover.judge(before, one("max_contracts: {limit: 5}"), NOON);

    assertThat(change.now()).isEqualTo(before);
    assertThat(texts(change)).containsExactly(" LOOSENS 2025-10-31T21:00:00Z");
    Changeover due =
        Changeover.due(change.now(), change.later(), Instant.parse("2025-10-31T21:00:00Z"));
    assertThat(due.now()).isEqualTo(one("max_contracts: {limit: 5}"));
  }

  @Test
  void anAddedAccountIsWatchedAtOnce() {
    RulesInForce none = new RulesInForce(Table.empty(), Holidays.NONE);

    Changeover change = Changeover.judge(none, one("max_contracts: {limit: 5}"), NOON);

    assertThat(change.now().accounts().size()).isEqualTo(1);
    assertThat(texts(change)).containsExactly(" TIGHTENS 2025-10-31T17:00:00Z");
  }

  @Test
  void aHolidayClosesAtOnceAndOpensWhenTheLastAccountHasReset() {
    LocalDate christmas = LocalDate.of(2025, 12, 25);
    LocalDate thanksgiving = LocalDate.of(2025, 11, 27);
    LocalDate friday = LocalDate.of(2025, 11, 28);
    Table<AccountId, ConfigNode> both = Table.empty();
    both =
        both.with(ONE, RuleFile.tree("{}"))
            .with(TWO, RuleFile.tree("general: {reset_time: \"18:30\"}"));
    RulesInForce before =
        new RulesInForce(both, holidays(List.of(christmas), friday, LocalTime.of(12, 15)));
    RulesInForce wanted =
        new RulesInForce(both, holidays(List.of(thanksgiving), friday, LocalTime.of(12, 30)));

    Changeover change = Changeover.judge(before, wanted, NOON);

    assertThat(change.now().holidays())
        .isEqualTo(holidays(List.of(christmas, thanksgiving), friday, LocalTime.of(12, 15)));
    assertThat(change.later().next()).contains(Instant.parse("2025-10-31T23:30:00Z"));
    assertThat(
            Changeover.due(change.now(), change.later(), Instant.parse("2025-10-31T23:30:00Z"))
                .now())
        .isEqualTo(wanted);
  }

  @Test
  void withTheAdminsWordEverythingHoldsAtOnceAndIsStillCalledWhatItIs() {
    RulesInForce wanted = one("daily_realized_loss: {limit: -800}");

    Changeover change = Changeover.atOnce(one("daily_realized_loss: {limit: -500}"), wanted, NOON);

    assertThat(change.now()).isEqualTo(wanted);
    assertThat(change.later()).isEqualTo(Waiting.NONE);
    assertThat(texts(change))
        .containsExactly("daily_realized_loss.limit LOOSENS 2025-10-31T17:00:00Z");
  }

  @Test
  void aResetThatIsMovedWaitsForTheOldOneAndSoDoesTheRuleThatFollowsIt() {
    RulesInForce before =
        one("general: {reset_time: \"17:00\"}\ndaily_realized_loss: {limit: -500}");
    RulesInForce wanted =
        one("general: {reset_time: \"13:00\"}\ndaily_realized_loss: {limit: -500}");

    Changeover change = Changeover.judge(before, wanted, NOON);

    assertThat(change.now()).isEqualTo(before);
    assertThat(change.later().next()).contains(RESET);
  }

  private static Holidays holidays(List<LocalDate> closed, LocalDate early, LocalTime close) {
    return new Holidays(
        new TreeSet<>(closed),
        new TreeMap<>(
            Map.of(early, new Holidays.EarlyClose(early, close, ZoneId.of("America/Chicago")))));
  }

  private static RulesInForce one(String yaml) {
    Table<AccountId, ConfigNode> accounts = Table.empty();
    return new RulesInForce(accounts.with(ONE, RuleFile.tree(yaml)), Holidays.NONE);
  }

  private static DailyRealizedLoss loss(RulesInForce rules) {
    return (DailyRealizedLoss) rules.rules(ONE).rule(DailyRealizedLoss.ID).orElseThrow();
  }

  private static List<String> blocked(RulesInForce rules) {
    RuleSet set = rules.rules(ONE);
    return ((SymbolBlocks) set.rule(RuleCatalog.find("symbol_blocks").orElseThrow()).orElseThrow())
        .patterns();
  }

  private static List<String> texts(Changeover change) {
    return change.changes().stream()
        .map(c -> c.key() + " " + c.direction() + " " + c.effectiveAt())
        .toList();
  }
}
