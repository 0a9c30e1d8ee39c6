package dev.riskmanager.daemon.store;

import static dev.riskmanager.daemon.store.Books.ACCOUNT;
import static dev.riskmanager.daemon.store.Books.LOSS;
import static dev.riskmanager.daemon.store.Books.NOW;
import static dev.riskmanager.daemon.store.Books.lockout;
import static dev.riskmanager.daemon.store.Books.saved;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.riskmanager.daemon.port.Store;
import dev.riskmanager.daemon.port.Store.AuditAppended;
import dev.riskmanager.daemon.port.Store.StoreException;
import dev.riskmanager.daemon.store.BooksAtStart.Opened;
import dev.riskmanager.domain.lockout.Lockout;
import dev.riskmanager.domain.model.Contract;
import dev.riskmanager.domain.model.ContractId;
import dev.riskmanager.domain.model.Money;
import dev.riskmanager.domain.model.OrderSide;
import dev.riskmanager.domain.model.Price;
import dev.riskmanager.domain.model.Trade;
import dev.riskmanager.domain.timer.Timer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows that were edited by hand while the engine did not run, and the key that shows it. */
class SealsTest {
  private static final LocalDate DAY = LocalDate.parse("2025-10-31");
  private static final String RESET = "17:00 America/Chicago";

  @TempDir Path home;

  @BeforeEach
  void makeHome() throws IOException {
    Files.createDirectories(home.resolve("logs"));
  }

  private Path key() {
    return home.resolve(".seal-key");
  }

  private Path data() {
    return home.resolve("data");
  }

  private Opened start() throws StoreException {
    return BooksAtStart.open(
        StoreSettings.in(data()), AuditFiles.of(home), InstantSource.fixed(NOW), false);
  }

  private static Trade trade(long id, String pnl) {
    return new Trade(
        id,
        ACCOUNT,
        new ContractId("CON.F.US.MNQ.Z25"),
        OrderSide.SELL,
        1,
        Price.of("21000.25"),
        Optional.of(Money.of(pnl)),
        Money.of("0.74"),
        id,
        NOW.minusSeconds(60),
        false);
  }

  /** A day with a row of every kind. */
  private void trade() throws Exception {
    try (SqliteStore store = start().store()) {
      store.commit(
          List.of(
              saved(lockout(1)),
              new Store.TimerSaved(new Timer(ACCOUNT, "grace", NOW.plusSeconds(10), "stop")),
              new Store.TradeSaved(trade(7, "-170.50")),
              new Store.TradeSaved(trade(8, "-20.00")),
              new Store.DailyPnlSaved(
                  ACCOUNT, RESET, DAY, Money.of("-190.50"), Money.of("1.48"), 2),
              new Store.ResetMarked(ACCOUNT, RESET, DAY, NOW),
              new Store.MemorySaved(ACCOUNT, "episode", "RULE-003", "open"),
              new Store.ContractSaved(
                  new Contract(
                      new ContractId("CON.F.US.MNQ.Z25"),
                      "MNQ",
                      "MNQZ25",
                      Price.of("0.25"),
                      Money.of("0.50"))),
              new Store.MetaSaved("rules.effective", "limit: -500")));
      store.commit(
          List.of(
              saved(lockout(2)),
              new Store.LockoutEnded(2, NOW, "admin:alice"),
              new Store.MetaSaved("rules.effective", "limit: -400")));
    }
  }

  private void assertHeld(String why) throws Exception {
    Opened opened = start();
    try (SqliteStore store = opened.store()) {
      assertThat(opened.distrusted()).hasValueSatisfying(text -> assertThat(text).contains(why));
      assertThat(opened.findings()).first().asString().contains(why);
      assertThat(opened.restored().lockouts()).containsExactly(lockout(1));
      assertThat(store.auditTail(2))
          .anySatisfy(
              row -> {
                assertThat(row.action()).isEqualTo("BOOKS_DISTRUSTED");
                assertThat(row.detail()).contains(why);
              });
      assertThat(store.verifyAudit().valid()).isTrue();
      store.commit(
          List.of(new AuditAppended(NOW, "engine", BooksAtStart.HELD, Optional.empty(), "", "")));
    }
    assertClean();
  }

