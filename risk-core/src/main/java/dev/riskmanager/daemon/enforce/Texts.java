package dev.riskmanager.daemon.enforce;

import dev.riskmanager.domain.decision.Decision;
import dev.riskmanager.domain.model.RuleId;
import java.util.Locale;

/** Decisions and requests in words. */
final class Texts {
  private Texts() {}

  /** {@code daily_realized_loss} → {@code DailyRealizedLoss}, the way the log names rules. */
  static String ruleName(RuleId rule) {
    StringBuilder name = new StringBuilder();
    for (String word : rule.key().split("_")) {
      if (!word.isEmpty()) {
        name.append(word.substring(0, 1).toUpperCase(Locale.ROOT)).append(word.substring(1));
      }
    }
    return name.toString();
  }

  /** For the log: {@code Closing all positions}. */
  static String enforcing(Decision.Action action) {
    return switch (action) {
      case Decision.CancelAllOrders all ->
          "Cancelling all orders" + all.symbol().map(s -> " of " + s).orElse("");
      case Decision.CancelOrder cancel ->
          "Cancelling order " + cancel.orderId() + " of " + cancel.contract();
      case Decision.CloseAllPositions all -> "Closing all positions";
      case Decision.ReducePosition reduce ->
          "Reducing " + reduce.contract() + " from " + reduce.size() + " to " + reduce.toSize();
      case Decision.ClosePosition close -> "Closing " + close.contract();
      case Decision.ModifyStop modify ->
          "Moving stop " + modify.orderId() + " of " + modify.contract() + " to " + modify.price();
      case Decision.PlaceStop place ->
          "Placing a stop for " + place.contract() + " at " + place.price();
      case Decision.PlaceTarget place ->
          "Placing a target for " + place.contract() + " at " + place.price();
      case Decision.ResizeOrder resize ->
          "Resizing order "
              + resize.orderId()
              + " of "
              + resize.contract()
              + " to "
              + resize.toSize();
    };
  }

  /** For the receipt: the decision's name on the decision line, and what it is about. */
  static String action(Decision.Action action) {
    return switch (action) {
      case Decision.CancelAllOrders all ->
          "cancel_all_orders" + all.symbol().map(s -> " " + s).orElse("");
      case Decision.CancelOrder cancel -> "cancel_order " + cancel.orderId();
      case Decision.CloseAllPositions all -> "close_all_positions";
      case Decision.ReducePosition reduce ->
          "reduce_position " + reduce.contract() + " to " + reduce.toSize();
      case Decision.ClosePosition close -> "close_position " + close.contract();
      case Decision.ModifyStop modify -> "modify_stop " + modify.orderId() + " " + modify.price();
      case Decision.PlaceStop place -> "place_stop " + place.contract() + " " + place.price();
      case Decision.PlaceTarget place -> "place_target " + place.contract() + " " + place.price();
      case Decision.ResizeOrder resize ->
          "resize_order " + resize.orderId() + " to " + resize.toSize();
    };
  }

  static String request(VenueRequest request) {
    return request.detail().isEmpty()
        ? request.operation()
        : request.operation() + " " + request.detail();
  }
}
