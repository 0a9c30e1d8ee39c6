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
import java.util.List;
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
