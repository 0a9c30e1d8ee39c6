package dev.riskmanager.daemon.enforce;

import dev.riskmanager.domain.decision.Decision;
import java.util.Set;
import java.util.TreeSet;

/**
 * The lines of {@code enforcement.log}: what was asked for, with how many positions and orders it
 * was about, which only a read may tell.
 */
final class Operations {
  private final Story story;
  private final Book book;
  private final Goals goals;
  private long countedAfter = -1;
  private boolean countClosesLater;
  private boolean countCancelsLater;

  /** Orders whose cancel has left since all was proven done. */
  private final Set<Long> cancelled = new TreeSet<>();

  Operations(Story story, Book book, Goals goals) {
    this.story = story;
    this.book = book;
    this.goals = goals;
  }

  /**
   * An action was decided.
   *
   * @param known how many positions the core knows
   * @param seq the plan's newest happening: a read sent after it shows what there was
   */
  void decided(Decision.Action action, int known, long seq) {
    switch (action) {
      case Decision.CloseAllPositions all -> {
        if (known > 0) {
          story.operation("CLOSE_ALL_POSITIONS", "count=" + known);
        } else {
          countClosesLater = true;
        }
      }
      case Decision.CancelAllOrders all -> countCancelsLater = true;
      case Decision.ClosePosition close ->
          story.operation("CLOSE_POSITION", "contract=" + close.contract());
      case Decision.ReducePosition reduce -> {}
      case Decision.CancelOrder cancel ->
          story.operation("CANCEL_ORDER", "order=" + cancel.orderId());
      case Decision.ResizeOrder resize ->
          story.operation("RESIZE_ORDER", "order=" + resize.orderId() + ", to=" + resize.toSize());
      case Decision.ModifyStop modify ->
          story.operation("MODIFY_STOP", "order=" + modify.orderId() + ", price=" + modify.price());
      case Decision.PlaceStop place ->
          story.operation("PLACE_STOP", place.contract() + ", price=" + place.price());
      case Decision.PlaceTarget place ->
          story.operation("PLACE_TARGET", place.contract() + ", price=" + place.price());
    }
    countedAfter = seq;
  }

  /** A cancel leaves. */
  void cancelled(long orderId) {
    cancelled.add(orderId);
  }

  /** The positions were read. */
  void positionsRead() {
    if (countClosesLater && !goals.incomplete()) {
      story.operation("CLOSE_ALL_POSITIONS", "count=" + book.positions().size());
    }
    countClosesLater &= goals.incomplete();
  }

  /** Tells how many orders there were, once a read has shown it. */
  void settle() {
    if (countCancelsLater && book.ordersSent().seq() > countedAfter) {
      countCancelsLater = false;
      // A lockout is known here before what it asks for: its first cancels may have left.
      Set<Long> orders = new TreeSet<>(cancelled);
      book.orders().stream().filter(goals::owns).forEach(order -> orders.add(order.id()));
      story.operation("CANCEL_ALL_ORDERS", "count=" + orders.size());
    }
  }

  /** All that was asked for is done. */
  void proven() {
    cancelled.clear();
  }
}
