package dev.riskmanager.recording;

import dev.riskmanager.domain.decision.Cause;
import dev.riskmanager.domain.decision.Decision;
import dev.riskmanager.domain.lockout.Lockout;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A decision as one line of JSON: the members in a fixed order, those that do not apply left out.
 * The same decision gives the same bytes on every machine.
 */
public final class DecisionLine {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private DecisionLine() {}

  /** The line, without its end. */
  public static String of(Decision decision) {
    return tree(decision).toString();
  }

  /** The line as a tree, for whoever compares its members. */
  public static ObjectNode tree(Decision decision) {
    Cause cause = decision.cause();
    ObjectNode line = JSON.createObjectNode();
    line.put("t", cause.at().toString());
    line.put("account", cause.account().value());
    line.put("decision", name(decision));
    cause.rule().ifPresent(rule -> line.put("ruleId", rule.toString()).put("rule", rule.key()));
    subject(line, decision);
    lockout(line, decision);
    if (!cause.reason().isEmpty()) {
      line.put("reason", cause.reason());
    }
    if (cause.guard()) {
      line.put("guard", true);
    }
    if (cause.shadow()) {
      line.put("shadow", true);
    }
    tradingDay(decision).ifPresent(day -> line.put("tradingDay", day));
    return line;
  }

  /** The name of the decision: {@code close_all_positions}. */
  public static String name(Decision decision) {
    return switch (decision) {
      case Decision.ViolationFound found -> "violation";
      case Decision.PrecheckBlocked blocked -> "precheck_blocked";
      case Decision.LockoutSet set -> "lockout_set";
      case Decision.LockoutCleared cleared -> "lockout_cleared";
      case Decision.CancelAllOrders all -> "cancel_all_orders";
      case Decision.CancelOrder one -> "cancel_order";
      case Decision.CloseAllPositions all -> "close_all_positions";
      case Decision.ReducePosition one -> "reduce_position";
      case Decision.ClosePosition one -> "close_position";
      case Decision.ModifyStop one -> "modify_stop";
      case Decision.PlaceStop one -> "place_stop";
      case Decision.PlaceTarget one -> "place_target";
      case Decision.ResizeOrder one -> "resize_order";
      case Decision.Alert one -> "alert";
      case Decision.Reset one -> "reset";
    };
  }

  private static void subject(ObjectNode line, Decision decision) {
    switch (decision) {
      case Decision.ViolationFound found -> {
        found.symbol().ifPresent(symbol -> line.put("symbol", symbol));
        found.contract().ifPresent(contract -> line.put("contractId", contract.value()));
        found.orderId().ifPresent(order -> line.put("orderId", order));
      }
      case Decision.PrecheckBlocked blocked -> {
        blocked.symbol().ifPresent(symbol -> line.put("symbol", symbol));
        blocked.contract().ifPresent(contract -> line.put("contractId", contract.value()));
      }
      case Decision.LockoutSet set -> symbol(line, set.lockout());
      case Decision.LockoutCleared cleared -> symbol(line, cleared.lockout());
      case Decision.CancelAllOrders all -> all.symbol().ifPresent(s -> line.put("symbol", s));
      case Decision.CancelOrder cancel ->
          contract(line, cancel)
              .put("orderId", cancel.orderId())
              .put("side", cancel.side().name())
              .put("size", cancel.size());
      case Decision.CloseAllPositions all -> {}
      case Decision.ReducePosition reduce ->
          contract(line, reduce)
              .put("side", reduce.side().name())
              .put("size", reduce.size())
              .put("toSize", reduce.toSize());
      case Decision.ClosePosition close ->
          contract(line, close).put("side", close.side().name()).put("size", close.size());
      case Decision.ModifyStop modify ->
          contract(line, modify)
              .put("orderId", modify.orderId())
              .put("side", modify.side().name())
              .put("size", modify.size())
              .put("price", modify.price().toString());
      case Decision.PlaceStop place ->
          contract(line, place)
              .put("side", place.side().name())
              .put("size", place.size())
              .put("price", place.price().toString());
      case Decision.PlaceTarget place ->
          contract(line, place)
              .put("side", place.side().name())
              .put("size", place.size())
              .put("price", place.price().toString());
      case Decision.ResizeOrder resize ->
          contract(line, resize)
              .put("orderId", resize.orderId())
              .put("side", resize.side().name())
              .put("size", resize.size())
              .put("toSize", resize.toSize());
      case Decision.Alert alert -> {
        alert.symbol().ifPresent(symbol -> line.put("symbol", symbol));
        alert.contract().ifPresent(contract -> line.put("contractId", contract.value()));
      }
      case Decision.Reset reset -> {}
    }
  }

  private static ObjectNode contract(ObjectNode line, Decision.ContractAction action) {
    return line.put("symbol", action.symbol()).put("contractId", action.contract().value());
  }

  private static void symbol(ObjectNode line, Lockout lockout) {
    lockout.symbol().ifPresent(symbol -> line.put("symbol", symbol));
  }

  private static void lockout(ObjectNode line, Decision decision) {
    switch (decision) {
      case Decision.ViolationFound found -> {
        found.lockoutType().ifPresent(type -> line.put("lockoutType", type.text()));
        found.until().ifPresent(end -> line.put("until", end.toString()));
      }
      case Decision.LockoutSet set -> lockout(line, set.lockout());
      case Decision.LockoutCleared cleared -> lockout(line, cleared.lockout());
      case Decision.PrecheckBlocked other -> {}
      case Decision.Action other -> {}
      case Decision.Alert other -> {}
      case Decision.Reset other -> {}
    }
  }

  private static void lockout(ObjectNode line, Lockout lockout) {
    line.put("lockoutType", lockout.type().text());
    lockout.expiresAt().ifPresent(end -> line.put("until", end.toString()));
  }

  private static Optional<String> tradingDay(Decision decision) {
    return switch (decision) {
      case Decision.ViolationFound found -> Optional.of(found.tradingDay().toString());
      case Decision.LockoutSet set -> Optional.of(set.lockout().tradingDay().toString());
      case Decision.LockoutCleared cleared ->
          Optional.of(cleared.lockout().tradingDay().toString());
      case Decision.Reset reset -> Optional.of(reset.tradingDay().toString());
      case Decision.PrecheckBlocked other -> Optional.empty();
      case Decision.Action other -> Optional.empty();
      case Decision.Alert other -> Optional.empty();
    };
  }
}
