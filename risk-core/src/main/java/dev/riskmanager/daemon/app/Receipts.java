package dev.riskmanager.daemon.app;

import dev.riskmanager.daemon.port.Store;
import dev.riskmanager.domain.model.AccountId;
import dev.riskmanager.wire.ReceiptView;
import dev.riskmanager.wire.ReceiptsView.ReceiptLine;
import dev.riskmanager.wire.WireJson;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The receipts of all enforcements: those of this process, from memory, and those of before, from
 * the database. What is going on has one from its decision on, and a full disk hides none. Safe for
 * many threads.
 */
final class Receipts {
  private static final int KEPT = 200;

  private final Store store;
  private final Map<String, ReceiptView> here = new LinkedHashMap<>();

  Receipts(Store store) {
    this.store = store;
  }

  /**
   * Takes the story so far; a later one of the same id takes its place.
   *
   * @return what was known of it before
   */
  synchronized Optional<ReceiptView> put(ReceiptView receipt) {
    Optional<ReceiptView> before = Optional.ofNullable(here.put(receipt.id(), receipt));
    if (here.size() > KEPT) {
      here.values().stream()
          .filter(kept -> kept.endedAt() != null)
          .findFirst()
          .ifPresent(oldest -> here.remove(oldest.id()));
    }
    return before;
  }

  /**
   * One of them, the newest when no id is given.
   *
   * @throws Store.StoreException when it is not at hand and the database cannot be read
   */
  Optional<ReceiptView> find(Optional<String> id) throws Store.StoreException {
    Optional<ReceiptView> found = id.isPresent() ? atHand(id.get()) : newestAtHand();
    return found.isPresent()
        ? found
        : store.receipt(id).map(row -> WireJson.read(row.json(), ReceiptView.class));
  }

  /**
   * The newest ones, newest last.
   *
   * @param most how many
   * @throws Store.StoreException when the database cannot be read
   */
  List<ReceiptLine> lines(int most, Optional<AccountId> account) throws Store.StoreException {
    List<ReceiptView> newest = atHand(account);
    List<ReceiptLine> lines = new ArrayList<>();
    for (Store.ReceiptRow row : store.receipts(most, account)) {
      if (newest.stream().noneMatch(r -> r.id().equals(row.id()))) {
        // Its members are a part of the receipt's.
        lines.add(WireJson.read(row.json(), ReceiptLine.class));
      }
    }
    newest.forEach(r -> lines.add(line(r)));
    return List.copyOf(lines.subList(Math.max(0, lines.size() - most), lines.size()));
  }

  private static ReceiptLine line(ReceiptView receipt) {
    return new ReceiptLine(
        receipt.id(),
        receipt.accountId(),
        receipt.ruleId(),
        receipt.rule(),
        receipt.symbol(),
        receipt.reason(),
        receipt.decidedAt(),
        receipt.outcome());
  }

  private synchronized Optional<ReceiptView> atHand(String id) {
    return Optional.ofNullable(here.get(id));
  }

  private synchronized Optional<ReceiptView> newestAtHand() {
    return here.values().stream().reduce((older, newer) -> newer);
  }

  private synchronized List<ReceiptView> atHand(Optional<AccountId> account) {
    return here.values().stream()
        .filter(r -> account.isEmpty() || account.get().value() == r.accountId())
        .toList();
  }
}
