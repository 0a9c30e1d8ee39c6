package dev.riskmanager.daemon.store;

import static dev.riskmanager.daemon.store.Books.ACCOUNT;
import static dev.riskmanager.daemon.store.Books.LOSS;
import static dev.riskmanager.daemon.store.Books.NOW;
import static dev.riskmanager.daemon.store.Books.SYMBOLS;
import static dev.riskmanager.daemon.store.Books.lockout;
import static dev.riskmanager.daemon.store.Books.saved;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.riskmanager.daemon.port.Store.AuditAppended;
import dev.riskmanager.daemon.port.Store.Change;
import dev.riskmanager.daemon.port.Store.ContractSaved;
import dev.riskmanager.daemon.port.Store.DailyPnlSaved;
import dev.riskmanager.daemon.port.Store.LockoutEnded;
import dev.riskmanager.daemon.port.Store.LockoutRow;
import dev.riskmanager.daemon.port.Store.LogAppended;
import dev.riskmanager.daemon.port.Store.LogRow;
import dev.riskmanager.daemon.port.Store.MemoryRemoved;
import dev.riskmanager.daemon.port.Store.MemorySaved;
import dev.riskmanager.daemon.port.Store.MetaSaved;
import dev.riskmanager.daemon.port.Store.ReceiptRow;
import dev.riskmanager.daemon.port.Store.ReceiptSaved;
import dev.riskmanager.daemon.port.Store.ResetMarked;
import dev.riskmanager.daemon.port.Store.Restored;
import dev.riskmanager.daemon.port.Store.StoreException;
import dev.riskmanager.daemon.port.Store.TimerRemoved;
import dev.riskmanager.daemon.port.Store.TimerSaved;
import dev.riskmanager.daemon.port.Store.TradeSaved;
import dev.riskmanager.domain.lockout.Baseline;
import dev.riskmanager.domain.lockout.Lockout;
import dev.riskmanager.domain.lockout.LockoutType;
import dev.riskmanager.domain.model.AccountId;
import dev.riskmanager.domain.model.Contract;
import dev.riskmanager.domain.model.ContractId;
import dev.riskmanager.domain.model.Money;
import dev.riskmanager.domain.model.OrderSide;
import dev.riskmanager.domain.model.Price;
import dev.riskmanager.domain.model.RuleId;
import dev.riskmanager.domain.model.Trade;
import dev.riskmanager.domain.timer.Timer;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is written comes back as it was, after the file was closed and opened again. */
class SqliteStoreTest {
  private static final AccountId OTHER = new AccountId(7);

  @TempDir Path data;

  /** Writes, closes, and opens again. */
  private SqliteStore written(Change... changes) throws StoreException {
    try (SqliteStore store = Books.open(data)) {
      store.commit(List.of(changes));
    }
    return Books.open(data);
  }

  @Test
  void aNewHomeHasNoLockoutsAndSaysThatItIsNew() throws Exception {
    try (SqliteStore store = Books.open(data)) {
      assertThat(store.wasCreated()).isTrue();
      assertThat(store.restore())
          .isEqualTo(
              new Restored(
                  List.of(), 1, List.of(), List.of(), List.of(), List.of(), List.of(), List.of()));
    }
    try (SqliteStore store = Books.open(data)) {
      assertThat(store.wasCreated()).isFalse();
    }
  }

