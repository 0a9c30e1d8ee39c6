package dev.riskmanager.sim.market;

import dev.riskmanager.sim.json.Json;
import dev.riskmanager.sim.json.Stamps;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * Open, high, low and close of one span of time.
 *
 * @param time when it began
 */
public record Bar(
    Instant time, BigDecimal open, BigDecimal high, BigDecimal low, BigDecimal close, long volume) {

  /** Two hours of MNQ in one-minute bars as recorded in August 2026, oldest first. */
  public static List<Bar> recorded() {
    List<Bar> bars = new ArrayList<>();
    for (JsonNode row : Json.parse(ContractCatalog.text("bars.json")).values()) {
      bars.add(
          new Bar(
              Stamps.parse(row.get("timestamp").stringValue()),
              row.get("open").decimalValue(),
              row.get("high").decimalValue(),
              row.get("low").decimalValue(),
              row.get("close").decimalValue(),
              row.get("volume").longValue()));
    }
    Collections.reverse(bars);
    return bars;
  }

  /** The same prices in a span that begins at another time. */
  Bar from(Instant begin) {
    return new Bar(begin, open, high, low, close, volume);
  }

  /** This bar with a later one of the same span joined to it. */
  Bar join(Bar later) {
    return new Bar(
        time, open, high.max(later.high), low.min(later.low), later.close, volume + later.volume);
  }
}
