package dev.riskmanager.replay;

import dev.riskmanager.domain.event.RiskEvent;
import dev.riskmanager.domain.model.Account;
import dev.riskmanager.domain.model.AccountId;
import dev.riskmanager.domain.model.ContractId;
import dev.riskmanager.domain.model.Order;
import dev.riskmanager.domain.model.Position;
import dev.riskmanager.domain.model.Trade;
import dev.riskmanager.payload.Translation;
import dev.riskmanager.payload.WireJson;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/** The venue's own books of a session, as its ledger tells them: what a reading finds at a time. */
final class VenueBooks {
  private static final Map<String, String> KINDS =
      Map.of(
          "order", "GatewayUserOrder",
          "trade", "GatewayUserTrade",
          "position", "GatewayUserPosition",
          "account", "GatewayUserAccount");

  private record Row(Instant at, RiskEvent event) {}

  private record Held(AccountId account, ContractId contract) {
    String key() {
      return account + "/" + contract;
    }
  }

  private final List<Account> first;
  private final List<Row> rows = new ArrayList<>();

  /**
   * Reads a ledger.
   *
   * @param first the accounts before anything happened
   */
  VenueBooks(Path ledger, List<Account> first) throws IOException {
    this.first = List.copyOf(first);
    try (EventLines lines = EventLines.of(ledger)) {
      for (String line = lines.next(); line != null; line = lines.next()) {
        JsonNode json = WireJson.read(line);
        Instant at = OffsetDateTime.parse(json.get("at").stringValue()).toInstant();
        for (Map.Entry<String, String> kind : KINDS.entrySet()) {
          if (json.has(kind.getKey())) {
            JsonNode row = json.get(kind.getKey());
            Translation.payload(kind.getValue(), null, row)
                .events()
                .forEach(event -> rows.add(new Row(at, event)));
          }
        }
      }
    }
  }

  int size() {
    return rows.size();
  }

  /** Whether nothing changed from the first time to the second. */
  boolean rest(Instant from, Instant to) {
    return rows.stream().noneMatch(row -> row.at().isAfter(from) && !row.at().isAfter(to));
  }

  /**
   * What a reading finds.
   *
   * @param only of that account; empty of all
   * @param without trades executed from then on are left out
   */
  RiskEvent.SnapshotTaken at(
      Instant t, boolean reconciliation, Optional<AccountId> only, Instant without) {
    Map<AccountId, Account> accounts = new TreeMap<>();
    first.forEach(account -> accounts.put(account.id(), account));
    Map<String, Position> positions = new TreeMap<>();
    Map<Long, Order> orders = new TreeMap<>();
    List<Trade> trades = new ArrayList<>();
    for (Row row : rows) {
      if (row.at().isAfter(t)) {
        break;
      }
      switch (row.event()) {
        case RiskEvent.AccountReported told -> accounts.put(told.row().id(), told.row());
        case RiskEvent.OrderReported told -> {
          if (told.order().status().isWorking()) {
            orders.put(told.order().id(), told.order());
          } else {
            orders.remove(told.order().id());
          }
        }
        case RiskEvent.PositionReported told -> {
          String key = new Held(told.account(), told.contract()).key();
          told.position()
              .ifPresentOrElse(held -> positions.put(key, held), () -> positions.remove(key));
        }
        case RiskEvent.TradeReported told -> {
          if (told.trade().executedAt().isBefore(without)) {
            trades.add(told.trade());
          }
        }
        default -> throw new IllegalStateException("not of an account: " + row);
      }
    }
    return new RiskEvent.SnapshotTaken(
        reconciliation,
        only,
        Optional.of(accounts.values().stream().filter(a -> isOf(only, a.id())).toList()),
        Optional.of(positions.values().stream().filter(p -> isOf(only, p.account())).toList()),
        Optional.of(orders.values().stream().filter(o -> isOf(only, o.account())).toList()),
        Optional.of(trades.stream().filter(trade -> isOf(only, trade.account())).toList()));
  }

  private static boolean isOf(Optional<AccountId> only, AccountId account) {
    return only.map(account::equals).orElse(true);
  }
}