  @Test
  void lockoutsOfEveryShapeComeBackExactly() throws Exception {
    Lockout hard =
        new Lockout(
            41,
            ACCOUNT,
            LOSS,
            Optional.empty(),
            LockoutType.HARD,
            "Daily loss limit exceeded: $-170.50 (limit: $-5.00); \"quoted\", naïve £ \n second",
            Instant.parse("2025-10-31T17:21:19.150000001Z"),
            Optional.of(Instant.parse("2025-10-31T22:00:00Z")),
            Baseline.ZERO,
            LocalDate.parse("2025-10-31"));
    Lockout symbol =
        new Lockout(
            42,
            OTHER,
            SYMBOLS,
            Optional.of("RTY"),
            LockoutType.SYMBOL,
            "RTY is blocked",
            Instant.parse("2025-10-30T01:02:03Z"),
            Optional.empty(),
            Baseline.parse("CON.F.US.EP.U26=-1;CON.F.US.MNQ.U26=2"),
            LocalDate.parse("2025-10-30"));
    Lockout manual =
        new Lockout(
            43,
            ACCOUNT,
            RuleId.MANUAL,
            Optional.empty(),
            LockoutType.MANUAL,
            "lunch",
            Instant.parse("2025-10-31T18:00:00Z"),
            Optional.of(Instant.parse("2025-10-31T18:30:00.5Z")),
            Baseline.parse("CON.F.US.MNQ.U26=5"),
            LocalDate.parse("2025-11-01"));
    try (SqliteStore store = written(saved(hard), saved(symbol), saved(manual))) {
      assertThat(store.restore().lockouts()).containsExactly(hard, symbol, manual);
      assertThat(store.restore().nextLockoutId()).isEqualTo(44);
      assertThat(store.lockoutHistory(2))
          .containsExactly(
              new LockoutRow(manual, Optional.empty(), Optional.empty()),
              new LockoutRow(hard, Optional.empty(), Optional.empty()));
    }
    assertThat(Books.query(data, "SELECT rule_id FROM lockouts ORDER BY id"))
        .containsExactly("RULE-003", "RULE-011", "MANUAL");
    assertThat(Books.query(data, "SELECT unlock_condition FROM lockouts ORDER BY id"))
        .containsExactly(
            "at the daily reset",
            "when the symbol leaves the configuration",
            "at the time the admin gave");
  }

  @Test
  void theTableHasTheColumnsThatArePromised() throws Exception {
    Books.open(data).close();
    assertThat(Books.query(data, "SELECT name FROM pragma_table_info('lockouts')"))
        .containsExactlyInAnyOrder(
            "id",
            "account_id",
            "rule_id",
            "symbol",
            "type",
            "reason",
            "locked_at",
            "expires_at",
            "unlock_condition",
            "baseline",
            "active",
            "cleared_at",
            "cleared_by",
            "trading_day",
            "created_at",
            "attempts",
            "seal");
  }

  @Test
  void lengtheningUpdatesTheRowAndKeepsWhenItWasCreated() throws Exception {
    Lockout first = lockout(5);
    Lockout longer =
        new Lockout(
            5,
            first.account(),
            first.rule(),
            first.symbol(),
            LockoutType.COOLDOWN,
            "worse",
            NOW.plusSeconds(60),
            Optional.empty(),
            Baseline.parse("CON.F.US.EP.U26=4"),
            LocalDate.parse("2025-11-03"));
    try (SqliteStore store = written(saved(first), saved(longer))) {
      assertThat(store.restore().lockouts()).containsExactly(longer);
    }
    assertThat(Books.query(data, "SELECT created_at FROM lockouts"))
        .containsExactly("2025-10-31T17:21:19.150000000Z");
  }

  @Test
  void anEndIsRecordedNotDeletedAndTheFirstOneStays() throws Exception {
    Instant end = NOW.plusSeconds(90);
    try (SqliteStore store =
        written(
            saved(lockout(5)),
            saved(lockout(6)),
            new LockoutEnded(5, end, "alice"),
            new LockoutEnded(5, end.plusSeconds(1), "bob"))) {
      assertThat(store.restore().lockouts()).containsExactly(lockout(6));
      assertThat(store.restore().nextLockoutId()).isEqualTo(7);
      assertThat(store.lockoutHistory(9))
          .contains(new LockoutRow(lockout(5), Optional.of(end), Optional.of("alice")));
    }
  }

  @Test
  void whatWasUndoneStaysWithTheLockoutAfterItsEnd() throws Exception {
    Instant end = NOW.plusSeconds(90);
    try (SqliteStore store =
        written(
            saved(lockout(5)),
            saved(lockout(6)),
            saved(lockout(5).withAttempts(2)),
            saved(lockout(6).withAttempts(1)),
            saved(lockout(5).withAttempts(3)),
            // As it is on the record of the audit, which has no counts.
            saved(lockout(5)),
            new LockoutEnded(5, end, "alice"))) {
      assertThat(store.restore().lockouts()).containsExactly(lockout(6).withAttempts(1));
      assertThat(store.lockoutHistory(9))
          .contains(
              new LockoutRow(lockout(5).withAttempts(3), Optional.of(end), Optional.of("alice")),
              new LockoutRow(lockout(6).withAttempts(1), Optional.empty(), Optional.empty()));
    }
  }

