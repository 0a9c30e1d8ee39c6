package dev.riskmanager.sim.http;

import dev.riskmanager.sim.json.Json;
import dev.riskmanager.sim.json.Stamps;
import dev.riskmanager.sim.knob.Knobs;
import dev.riskmanager.sim.knob.RestKnobs;
import dev.riskmanager.sim.market.Bar;
import dev.riskmanager.sim.market.BarHistory;
import dev.riskmanager.sim.market.BarUnit;
import dev.riskmanager.sim.market.Contract;
import dev.riskmanager.sim.market.ContractCatalog;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** Bars of the past. */
final class HistoryApi {
  private static final int CONTRACT_NOT_FOUND = 1;
  private static final int UNIT_INVALID = 2;
  private static final int UNIT_NUMBER_INVALID = 3;
  private static final int LIMIT_INVALID = 4;
  private static final int MOST_BARS = 20_000;

  private final Knobs knobs;
  private final ContractCatalog catalog;
  private final BarHistory history;

  HistoryApi(Knobs knobs, ContractCatalog catalog, BarHistory history) {
    this.knobs = knobs;
    this.catalog = catalog;
    this.history = history;
  }

  ObjectNode bars(Call call) {
    Body b = call.body();
    Optional<Contract> contract = catalog.byId(b.text("contractId"));
    Optional<BarUnit> unit = BarUnit.of(b.integer("unit"));
    int number = b.integer("unitNumber");
    int limit = b.integer("limit");
    // Live data needs a subscription practice credentials do not have: no contract is found.
    if (contract.isEmpty() || b.flag("live", false)) {
      return none(CONTRACT_NOT_FOUND);
    }
    if (unit.isEmpty()) {
      return none(UNIT_INVALID);
    }
    if (number < 1) {
      return none(UNIT_NUMBER_INVALID);
    }
    if (limit < 1 || limit > MOST_BARS) {
      return none(LIMIT_INVALID);
    }
    List<Bar> rows =
        history.bars(
            contract.get(),
            b.time("startTime"),
            b.time("endTime"),
            unit.get(),
            number,
            Math.min(limit, knobs.get(RestKnobs.MAX_BARS).intValue()),
            b.flag("includePartialBar", false));
    return Envelope.rows("bars", rows, HistoryApi::row);
  }

  private static ObjectNode none(int code) {
    ObjectNode reply = Json.object();
    reply.putArray("bars");
    return Envelope.close(reply, code, null);
  }

  private static ObjectNode row(Bar bar) {
    ObjectNode row = Json.object();
    row.put("t", Stamps.rest(bar.time()));
    row.put("o", Json.plain(bar.open()));
    row.put("h", Json.plain(bar.high()));
    row.put("l", Json.plain(bar.low()));
    row.put("c", Json.plain(bar.close()));
    row.put("v", bar.volume());
    return row;
  }
}
