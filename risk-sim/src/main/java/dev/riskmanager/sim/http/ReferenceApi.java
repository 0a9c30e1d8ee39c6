package dev.riskmanager.sim.http;

import dev.riskmanager.sim.exchange.AccountView;
import dev.riskmanager.sim.exchange.Reader;
import dev.riskmanager.sim.json.Json;
import dev.riskmanager.sim.knob.Knob;
import dev.riskmanager.sim.knob.Knobs;
import dev.riskmanager.sim.knob.TradingKnobs;
import dev.riskmanager.sim.market.Contract;
import dev.riskmanager.sim.market.ContractCatalog;
import dev.riskmanager.sim.rows.Rows;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** Accounts and contracts. */
final class ReferenceApi {
  private static final int CONTRACT_NOT_FOUND = 1;

  private final Knobs knobs;
  private final Reader reader;
  private final ContractCatalog catalog;

  ReferenceApi(Knobs knobs, Reader reader, ContractCatalog catalog) {
    this.knobs = knobs;
    this.reader = reader;
    this.catalog = catalog;
  }

  ObjectNode accounts(Call call) {
    // Read, to refuse a wrong type; all accounts here are active, also one that may not trade.
    call.body().flag("onlyActiveAccounts", false);
    Set<String> hidden = knobs.get(TradingKnobs.HIDDEN_ACCOUNTS);
    List<AccountView> rows =
        reader.accounts().stream()
            .filter(a -> !Knob.covers(hidden, String.valueOf(a.id())))
            .toList();
    return Envelope.rows("accounts", rows, Rows.REST::account);
  }

  ObjectNode available(Call call) {
    return contracts(call, catalog.available());
  }

  ObjectNode search(Call call) {
    String text = call.body().optionalText("searchText");
    return contracts(call, catalog.search(Objects.requireNonNullElse(text, "")));
  }

  /** With practice credentials there are no live contracts: an empty list, and no error. */
  private static ObjectNode contracts(Call call, List<Contract> rows) {
    boolean live = call.body().flag("live", false);
    return Envelope.rows("contracts", live ? List.of() : rows, Rows.REST::contract);
  }

  ObjectNode byId(Call call) {
    Optional<Contract> found = catalog.byId(call.body().text("contractId"));
    ObjectNode reply = Json.object();
    found.ifPresentOrElse(
        c -> reply.set("contract", Rows.REST.contract(c)), () -> reply.putNull("contract"));
    return Envelope.close(reply, found.isPresent() ? 0 : CONTRACT_NOT_FOUND, null);
  }
}