  @Test
  void theIdOfTheLastLockoutIsNotUsedAgainAfterItsEnd() throws Exception {
    try (SqliteStore store = written(saved(lockout(9)), new LockoutEnded(9, NOW, "x"))) {
      assertThat(store.restore().lockouts()).isEmpty();
      assertThat(store.restore().nextLockoutId()).isEqualTo(10);
    }
  }

  @Test
  void thereIsOneActiveLockoutForAnAccountRuleAndSymbol() throws Exception {
    Optional<String> none = Optional.empty();
    try (SqliteStore store = Books.open(data)) {
      store.commit(
          List.of(
              saved(lockout(1, ACCOUNT, LOSS, none)),
              saved(lockout(2, ACCOUNT, LOSS, Optional.of("ES"))),
              saved(lockout(3, ACCOUNT, LOSS, Optional.of("NQ"))),
              saved(lockout(4, ACCOUNT, SYMBOLS, none)),
              saved(lockout(5, OTHER, LOSS, none))));
      for (Optional<String> symbol : List.of(none, Optional.of("ES"))) {
        assertThatExceptionOfType(StoreException.class)
            .isThrownBy(() -> store.commit(List.of(saved(lockout(9, ACCOUNT, LOSS, symbol)))))
            .satisfies(e -> assertThat(e.isPermanent()).isTrue())
            .withMessageContaining("refuse");
      }
      store.commit(
          List.of(new LockoutEnded(1, NOW, "alice"), saved(lockout(9, ACCOUNT, LOSS, none))));
      assertThat(store.restore().lockouts())
          .extracting(Lockout::id)
          .containsExactly(2L, 3L, 4L, 5L, 9L);
    }
  }

  @Test
  void aRowThatHasEndedOrIsAnothersIsNeverChanged() throws Exception {
    try (SqliteStore store =
        written(saved(lockout(1)), saved(lockout(2)), new LockoutEnded(1, NOW, "alice"))) {
      List<LockoutRow> before = store.lockoutHistory(9);
      Lockout other = lockout(2, OTHER, LOSS, Optional.empty());
      Lockout symbol = lockout(2, lockout(2).account(), LOSS, Optional.of("ES"));
      for (Lockout wrong : List.of(lockout(1), other, symbol)) {
        assertThatExceptionOfType(StoreException.class)
            .isThrownBy(() -> store.commit(List.of(saved(wrong))))
            .satisfies(e -> assertThat(e.isPermanent()).isTrue())
            .withMessageContaining("cannot be changed");
      }
      assertThatExceptionOfType(StoreException.class)
          .isThrownBy(() -> store.commit(List.of(new LockoutEnded(3, NOW, "alice"))))
          .satisfies(e -> assertThat(e.isPermanent()).isTrue())
          .withMessageContaining("not in the books");
      assertThat(store.lockoutHistory(9)).isEqualTo(before);
    }
  }

  @Test
  void whatFailsLeavesNothingAndTheNextCommitWorks() throws Exception {
    try (SqliteStore store = written(saved(lockout(1)))) {
      assertThatExceptionOfType(StoreException.class)
          .isThrownBy(
              () ->
                  store.commit(
                      List.of(
                          saved(lockout(2)),
                          new MetaSaved("half", "done"),
                          new LockoutEnded(99, NOW, "nobody"))));
      assertThat(store.restore().lockouts()).containsExactly(lockout(1));
      assertThat(store.restore().meta()).isEmpty();
      store.commit(List.of(saved(lockout(3))));
      assertThat(store.restore().lockouts()).containsExactly(lockout(1), lockout(3));
    }
  }

  @Test
  void aRuleThatChangesItsKeyIsTheSameRule() throws Exception {
    RuleId renamed = new RuleId(3, "daily_loss");
    try (SqliteStore store =
        written(
            saved(lockout(1, ACCOUNT, LOSS, Optional.empty())),
            saved(lockout(2, OTHER, renamed, Optional.empty())))) {
      assertThat(store.restore().lockouts()).extracting(Lockout::rule).containsOnly(renamed);
    }
  }

