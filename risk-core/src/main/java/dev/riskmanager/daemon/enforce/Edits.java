package dev.riskmanager.daemon.enforce;

import dev.riskmanager.daemon.port.VenueReply;
import dev.riskmanager.domain.decision.Decision;
import dev.riskmanager.domain.model.AccountId;
import dev.riskmanager.domain.model.ContractId;
import dev.riskmanager.domain.model.Order;
import dev.riskmanager.domain.model.OrderSide;
import dev.riskmanager.domain.model.OrderType;
import dev.riskmanager.domain.model.Position;
import dev.riskmanager.domain.model.Price;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * Moves and places protective orders (RULE-012). Never from the reserved lane; at most one modify
 * for each order and second, and only the newest. Neither is repeated while it may still happen.
 */
final class Edits implements Step {
  /** Reads without the position before an order for it is not placed after all. */
  private static final int READS_WITHOUT_POSITION = 3;

  private final AccountId account;
  private final Goals goals;
  private final Book book;
  private final Backoff backoff;
  private final Alarms alarms;
  private final Story story;
  private final Map<Long, Long> lastModified;
  private final SortedMap<Long, Move> moves = new TreeMap<>();
  private final List<Placement> placements = new ArrayList<>();

  /** One order's stop price; the newest wish wins. */
  private static final class Move {
    final ContractId contract;
    final Try tried = new Try();
    Price price;

    Move(ContractId contract, Price price) {
      this.contract = contract;
      this.price = price;
    }
  }

  /** One order to place, under a tag that makes a second sending harmless. */
  private static final class Placement {
    final ContractId contract;
    final OrderType type;
    final OrderSide side;
    final long size;
    final Price price;
    final String firstTag;
    final long addedSeq;
    final Try tried = new Try();
    String tag;
    int tagsUsed = 1;
    int readsWithout;
    long lookAgain = -Timing.NEVER;

    Placement(
        ContractId contract,
        OrderType type,
        OrderSide side,
        long size,
        Price price,
        String tag,
        long addedSeq) {
      this.contract = contract;
      this.type = type;
      this.side = side;
      this.size = size;
      this.price = price;
      this.firstTag = tag;
      this.tag = tag;
      this.addedSeq = addedSeq;
    }

    /** The venue keeps rejected orders, and their tags with them. */
    void takeNextTag() {
      tagsUsed++;
      tag = firstTag + "." + tagsUsed;
    }
  }

  /**
   * @param lastModified monotonic time of the last modify of each order, kept from plan to plan
   */
  Edits(
      AccountId account,
      Goals goals,
      Book book,
      Backoff backoff,
      Alarms alarms,
      Story story,
      Map<Long, Long> lastModified) {
    this.account = account;
    this.goals = goals;
    this.book = book;
    this.backoff = backoff;
    this.alarms = alarms;
    this.story = story;
    this.lastModified = lastModified;
  }

  /**
   * @param tags a new tag for each order to be placed
   */
  void add(Decision.Action action, Supplier<String> tags, Stamp stamp) {
    switch (action) {
      case Decision.ModifyStop modify -> {
        Move move =
            moves.computeIfAbsent(
                modify.orderId(), id -> new Move(modify.contract(), modify.price()));
        move.price = modify.price();
      }
      case Decision.PlaceStop place ->
          placements.add(
              new Placement(
                  place.contract(),
                  OrderType.STOP,
                  place.side(),
                  place.size(),
                  place.price(),
                  tags.get(),
                  stamp.seq()));
      case Decision.PlaceTarget place ->
          placements.add(
              new Placement(
                  place.contract(),
                  OrderType.LIMIT,
                  place.side(),
                  place.size(),
                  place.price(),
                  tags.get(),
                  stamp.seq()));
      case Decision.CancelAllOrders other -> {}
      case Decision.CancelOrder other -> {}
      case Decision.CloseAllPositions other -> {}
      case Decision.ClosePosition other -> {}
      case Decision.ReducePosition other -> {}
      case Decision.ResizeOrder other -> {}
    }
  }

