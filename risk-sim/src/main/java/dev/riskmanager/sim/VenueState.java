package dev.riskmanager.sim;

import dev.riskmanager.sim.exchange.AccountView;
import dev.riskmanager.sim.exchange.Reader;
import dev.riskmanager.sim.json.Json;
import dev.riskmanager.sim.json.Stamps;
import dev.riskmanager.sim.knob.Knobs;
import dev.riskmanager.sim.market.Quote;
import dev.riskmanager.sim.market.Quotes;
import dev.riskmanager.sim.rows.Rows;
import java.time.InstantSource;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The books, the market and the knobs as one JSON object. */
final class VenueState {
  private VenueState() {}

  static ObjectNode of(InstantSource clock, Reader reader, Quotes quotes, Knobs knobs) {
    ObjectNode state = Json.object();
    state.put("now", Stamps.hub(clock.instant()));
    ArrayNode accounts = state.putArray("accounts");
    for (AccountView account : reader.accounts()) {
      ObjectNode row = Rows.REST.account(account);
      accounts.add(row);
      ArrayNode positions = row.putArray("positions");
      reader.positions(account.id()).forEach(p -> positions.add(Rows.REST.position(p)));
      ArrayNode orders = row.putArray("orders");
      reader.orders(account.id(), o -> true).forEach(o -> orders.add(Rows.REST_FULL.order(o)));
      ArrayNode trades = row.putArray("trades");
      reader.trades(account.id(), null, null).forEach(t -> trades.add(Rows.REST.trade(t)));
    }
    ArrayNode rows = state.putArray("quotes");
    for (Quote quote : quotes.all()) {
      ObjectNode row = rows.addObject();
      row.put("contractId", quote.contract().id());
      row.put("last", Json.plain(quote.last()));
      row.put("bid", Json.plain(quote.bid()));
      row.put("ask", Json.plain(quote.ask()));
    }
    state.set("knobs", knobs.current());
    return state;
  }
}