  @Test
  void timersAreSavedMovedAndRemoved() throws Exception {
    Timer moved = new Timer(ACCOUNT, "reset", NOW.plusSeconds(20), "again");
    Timer kept = new Timer(OTHER, "reset", NOW.plusNanos(1), "b");
    try (SqliteStore store =
        written(
            new TimerSaved(new Timer(ACCOUNT, "reset", NOW, "a")),
            new TimerSaved(moved),
            new TimerSaved(kept),
            new TimerSaved(new Timer(ACCOUNT, "grace", NOW, "c")),
            new TimerRemoved(ACCOUNT, "grace"))) {
      assertThat(store.restore().timers()).containsExactly(kept, moved);
    }
  }

  private static Trade trade(
      long id, AccountId account, Instant at, Optional<Money> pnl, boolean voided) {
    return new Trade(
        id,
        account,
        new ContractId("CON.F.US.J6.U26"),
        OrderSide.SELL,
        3,
        Price.of("0.0067895"),
        pnl,
        Money.of("0.740000001"),
        99,
        at,
        voided);
  }

  @Test
  void tradesComeBackToTheLastDigit() throws Exception {
    Optional<Money> small = Optional.of(new Money(-1));
    Optional<Money> large = Optional.of(new Money(Long.MIN_VALUE));
    Trade first = trade(11, ACCOUNT, NOW.minusSeconds(9), small, false);
    Trade second =
        new Trade(
            10,
            ACCOUNT,
            new ContractId("CON.F.US.MNQ.Z25"),
            OrderSide.BUY,
            1,
            Price.of("21000.25"),
            large,
            Money.ZERO,
            98,
            NOW.minusNanos(1),
            true);
    Trade open = trade(12, ACCOUNT, NOW, Optional.empty(), false);
    Trade others = trade(13, OTHER, NOW, Optional.of(Money.of("0.10")), false);
    try (SqliteStore store =
        written(
            new TradeSaved(trade(11, ACCOUNT, NOW, Optional.empty(), true)),
            new TradeSaved(others),
            new TradeSaved(open),
            new TradeSaved(second),
            new TradeSaved(first))) {
      assertThat(store.trades(ACCOUNT, NOW.minusSeconds(9))).containsExactly(first, second, open);
      assertThat(store.trades(ACCOUNT, NOW.minusSeconds(9).plusNanos(1)))
          .containsExactly(second, open);
      assertThat(store.restore().recentTrades()).containsExactly(first, second, open, others);
    }
  }

  @Test
  void restoredTradesReachBackThreeDaysFromTheStart() throws Exception {
    Instant edge = NOW.minusSeconds(3 * 86_400);
    Trade inside = trade(1, ACCOUNT, edge, Optional.empty(), false);
    Trade outside = trade(2, ACCOUNT, edge.minusNanos(1), Optional.empty(), false);
    try (SqliteStore store = written(new TradeSaved(inside), new TradeSaved(outside))) {
      assertThat(store.restore().recentTrades()).containsExactly(inside);
      assertThat(store.trades(ACCOUNT, Instant.EPOCH)).containsExactly(outside, inside);
    }
  }

  @Test
  void dailySumsAreOneRowForADayAndReset() throws Exception {
    LocalDate day = LocalDate.parse("2025-10-31");
    String reset = "17:00 America/Chicago";
    written(
            new DailyPnlSaved(ACCOUNT, reset, day, Money.of("1"), Money.ZERO, 1),
            new DailyPnlSaved(ACCOUNT, reset, day, Money.of("-170.50"), Money.of("2.22"), 12),
            new DailyPnlSaved(ACCOUNT, "00:00 UTC", day, Money.of("3.1"), Money.of("4.2"), 5))
        .close();
    assertThat(
            Books.query(
                data,
                "SELECT reset||'|'||trading_day||'|'||gross||'|'||fees||'|'||trades FROM daily_pnl"
                    + " ORDER BY reset"))
        .containsExactly(
            "00:00 UTC|2025-10-31|3.10|4.20|5", "17:00 America/Chicago|2025-10-31|-170.50|2.22|12");
  }