  void wanted(Moment now, List<Wanted> out) {
    for (Map.Entry<Long, Move> entry : moves.entrySet()) {
      Move move = entry.getValue();
      if (!move.tried.inFlight() && now.nanos() >= moveAt(entry.getKey(), move)) {
        out.add(
            new Wanted(
                new VenueRequest.MoveStop(account, entry.getKey(), move.price),
                Lane.GENERAL,
                this));
      }
    }
    for (Placement placement : placements) {
      Optional<Position> held = protectedBy(placement);
      if (held.isPresent() && !placement.tried.inFlight() && isDue(placement.tried, now)) {
        out.add(
            new Wanted(
                new VenueRequest.Place(
                    account,
                    placement.contract,
                    placement.type,
                    placement.side,
                    Math.min(placement.size, held.get().size()),
                    placement.price,
                    placement.tag),
                Lane.GENERAL,
                this));
      }
    }
  }

  private long moveAt(long orderId, Move move) {
    if (move.tried.outcome() == Outcome.AMBIGUOUS
        && book.ordersSent().seq() <= move.tried.answeredSeq()) {
      return Timing.NEVER;
    }
    long due = move.tried.attempts() == 0 ? -Timing.NEVER : move.tried.due();
    Long last = lastModified.get(orderId);
    return last == null ? due : Math.max(due, last + Timing.MODIFY_SPACING);
  }

  /** A repeat needs a read made after the last answer, and its time. */
  private boolean isDue(Try tried, Moment now) {
    return tried.attempts() == 0
        || (now.nanos() >= tried.due()
            && book.positionsSent().seq() > tried.answeredSeq()
            && book.ordersSent().seq() > tried.answeredSeq());
  }

  /** The position the order is for, as a read after the decision shows it. */
  private Optional<Position> protectedBy(Placement placement) {
    return book.positionsSent().seq() <= placement.addedSeq
        ? Optional.empty()
        : book.position(placement.contract)
            .filter(p -> OrderSide.closing(p.side()) == placement.side)
            .filter(p -> goals.stay(p) >= p.size());
  }

  /** Draws the conclusions from a read. */
  void settle(Moment now) {
    Iterator<Map.Entry<Long, Move>> each = moves.entrySet().iterator();
    while (each.hasNext()) {
      Map.Entry<Long, Move> entry = each.next();
      Move move = entry.getValue();
      if (move.tried.inFlight()) {
        continue;
      }
      boolean readAgain =
          move.tried.attempts() > 0 && book.ordersSent().seq() > move.tried.answeredSeq();
      Optional<Order> order = book.order(entry.getKey());
      if (goals.isClosing(move.contract)
          || (readAgain
              && order.flatMap(Order::stopPrice).map(move.price::equals).orElse(order.isEmpty()))) {
        each.remove();
      }
    }
    placements.removeIf(placement -> isOver(placement, now));
  }

  private boolean isOver(Placement placement, Moment now) {
    if (placement.tried.inFlight()) {
      return false;
    }
    boolean stands = book.orders().stream().anyMatch(o -> o.customTag().equals(placement.tag));
    if (stands) {
      alarms.clear(placement.firstTag);
      return true;
    }
    if (book.positionsSent().seq() <= placement.addedSeq || protectedBy(placement).isPresent()) {
      return false;
    }
    if (book.positionsSent().nanos() < placement.lookAgain) {
      return false;
    }
    // The read may lag behind the fill that the order is for.
    placement.readsWithout++;
    placement.lookAgain = now.nanos() + backoff.after(placement.readsWithout);
    if (placement.readsWithout < READS_WITHOUT_POSITION) {
      return false;
    }
    story.info(
        "Account " + account + ": no position left in " + placement.contract + " to protect");
    alarms.clear(placement.firstTag);
    return true;
  }

  boolean isDone() {
    return moves.isEmpty() && placements.isEmpty();
  }

