package dev.riskmanager.sim.http;

import dev.riskmanager.sim.api.Reason;
import dev.riskmanager.sim.exchange.Exchange;
import dev.riskmanager.sim.exchange.Reader;
import dev.riskmanager.sim.rows.Rows;
import java.time.Instant;
import tools.jackson.databind.node.ObjectNode;

/** Positions and trades. */
final class PositionApi {
  private final Exchange exchange;
  private final Reader reader;

  PositionApi(Exchange exchange) {
    this.exchange = exchange;
    this.reader = exchange.reader();
  }

  ObjectNode searchOpen(Call call) {
    long account = call.body().wide("accountId");
    return reader.hasAccount(account)
        ? Envelope.rows("positions", reader.positions(account), Rows.REST::position)
        : Envelope.noRows("positions", call.operation(), Reason.ACCOUNT_NOT_FOUND);
  }

  ObjectNode close(Call call) {
    Body b = call.body();
    return Envelope.of(
        call.operation(), exchange.close(b.wide("accountId"), b.text("contractId"), null));
  }

  ObjectNode partialClose(Call call) {
    Body b = call.body();
    return Envelope.of(
        call.operation(),
        exchange.close(b.wide("accountId"), b.text("contractId"), b.integer("size")));
  }

  ObjectNode trades(Call call) {
    Body b = call.body();
    long account = b.wide("accountId");
    Instant from = b.optionalTime("startTimestamp");
    Instant to = b.optionalTime("endTimestamp");
    return reader.hasAccount(account)
        ? Envelope.rows("trades", reader.trades(account, from, to), Rows.REST::trade)
        : Envelope.noRows("trades", call.operation(), Reason.ACCOUNT_NOT_FOUND);
  }
}
