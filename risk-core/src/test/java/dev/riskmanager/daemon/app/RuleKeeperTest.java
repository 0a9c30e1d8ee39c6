package dev.riskmanager.daemon.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.riskmanager.daemon.port.Store;
import dev.riskmanager.domain.calendar.Holidays;
import dev.riskmanager.domain.model.AccountId;
import dev.riskmanager.domain.model.Money;
import dev.riskmanager.domain.persistent.Table;
import dev.riskmanager.domain.rule.catalog.DailyRealizedLoss;
import dev.riskmanager.domain.rule.change.Changeover;
import dev.riskmanager.domain.rule.change.RulesInForce;
import dev.riskmanager.domain.settings.ConfigNode;
import dev.riskmanager.domain.world.RuleFile;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What holds after a restart: rules.md §3, rollback safety. */
class RuleKeeperTest {
  private static final AccountId ACCOUNT = new AccountId(13298777);
  private static final Instant NOON = Instant.parse("2025-10-31T17:00:00Z");
  private static final Instant RESET = Instant.parse("2025-10-31T22:00:00Z");

  @Test
  void atAFirstStartTheFilesHold() {
    RuleKeeper.AtStart found = RuleKeeper.start(List.of(), limit("-800"), NOON);

    assertThat(limit(found.keeper())).isEqualTo(Money.of("-800"));
    assertThat(found.changes()).isEmpty();
  }

  @Test
  void aLooserFileFoundAtAStartWaitsForTheReset() {
    List<Store.MetaSaved> rows = saved(RuleKeeper.start(List.of(), limit("-500"), NOON).keeper());

    RuleKeeper.AtStart found = RuleKeeper.start(rows, limit("-800"), NOON.plusSeconds(60));

    assertThat(limit(found.keeper())).isEqualTo(Money.of("-500"));
    assertThat(found.keeper().waiting().next()).contains(RESET);
    assertThat(found.changes())
        .containsExactly(
            "13298777/daily_realized_loss.limit: -500 → -800, LOOSENS, takes effect at"
                + " 2025-10-31T22:00:00Z");
  }

  @Test
  void aTighterFileFoundAtAStartHoldsAtOnce() {
    List<Store.MetaSaved> rows = saved(RuleKeeper.start(List.of(), limit("-500"), NOON).keeper());

    RuleKeeper.AtStart found = RuleKeeper.start(rows, limit("-300"), NOON);

    assertThat(limit(found.keeper())).isEqualTo(Money.of("-300"));
    assertThat(found.keeper().waiting().isEmpty()).isTrue();
  }

  @Test
  void whatFellDueWhileTheEngineWasDownHoldsAtTheStartAndNotASecondBefore() {
    RuleKeeper running = RuleKeeper.start(List.of(), limit("-500"), NOON).keeper();
    Changeover change = running.judge(limit("-800"), NOON);
    running.took(change, NOON);
    List<Store.MetaSaved> rows = saved(running);

    RuleKeeper early = RuleKeeper.start(rows, limit("-800"), RESET.minusSeconds(1)).keeper();
    RuleKeeper after = RuleKeeper.start(rows, limit("-800"), RESET).keeper();

    assertThat(limit(early)).isEqualTo(Money.of("-500"));
    assertThat(limit(after)).isEqualTo(Money.of("-800"));
  }

  /** Editing the file again while the engine is down must not ride on a change that fell due. */
  @Test
  void onlyWhatWasAskedForBeforeTheResetIsDue() {
    RuleKeeper running = RuleKeeper.start(List.of(), limit("-500"), NOON).keeper();
    running.took(running.judge(limit("-800"), NOON), NOON);

    RuleKeeper after = RuleKeeper.start(saved(running), limit("-9000"), RESET).keeper();

    assertThat(limit(after)).isEqualTo(Money.of("-800"));
    assertThat(after.waiting().next()).contains(Instant.parse("2025-11-01T22:00:00Z"));
  }

  @Test
  void anAccountTakenOutOfTheFilesIsStillWatchedAfterARestart() {
    List<Store.MetaSaved> rows = saved(RuleKeeper.start(List.of(), limit("-500"), NOON).keeper());
    Table<AccountId, ConfigNode> other = Table.empty();
    RulesInForce wanted =
        new RulesInForce(other.with(new AccountId(7), RuleFile.tree("{}")), Holidays.NONE);

    RuleKeeper found = RuleKeeper.start(rows, wanted, NOON).keeper();

    assertThat(found.accounts()).containsExactly(new AccountId(7), ACCOUNT);
    assertThat(found.due(RESET.minusNanos(1))).isEmpty();
    found.took(found.due(RESET).orElseThrow(), RESET);
    assertThat(found.accounts()).containsExactly(new AccountId(7));
  }

  @Test
  void rowsThatCannotBeReadAreSaidSoAndTheFilesHold() {
    RuleKeeper.AtStart found =
        RuleKeeper.start(
            List.of(new Store.MetaSaved(RuleKeeper.EFFECTIVE, "{\"accounts\":3,\"holidays\":{}}")),
            limit("-800"),
            NOON);

    assertThat(limit(found.keeper())).isEqualTo(Money.of("-800"));
    assertThat(found.trouble().orElseThrow()).contains("cannot be read").contains("accounts");
  }

  @Test
  void anAccountThatTheHubWasNotAskedAboutWaitsForTheNextStart() {
    RuleKeeper running = RuleKeeper.start(List.of(), limit("-500"), NOON).keeper();
    RulesInForce wanted =
        new RulesInForce(
            limit("-500").accounts().with(new AccountId(7), RuleFile.tree("{}")), Holidays.NONE);

    assertThat(running.unwatched(wanted)).containsExactly(new AccountId(7));
    assertThat(running.judge(wanted, NOON).changes()).isEmpty();
    assertThat(running.atOnce(wanted, NOON).now().accounts().size()).isEqualTo(1);
  }

