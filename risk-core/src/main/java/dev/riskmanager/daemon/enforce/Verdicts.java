package dev.riskmanager.daemon.enforce;

import dev.riskmanager.domain.lockout.Baseline;
import dev.riskmanager.domain.model.Order;
import dev.riskmanager.domain.model.OrderType;
import dev.riskmanager.domain.model.Position;
import dev.riskmanager.domain.model.Side;
import java.util.Optional;

/**
 * Which orders go, which shrink and which stay (rules.md §4 and §5). What limits the loss of a
 * position goes only after the position is proven flat; what could increase exposure goes at once.
 */
final class Verdicts {
  private final Goals goals;
  private final Book book;
  private final Closing closing;
  private final OwnCloses ownCloses;

  Verdicts(Goals goals, Book book, Closing closing, OwnCloses ownCloses) {
    this.ownCloses = ownCloses;
    this.goals = goals;
    this.book = book;
    this.closing = closing;
  }

  Verdict on(Order order) {
    if (goals.cancels().containsKey(order.id())) {
      return ownCloses.isOne(order) ? Verdict.WAIT : Verdict.CANCEL_ENTRY;
    }
    if (!isOurs(order)) {
      return Verdict.KEEP;
    }
    if (book.positionsSent().seq() == 0 && goals.of(order.contract()).isEmpty()) {
      return Verdict.WAIT;
    }
    Optional<Side> holding = closing.holding(order.contract());
    if (holding.isEmpty()) {
      return whenFlat(order);
    }
    return order.side().increases(holding.get()) ? onPositionsSide(order) : onOtherSide(order);
  }

  private boolean isOurs(Order order) {
    return goals.owns(order)
        || goals.lock().locks(order.contract())
        || goals.resizes().containsKey(order.id())
        || isReducing(order);
  }

  private boolean isReducing(Order order) {
    return goals.of(order.contract()).filter(g -> !g.closes() && !g.isProven()).isPresent();
  }

  private Verdict whenFlat(Order order) {
    if (goals.owns(order) || goals.lock().mustBeFlat(order.contract())) {
      return closing.hasTried(order.contract()) ? Verdict.CANCEL_PROTECTIVE : Verdict.CANCEL_ENTRY;
    }
    // The read may lag behind a position that may stay: only what would add to it is an entry.
    long allowed = goals.lock().baseline().orElse(Baseline.ZERO).of(order.contract());
    return allowed != 0 && order.side().increases(Side.ofSigned(allowed))
        ? Verdict.CANCEL_ENTRY
        : Verdict.KEEP;
  }

  private Verdict onPositionsSide(Order order) {
    return goals.owns(order) || goals.lock().locks(order.contract())
        ? Verdict.CANCEL_ENTRY
        : Verdict.KEEP;
  }

  private Verdict onOtherSide(Order order) {
    Optional<Position> held = book.position(order.contract());
    if (held.isEmpty() || held.get().size() > goals.stay(held.get())) {
      return Verdict.WAIT;
    }
    if (order.type() == OrderType.MARKET) {
      return Verdict.KEEP;
    }
    long limit = held.get().size();
    Long wished = goals.resizes().get(order.id());
    if (wished != null && wished > 0) {
      limit = Math.min(limit, wished);
    }
    if (isReducing(order)) {
      limit =
          Math.min(limit, Protection.allotted(order, book.ordersOf(order.contract()), held.get()));
    }
    if (limit == 0) {
      return Verdict.CANCEL_PROTECTIVE;
    }
    return order.remaining() > limit ? Verdict.resize(limit) : Verdict.KEEP;
  }
}