  void needs(List<Need> out) {
    for (Move move : moves.values()) {
      if (!move.tried.inFlight()
          && move.tried.attempts() > 0
          && move.tried.outcome() == Outcome.AMBIGUOUS) {
        out.add(new Need(move.tried.answeredSeq(), move.tried.answeredNanos(), Look.AGAIN));
      }
    }
    for (Placement placement : placements) {
      if (placement.tried.inFlight()) {
        continue;
      }
      out.add(new Need(placement.addedSeq, placement.lookAgain, false, Look.AGAIN));
      if (placement.tried.attempts() > 0) {
        out.add(new Need(placement.tried.answeredSeq(), placement.tried.due(), Look.AGAIN));
      }
    }
  }

  long wake(Moment now) {
    long wake = Timing.NEVER;
    for (Map.Entry<Long, Move> entry : moves.entrySet()) {
      if (!entry.getValue().tried.inFlight()) {
        long next = moveAt(entry.getKey(), entry.getValue());
        wake = next > now.nanos() ? Math.min(wake, next) : wake;
      }
    }
    return wake;
  }

  @Override
  public void sent(Sent sent) {
    switch (sent.request()) {
      case VenueRequest.MoveStop move -> {
        lastModified.put(move.orderId(), sent.stamp().nanos());
        Optional.ofNullable(moves.get(move.orderId())).ifPresent(m -> m.tried.sent(sent.stamp()));
      }
      case VenueRequest.Place place -> placement(place).ifPresent(p -> p.tried.sent(sent.stamp()));
      default -> throw new IllegalArgumentException(sent.request().operation());
    }
  }

  private Optional<Placement> placement(VenueRequest.Place place) {
    return placements.stream().filter(p -> p.tag.equals(place.customTag())).findFirst();
  }

  @Override
  public void answered(Sent sent, VenueReply<?> reply, Stamp stamp) {
    switch (sent.request()) {
      case VenueRequest.MoveStop move -> moved(move, reply, stamp);
      case VenueRequest.Place place -> placement(place).ifPresent(p -> placed(p, reply, stamp));
      default -> throw new IllegalArgumentException(sent.request().operation());
    }
  }

  private void moved(VenueRequest.MoveStop request, VenueReply<?> reply, Stamp stamp) {
    Move move = moves.get(request.orderId());
    if (move == null) {
      return;
    }
    Outcome outcome = Outcome.of(reply);
    Try tried = move.tried;
    tried.answered(
        stamp, outcome, Outcome.text(reply), stamp.nanos() + backoff.after(tried.attempts()));
    boolean newest = move.price.equals(request.stop());
    if (outcome == Outcome.GONE || (outcome == Outcome.DONE && newest)) {
      moves.remove(request.orderId());
    } else if (!newest) {
      tried.startOver();
    } else if (outcome == Outcome.PERMANENT || tried.exhausted()) {
      // It stands where it stood; the next better mark asks again.
      story.failed("stop " + request.orderId() + " was not moved: " + tried.text());
      moves.remove(request.orderId());
    }
  }

  private void placed(Placement placement, VenueReply<?> reply, Stamp stamp) {
    Outcome outcome = Outcome.of(reply);
    Try tried = placement.tried;
    if (outcome == Outcome.DONE) {
      alarms.clear(placement.firstTag);
      placements.remove(placement);
      return;
    }
    boolean slow = outcome == Outcome.PERMANENT || tried.attempts() >= Timing.QUICK_ATTEMPTS;
    tried.answered(
        stamp,
        outcome,
        Outcome.text(reply),
        stamp.nanos() + (slow ? backoff.slow() : backoff.after(tried.attempts())));
    if (slow) {
      alarms.raise(
          placement.firstTag,
          "the "
              + (placement.type.isStop() ? "stop" : "target")
              + " of "
              + placement.contract
              + " at "
              + placement.price
              + " could not be placed ("
              + tried.attempts()
              + " requests): "
              + tried.text()
              + "; still trying",
          false);
    }
    if (outcome == Outcome.REFUSED || outcome == Outcome.PERMANENT) {
      placement.takeNextTag();
    }
  }
}