  @Test
  void aTradingDayBeginsOnceAndTheNewestMarksAreRestored() throws Exception {
    String reset = "17:00 America/Chicago";
    List<Change> marks = new ArrayList<>();
    List<ResetMarked> expected = new ArrayList<>();
    for (int day = 1; day <= 9; day++) {
      ResetMarked mark =
          new ResetMarked(ACCOUNT, reset, LocalDate.of(2025, 10, day), NOW.plusSeconds(day));
      marks.add(mark);
      if (day > 2) {
        expected.add(mark);
      }
    }
    ResetMarked old = new ResetMarked(OTHER, reset, LocalDate.of(2020, 1, 2), NOW);
    marks.add(old);
    marks.add(new ResetMarked(ACCOUNT, reset, LocalDate.of(2025, 10, 9), NOW.plusSeconds(77)));
    expected.addFirst(old);
    try (SqliteStore store = written(marks.toArray(Change[]::new))) {
      assertThat(store.restore().resets()).isEqualTo(expected);
    }
  }

  @Test
  void memoryContractsAndMetaAreReplacedByKey() throws Exception {
    MemorySaved memory = new MemorySaved(ACCOUNT, "episode", "3/ES", "{\"excess\":2}");
    Contract contract =
        new Contract(
            new ContractId("CON.F.US.J6.U26"),
            "6J",
            "6JU6",
            Price.of("0.0000005"),
            Money.of("6.25"));
    try (SqliteStore store =
        written(
            new MemorySaved(ACCOUNT, "episode", "3/ES", "old"),
            memory,
            new MemorySaved(OTHER, "episode", "3/ES", "gone"),
            new MemoryRemoved(OTHER, "episode", "3/ES"),
            new ContractSaved(new Contract(contract.id(), "x", "y", Price.of("1"), Money.of("2"))),
            new ContractSaved(contract),
            new MetaSaved("effective", "a"),
            new MetaSaved("effective", "b"))) {
      Restored restored = store.restore();
      assertThat(restored.memory()).containsExactly(memory);
      assertThat(restored.contracts()).containsExactly(contract);
      assertThat(restored.meta()).containsExactly(new MetaSaved("effective", "b"));
    }
  }

  @Test
  void receiptsAreListedByAccountNewestLast() throws Exception {
    try (SqliteStore store =
        written(
            new ReceiptSaved("c", ACCOUNT, Optional.of(LOSS), NOW.plusSeconds(2), "{}"),
            new ReceiptSaved("a", ACCOUNT, Optional.of(LOSS), NOW, "{}"),
            new ReceiptSaved("b", OTHER, Optional.empty(), NOW.plusSeconds(1), "{}"))) {
      assertThat(store.receipts(9, Optional.empty()))
          .extracting(ReceiptRow::id)
          .containsExactly("a", "b", "c");
      assertThat(store.receipts(2, Optional.empty()))
          .extracting(ReceiptRow::id)
          .containsExactly("b", "c");
      assertThat(store.receipts(9, Optional.of(ACCOUNT)))
          .extracting(ReceiptRow::id)
          .containsExactly("a", "c");
    }
  }

  @Test
  void theLogIsReadFromItsEndAndByRule() throws Exception {
    try (SqliteStore store =
        written(
            new LogAppended(NOW, ACCOUNT, Optional.of(LOSS), "violation", "one", "{\"n\":1}"),
            new LogAppended(NOW.plusSeconds(1), OTHER, Optional.empty(), "alert", "two", "{}"),
            new LogAppended(NOW.plusSeconds(2), OTHER, Optional.of(SYMBOLS), "c", "three", "[]"),
            new LogAppended(NOW.plusSeconds(3), OTHER, Optional.of(LOSS), "d", "four", ""))) {
      assertThat(store.log(2, Optional.empty()))
          .extracting(LogRow::text)
          .containsExactly("three", "four");
      assertThat(store.log(9, Optional.of(LOSS)))
          .containsExactly(
              new LogRow(
                  1,
                  NOW,
                  OptionalLong.of(ACCOUNT.value()),
                  "RULE-003",
                  "violation",
                  "one",
                  "{\"n\":1}"),
              new LogRow(4, NOW.plusSeconds(3), OptionalLong.of(7), "RULE-003", "d", "four", ""));
      assertThat(store.log(9, Optional.empty()).get(1).rule()).isEmpty();
      assertThat(store.log(2, Optional.empty(), OptionalLong.of(3)))
          .extracting(LogRow::text)
          .containsExactly("one", "two");
      assertThat(store.log(2, Optional.of(LOSS), OptionalLong.of(4)))
          .extracting(LogRow::text)
          .containsExactly("one");
      assertThat(store.log(2, Optional.empty(), OptionalLong.of(1))).isEmpty();
      assertThat(store.log(0, Optional.empty())).isEmpty();
      assertThat(store.log(-1, Optional.empty())).isEmpty();
    }
  }