  // ---- accounts that the venue has never listed (ADR 0022)

  private static final AccountId BOGUS = new AccountId(7);

  @Test
  void aStartThatWasRefusedWatchedNobody() {
    List<Store.MetaSaved> refused = rowsOf(RuleKeeper.start(List.of(), bogus(), NOON), List.of());

    RuleKeeper.AtStart found = RuleKeeper.start(refused, limit("-800"), NOON);

    assertThat(found.keeper().accounts()).containsExactly(ACCOUNT);
    assertThat(found.keeper().waiting().isEmpty()).isTrue();
    assertThat(found.rows(refused, NOON)).noneMatch(Store.AuditAppended.class::isInstance);
    assertThat(found.keeper().hasProtected()).isFalse();
    assertThat(found.keeper().listed(List.of(ACCOUNT), NOON))
        .as("the first that is found is no news")
        .containsExactly(new Store.MetaSaved(NeverListed.ROW, ""));
    assertThat(found.keeper().hasProtected()).isTrue();
    assertThat(found.keeper().listed(List.of(ACCOUNT), NOON)).isEmpty();
  }

  @Test
  void anAccountThatWasNeverListedIsRecordedOnceAndLeavesWithTheFile() {
    List<Store.MetaSaved> rows =
        rowsOf(RuleKeeper.start(List.of(), limit("-500"), NOON), List.of(ACCOUNT));
    RulesInForce both =
        new RulesInForce(limit("-500").accounts().with(BOGUS, RuleFile.tree("{}")), Holidays.NONE);

    RuleKeeper.AtStart with = RuleKeeper.start(rows, both, NOON);
    assertThat(with.keeper().accounts()).containsExactly(BOGUS, ACCOUNT);
    assertThat(with.rows(rows, NOON)).anyMatch(Store.AuditAppended.class::isInstance);
    List<Store.MetaSaved> after = rowsOf(with, List.of(ACCOUNT));
    RuleKeeper.AtStart again = RuleKeeper.start(after, both, NOON);
    assertThat(again.rows(after, NOON)).noneMatch(Store.AuditAppended.class::isInstance);
    assertThat(RuleKeeper.start(after, limit("-500"), NOON).keeper().accounts())
        .as("at a start")
        .containsExactly(ACCOUNT);
    assertThat(again.keeper().judge(limit("-500"), NOON).now().accounts().size())
        .as("at a reload")
        .isEqualTo(1);

    // From the first time it is listed it leaves as the others do.
    assertThat(again.keeper().listed(List.of(BOGUS), NOON)).hasSize(2);
    assertThat(again.keeper().judge(limit("-500"), NOON).now().accounts().size()).isEqualTo(2);
    List<Store.MetaSaved> listed = rowsOf(again, List.of());
    assertThat(RuleKeeper.start(listed, limit("-500"), NOON).keeper().accounts())
        .containsExactly(BOGUS, ACCOUNT);
  }

  @Test
  void anAdminLetsOneAccountLeaveAtOnceAndNothingElse() {
    RulesInForce both =
        new RulesInForce(limit("-500").accounts().with(BOGUS, RuleFile.tree("{}")), Holidays.NONE);
    RuleKeeper running = RuleKeeper.start(List.of(), both, NOON).keeper();
    running.listed(List.of(ACCOUNT, BOGUS), NOON);

    Changeover change = running.without(BOGUS, limit("-800"), NOON);

    assertThat(change.now().accounts().keyAt(0)).isEqualTo(ACCOUNT);
    assertThat(change.now()).isEqualTo(limit("-500"));
    assertThat(change.later().next()).contains(RESET);
    assertThat(change.changes())
        .extracting(one -> one.account().orElseThrow() + " " + one.effectiveAt())
        .containsExactlyInAnyOrder("7 " + NOON, ACCOUNT + " " + RESET);
  }

  private static RulesInForce bogus() {
    Table<AccountId, ConfigNode> accounts = Table.empty();
    return new RulesInForce(accounts.with(BOGUS, RuleFile.tree("{}")), Holidays.NONE);
  }

  /** What is in the database after a start, and after the venue has listed those. */
  private static List<Store.MetaSaved> rowsOf(RuleKeeper.AtStart start, List<AccountId> listed) {
    List<Store.Change> all = new ArrayList<>(start.rows(List.of(), NOON));
    all.addAll(start.keeper().listed(listed, NOON));
    Map<String, Store.MetaSaved> rows = new TreeMap<>();
    all.stream()
        .filter(Store.MetaSaved.class::isInstance)
        .map(Store.MetaSaved.class::cast)
        .forEach(row -> rows.put(row.key(), row));
    return List.copyOf(rows.values());
  }

  private static RulesInForce limit(String limit) {
    Table<AccountId, ConfigNode> accounts = Table.empty();
    return new RulesInForce(
        accounts.with(ACCOUNT, RuleFile.tree("daily_realized_loss: {limit: " + limit + "}")),
        Holidays.NONE);
  }

  private static Money limit(RuleKeeper keeper) {
    return ((DailyRealizedLoss)
            keeper.inForce().rules(ACCOUNT).rule(DailyRealizedLoss.ID).orElseThrow())
        .limit();
  }

  private static List<Store.MetaSaved> saved(RuleKeeper keeper) {
    return keeper.rows().stream().map(Store.MetaSaved.class::cast).toList();
  }
}
