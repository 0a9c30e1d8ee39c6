package dev.riskmanager.sim.exchange;

import dev.riskmanager.sim.exchange.OrderRequest.Bracket;
import dev.riskmanager.sim.knob.TradingKnobs;
import dev.riskmanager.sim.knob.TradingKnobs.BracketFailure;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * Auto-OCO brackets: the legs exist from the start, suspended and without prices, numbered after
 * their entry; they work a moment after the entry filled, and one ends when the other fills.
 */
final class Brackets {
  private Brackets() {}

  /** Adds the legs the request asks for. */
  static void attach(Floor floor, Order entry, OrderRequest request) {
    BracketFailure failure = floor.knobs.get(TradingKnobs.BRACKET_FAILURE);
    long gap = floor.knobs.get(TradingKnobs.BRACKET_ID_GAP);
    if (request.stopLoss() != null && failure != BracketFailure.MISSING_STOP) {
      entry.stopLeg = leg(floor, entry, request.stopLoss(), "-SL", gap);
      gap = 0;
    }
    if (request.takeProfit() != null && failure != BracketFailure.MISSING_TARGET) {
      entry.targetLeg = leg(floor, entry, request.takeProfit(), "-TP", gap);
    }
    if (entry.stopLeg != null && entry.targetLeg != null) {
      entry.targetLeg.linkedId = entry.stopLeg.id;
      entry.targetLeg.sibling = entry.stopLeg;
      entry.stopLeg.sibling = entry.targetLeg;
    }
  }

  private static Order leg(Floor floor, Order entry, Bracket bracket, String suffix, long gap) {
    Order leg =
        new Order(
            floor.nextOrderId(gap),
            entry.accountId,
            entry.contract,
            entry.created,
            OrderType.of(bracket.type()).orElseThrow(),
            entry.side.opposite(),
            entry.size,
            entry.tag == null ? null : entry.tag + suffix);
    leg.status = OrderStatus.SUSPENDED;
    leg.parentId = entry.id;
    leg.trailTicks = bracket.ticks();
    floor.account(entry.accountId).orders.put(leg.id, leg);
    floor.live.put(leg.id, leg);
    return leg;
  }

  /** Lets the legs work at their offsets from the entry's fill: the target first, as recorded. */
  static void activate(Floor floor, Matcher matcher, Order entry) {
    BigDecimal fill = entry.averageFill();
    if (fill == null) {
      return;
    }
    activate(floor, matcher, entry.targetLeg, fill);
    activate(floor, matcher, entry.stopLeg, fill);
  }

  private static void activate(
      Floor floor, Matcher matcher, @Nullable Order leg, BigDecimal entryFill) {
    if (leg == null || leg.status != OrderStatus.SUSPENDED || leg.trailTicks == null) {
      return;
    }
    BigDecimal price = leg.contract.onTick(entryFill.add(leg.contract.ticks(leg.trailTicks)));
    if (leg.type == OrderType.LIMIT) {
      leg.limitPrice = price;
    } else {
      leg.stopPrice = price;
    }
    if (floor.knobs.get(TradingKnobs.BRACKET_FAILURE) == BracketFailure.ACTIVATION) {
      floor.finish(leg, OrderStatus.REJECTED);
    } else {
      matcher.open(leg);
    }
  }
}