  @Test
  void aReceiptIsFoundByIdOrAsTheNewest() throws Exception {
    try (SqliteStore store =
        written(
            new ReceiptSaved("b", ACCOUNT, Optional.of(LOSS), NOW.plusSeconds(5), "{\"b\":1}"),
            new ReceiptSaved("a", OTHER, Optional.empty(), NOW, "draft"),
            new ReceiptSaved("a", OTHER, Optional.empty(), NOW.plusSeconds(1), "{\"a\":1}"))) {
      assertThat(store.receipt(Optional.empty()))
          .contains(new ReceiptRow("b", NOW.plusSeconds(5), "{\"b\":1}"));
      assertThat(store.receipt(Optional.of("a")))
          .contains(new ReceiptRow("a", NOW.plusSeconds(1), "{\"a\":1}"));
      assertThat(store.receipt(Optional.of("c"))).isEmpty();
    }
  }

  @Test
  void theAuditSaysWhoDidWhat() throws Exception {
    written(
            new AuditAppended(NOW, "alice", "unlock", Optional.of(ACCOUNT), "RULE-003", "called"),
            new AuditAppended(NOW, "root", "shutdown", Optional.empty(), "", "update"))
        .close();
    List<String> records = Books.query(data, "SELECT record FROM audit ORDER BY seq");
    assertThat(records).hasSize(3);
    assertThat(records.get(0)).contains("\"seq\":1,").contains("\"action\":\"CHAIN_BEGUN\"");
    assertThat(records.get(1))
        .startsWith(
            "{\"seq\":2,\"t\":\"2025-10-31T17:21:19.150Z\",\"by\":\"alice\","
                + "\"action\":\"unlock\",\"accountId\":13298777,\"detail\":\"RULE-003\","
                + "\"reason\":\"called\",\"prev\":\"");
    assertThat(records.get(2))
        .startsWith(
            "{\"seq\":3,\"t\":\"2025-10-31T17:21:19.150Z\",\"by\":\"root\","
                + "\"action\":\"shutdown\",\"detail\":\"\",\"reason\":\"update\",\"prev\":\"");
  }

  @Test
  void timesAreOrderedWhateverTheirFraction() throws Exception {
    Instant whole = Instant.parse("2025-10-31T17:00:00Z");
    Trade earlier = trade(2, ACCOUNT, whole, Optional.empty(), false);
    Trade later = trade(1, ACCOUNT, whole.plusMillis(150), Optional.empty(), false);
    try (SqliteStore store = written(new TradeSaved(later), new TradeSaved(earlier))) {
      assertThat(store.trades(ACCOUNT, whole)).containsExactly(earlier, later);
      assertThat(store.trades(ACCOUNT, whole.plusNanos(1))).containsExactly(later);
    }
  }

  @Test
  void aPathMayHoldAnything() throws Exception {
    Path odd = data.resolve("a b?c%20#d'é");
    SqliteStore.open(StoreSettings.in(odd), NOW).close();
    try (SqliteStore store = SqliteStore.open(StoreSettings.in(odd), NOW)) {
      store.commit(List.of(saved(lockout(1))));
      store.backup(NOW);
    }
    assertThat(odd.resolve("risk.db")).isRegularFile();
    assertThat(odd.resolve("backups/risk-2025-10-31.db")).isRegularFile();
    assertThat(data.toFile().list()).hasSize(1);
  }

  @Test
  void afterTheEndNothingIsWritten() throws Exception {
    SqliteStore store = Books.open(data);
    store.close();
    store.close();
    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> store.commit(List.of(saved(lockout(1)))))
        .withMessageContaining("closed");
  }
}