  private void assertClean() throws Exception {
    Opened opened = start();
    opened.store().close();
    assertThat(opened.distrusted()).isEmpty();
    assertThat(opened.findings()).isEmpty();
    assertThat(key()).exists();
    assertThat(home.resolve(".seal-key.new")).doesNotExist();
  }

  @Test
  void aHomeHasAKeyOfItsOwnThatOnlyItsUserCanReadAndThatIsNowhereElse() throws Exception {
    trade();
    assertClean();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key())))
        .isEqualTo("rw-------");
    String secret = Files.readString(key()).strip();
    assertThat(secret).matches("[0-9a-f]{64}").isNotEqualTo("0".repeat(64));
    try (Stream<Path> files = Files.walk(home)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (!file.equals(key())) {
          assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
              .doesNotContain(secret)
              .doesNotContain(secret.substring(0, 16));
        }
      }
    }
    assertThat(SealKey.parse(secret).orElseThrow()).hasToString("SealKey[…]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "UPDATE trades SET profit_and_loss = '-17.05' WHERE id = 7 | trades 7",
        "UPDATE trades SET voided = 1 WHERE id = 8 | trades 8",
        "UPDATE trades SET size = '1' WHERE id = 8; UPDATE trades SET fees = '0' | trades 7, trades"
            + " 8",
        "UPDATE daily_pnl SET gross = '90.50' | daily_pnl 13298777 17:00 America/Chicago"
            + " 2025-10-31",
        "UPDATE timers SET deadline = '2026-10-31T17:21:20.000000000Z' | timers 13298777 grace",
        "UPDATE memory SET value = 'done' | memory 13298777 episode RULE-003",
        "UPDATE contracts SET tick_value = '0.01' | contracts CON.F.US.MNQ.Z25",
        "UPDATE reset_marks SET at = '2025-10-31T00:00:00.000000000Z' | reset_marks 13298777",
        "UPDATE meta SET value = 'limit: -9000' | meta rules.effective",
        "UPDATE lockouts SET reason = 'none' WHERE id = 2 | lockouts 2",
        "UPDATE lockouts SET created_at = '2025-10-30T00:00:00.000000000Z' WHERE id = 1 | lockouts"
            + " 1",
        "UPDATE lockouts SET seal = 'x' WHERE id = 1 | lockouts 1",
        "UPDATE memory SET seal = NULL | memory 13298777 episode RULE-003",
        "INSERT INTO trades SELECT 9, account_id, contract_id, side, size, price, '999', fees,"
            + " order_id, executed_at, voided, seal FROM trades WHERE id = 7 | trades 9",
        "DELETE FROM trades WHERE id = 7 | taken out by hand: there are 9, and 10 were written",
        "DELETE FROM memory | taken out by hand: there are 9, and 10 were written",
        "DELETE FROM lockouts WHERE id = 2 | taken out by hand",
        "UPDATE store_state SET value = replace(value, ' 10 ', ' 12 ') WHERE key = 'seal' | sum",
        "DELETE FROM store_state WHERE key = 'seal' | sum of the rows' hashes",
      })
  void aRowThatWasEditedByHandIsNamedAndTheAccountsAreHeld(String edit, String why)
      throws Exception {
    trade();
    for (String statement : edit.split(";")) {
      Books.execute(data(), statement);
    }
    assertHeld(why);
  }

  @Test
  void aRowThatIsPutBackToWhatItWasBeforeIsNoticedThoughItsHashIsRight() throws Exception {
    try (SqliteStore store = start().store()) {
      store.commit(List.of(saved(lockout(1)), new Store.MetaSaved("rules.effective", "-400")));
    }
    String seal = Books.query(data(), "SELECT seal FROM meta").getFirst();
    try (SqliteStore store = start().store()) {
      store.commit(List.of(new Store.MetaSaved("rules.effective", "-500")));
    }
    Books.execute(data(), "UPDATE meta SET value = '-400', seal = '" + seal + "'");
    assertHeld("put back by hand");
  }

  @Test
  void theHashOfOneRowDoesNotFitAnother() throws Exception {
    trade();
    List<String> seals = Books.query(data(), "SELECT seal FROM trades ORDER BY id");
    assertThat(seals.get(0)).isNotEqualTo(seals.get(1));
    Books.execute(data(), "UPDATE trades SET seal = '" + seals.get(1) + "' WHERE id = 7");
    assertHeld("trades 7");
  }

  @Test
  void anEditedTradeAndContractAreLeftToTheVenueAndShownInTheLog() throws Exception {
    trade();
    Books.execute(data(), "UPDATE trades SET profit_and_loss = '-17.05' WHERE id = 7");
    Books.execute(data(), "UPDATE contracts SET tick_value = '0.01'");
    Opened opened = start();
    try (SqliteStore store = opened.store()) {
      assertThat(store.auditTail(1).getFirst().detail()).contains("trades (7, ", "-17.05");
    }
    assertThat(opened.restored().recentTrades()).containsExactly(trade(8, "-20.00"));
    assertThat(opened.restored().contracts()).isEmpty();
    assertThat(opened.findings())
        .anySatisfy(
            line ->
                assertThat(line)
                    .startsWith("left to the venue to tell: trades (7, 13298777,")
                    .contains("-17.05"));
  }

  @Test
  void anEditedLockoutIsRebuiltFromTheAuditAndNamed() throws Exception {
    trade();
    Books.execute(
        data(), "UPDATE lockouts SET expires_at = '2025-10-31T17:21:20.000000000Z' WHERE id = 1");
    assertHeld("lockouts 1");
  }

  /** Who can write everything and does not have the key. */
  @Test
  void aChainForgedInAllThreePlacesIsNoticed() throws Exception {
    trade();
    List<AuditRecord> kept = new ArrayList<>();
    AuditHead head = AuditHead.NONE;
    try (AuditReader reader =
        AuditReader.open(data().resolve("risk.db"), new StoreErrors(StoreSettings.in(data())))) {
      for (AuditRecord record : reader.after(0, 100)) {
        if (record.told().lockout().map(Lockout::id).orElse(0L) != 1) {
          kept.add(AuditRecord.after(head, record.told()));
          head = kept.getLast().head();
        }
      }
    }
    Books.execute(data(), "DELETE FROM audit");
    try (Connection connection = Books.raw(data());
        PreparedStatement insert = connection.prepareStatement(Sql.AUDIT_APPEND.text())) {
      for (AuditRecord record : kept) {
        insert.setLong(1, record.seq());
        insert.setString(2, record.text());
        insert.setString(3, record.hash());
        insert.executeUpdate();
      }
    }
    Books.execute(data(), "DELETE FROM lockouts WHERE id = 1");
    StringBuilder log = new StringBuilder();
    kept.forEach(record -> log.append(record.line()).append('\n'));
    Files.writeString(home.resolve("logs/audit.log"), log);
    new Marker(home.resolve(".audit-marker")).write(head);
    Opened opened = start();
    opened.store().close();
    assertThat(opened.distrusted())
        .hasValueSatisfying(text -> assertThat(text).contains("taken out by hand"));
  }

  @Test
  void withoutItsKeyNothingVouchesForTheRows() throws Exception {
    trade();
    String before = Files.readString(key());
    Files.delete(key());
    assertHeld("the key of the rows' hashes, " + key() + ", is missing");
    assertThat(Files.readString(key())).isNotEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "not a key\n", "0123\n"})
  void aKeyThatIsNoneIsKeptBesideAndNothingVouchesForTheRows(String text) throws Exception {
    trade();
    Files.writeString(key(), text);
    assertHeld("nothing vouches for the rows of the database");
    try (Stream<Path> files = Files.list(home)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .anyMatch(name -> name.startsWith(".seal-key.kept-"));
    }
  }

  @Test
  void anotherHomesKeyDoesNotFit() throws Exception {
    trade();
    Files.writeString(key(), SealKey.random().text() + "\n");
    assertHeld("rows of the database were changed by hand");
  }

  @Test
  void onlyTheKeyLeftStillTellsThatThereWasADatabase() throws Exception {
    trade();
    for (String name : List.of("data/risk.db", "logs/audit.log", ".audit-marker")) {
      Files.delete(home.resolve(name));
    }
    Opened opened = start();
    opened.store().close();
    assertThat(opened.distrusted()).contains("the database is missing");
  }

  /** As the version before the hashes left it. */
  private void takeHashesAway() throws Exception {
    for (SealedTable table : SealedTable.values()) {
      Books.execute(data(), "ALTER TABLE " + table.text() + " DROP COLUMN seal");
    }
    Books.execute(data(), "DELETE FROM store_state WHERE key = 'seal'");
    Books.execute(data(), "DELETE FROM schema_version WHERE version = 4");
  }

  @Test
  void theRowsOfAnOlderVersionGetTheirHashesOnceWithoutAnybodyBeingHeld() throws Exception {
    trade();
    takeHashesAway();
    Files.delete(key());
    Opened opened = start();
    opened.store().close();
    assertThat(opened.distrusted()).isEmpty();
    assertThat(opened.restored().lockouts()).containsExactly(lockout(1));
    assertThat(opened.restored().recentTrades()).hasSize(2);
    assertClean();
    Books.execute(data(), "UPDATE trades SET fees = '0' WHERE id = 7");
    assertHeld("trades 7");
  }

  @Test
  void aDatabaseWhoseHashesWereTakenAwayIsNotTakenForOneOfAnOlderVersion() throws Exception {
    trade();
    takeHashesAway();
    Books.execute(data(), "UPDATE trades SET fees = '0' WHERE id = 7");
    assertHeld("carry no hashes, although this home has a key");
  }

  /** Between the key's first writing and its last name the process may die twice over. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aFirstStartThatDiedOnTheWayIsFinishedByTheNext(boolean sealed) throws Exception {
    trade();
    Files.move(key(), home.resolve(".seal-key.new"));
    if (!sealed) {
      takeHashesAway();
    }
    assertClean();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key())))
        .isEqualTo("rw-------");
  }

  @Test
  void aKeyThatOthersCouldReadIsClosedToThem() throws Exception {
    trade();
    Files.setPosixFilePermissions(key(), PosixFilePermissions.fromString("rw-r--r--"));
    assertClean();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key())))
        .isEqualTo("rw-------");
  }

  @Test
  void whatIsRemovedEndedAndRefusedKeepsTheSumRight() throws Exception {
    trade();
    try (SqliteStore store = start().store()) {
      store.commit(
          List.of(
              new Store.MemoryRemoved(ACCOUNT, "episode", "RULE-003"),
              new Store.MemoryRemoved(ACCOUNT, "episode", "never there"),
              new Store.TimerRemoved(ACCOUNT, "grace"),
              new Store.ResetMarked(ACCOUNT, RESET, DAY, NOW.plusSeconds(1)),
              new Store.TradeSaved(trade(7, "-171.50"))));
      Lockout other = lockout(1, ACCOUNT, LOSS, Optional.of("MNQ"));
      assertThatExceptionOfType(StoreException.class)
          .isThrownBy(
              () -> store.commit(List.of(new Store.MetaSaved("half", "done"), saved(other))));
      store.commit(List.of(new Store.MetaSaved("rules.effective", "limit: -300")));
      assertThat(store.prune(NOW.plus(Duration.ofDays(1)))).isEqualTo(2);
      assertThat(store.verifyAudit().message()).contains("database, log and marker agree");
    }
    assertClean();
    assertThat(Books.query(data(), "SELECT count(*) FROM trades")).containsExactly("0");
  }

  @Test
  void anEditBesideTheRunningEngineIsFoundByTheDailyLookAndByAuditVerify() throws Exception {
    trade();
    try (SqliteStore store = start().store()) {
      store.check(NOW);
      Books.execute(data(), "UPDATE trades SET fees = '0' WHERE id = 7");
      assertThat(store.verifyAudit().valid()).isFalse();
      assertThat(store.verifyAudit().message()).contains("changed by hand: trades 7");
      assertThatExceptionOfType(StoreException.class)
          .isThrownBy(() -> store.check(NOW))
          .withMessageContaining("trades 7, while the engine runs");
      assertThatExceptionOfType(StoreException.class)
          .isThrownBy(() -> store.maintain(NOW))
          .withMessageContaining("trades 7");
    }
    assertHeld("trades 7");
  }
}
