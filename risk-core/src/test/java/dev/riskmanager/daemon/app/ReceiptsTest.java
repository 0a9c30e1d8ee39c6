package dev.riskmanager.daemon.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.riskmanager.daemon.port.Store;
import dev.riskmanager.daemon.store.AuditFiles;
import dev.riskmanager.daemon.store.BooksAtStart;
import dev.riskmanager.daemon.store.SqliteStore;
import dev.riskmanager.daemon.store.StoreSettings;
import dev.riskmanager.domain.model.AccountId;
import dev.riskmanager.wire.ReceiptView;
import dev.riskmanager.wire.ReceiptsView.ReceiptLine;
import dev.riskmanager.wire.WireJson;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReceiptsTest {
  private static final Instant NOON = Instant.parse("2026-03-03T18:00:00Z");

  @TempDir private Path home = Path.of("");

  @Test
  void whatIsUnderWayIsFoundBeforeTheDiskHasIt() throws Exception {
    try (SqliteStore store = store()) {
      store.commit(List.of(row(receipt("a", 501, NOON, "FLAT"))));
      Receipts receipts = new Receipts(store);

      assertThat(receipts.find(Optional.empty())).get().extracting(ReceiptView::id).isEqualTo("a");

      receipts.put(receipt("b", 502, null, "under way"));
      assertThat(receipts.find(Optional.empty())).get().extracting(ReceiptView::id).isEqualTo("b");
      assertThat(receipts.find(Optional.of("a"))).isPresent();
      assertThat(receipts.find(Optional.of("c"))).isEmpty();
      assertThat(receipts.lines(10, Optional.empty()))
          .extracting(ReceiptLine::id)
          .containsExactly("a", "b");
      assertThat(receipts.lines(1, Optional.empty()))
          .extracting(ReceiptLine::id)
          .containsExactly("b");
      assertThat(receipts.lines(10, Optional.of(new AccountId(501))))
          .extracting(ReceiptLine::id)
          .containsExactly("a");
    }
  }

  @Test
  void oneThatIsInBothIsShownOnceAsItIsNow() throws Exception {
    try (SqliteStore store = store()) {
      Receipts receipts = new Receipts(store);
      ReceiptView proven = receipt("a", 501, null, "FLAT, still watched");
      assertThat(receipts.put(proven)).isEmpty();
      store.commit(List.of(row(proven)));
      assertThat(receipts.put(receipt("a", 501, NOON, "FLAT"))).contains(proven);

      assertThat(receipts.lines(10, Optional.empty()))
          .extracting(ReceiptLine::outcome)
          .containsExactly("FLAT");
    }
  }

  @Test
  void theOldestThatHasEndedMakesRoom() throws Exception {
    try (SqliteStore store = store()) {
      Receipts receipts = new Receipts(store);
      receipts.put(receipt("running", 501, null, "under way"));
      for (int i = 0; i < 200; i++) {
        receipts.put(receipt("r" + i, 501, NOON, "FLAT"));
      }

      assertThat(receipts.find(Optional.of("running"))).isPresent();
      assertThat(receipts.find(Optional.of("r0"))).isEmpty();
      assertThat(receipts.find(Optional.of("r1"))).isPresent();
    }
  }

  private SqliteStore store() throws Store.StoreException {
    return BooksAtStart.open(StoreSettings.in(home), AuditFiles.of(home), () -> NOON, false)
        .store();
  }

  private static Store.Change row(ReceiptView receipt) {
    return new Store.ReceiptSaved(
        receipt.id(),
        new AccountId(receipt.accountId()),
        Optional.empty(),
        NOON,
        WireJson.write(receipt));
  }

  private static ReceiptView receipt(
      String id, long account, @Nullable Instant ended, String outcome) {
    return new ReceiptView(
        id,
        account,
        "RULE-003",
        "daily_realized_loss",
        null,
        "Daily loss limit exceeded",
        List.of(),
        null,
        null,
        NOON,
        null,
        null,
        null,
        ended,
        outcome,
        List.of(),
        List.of(),
        null);
  }
}
