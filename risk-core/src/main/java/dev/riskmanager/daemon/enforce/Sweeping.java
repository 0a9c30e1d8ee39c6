package dev.riskmanager.daemon.enforce;

import dev.riskmanager.daemon.port.VenueReply;
import dev.riskmanager.domain.model.AccountId;
import dev.riskmanager.domain.model.Order;
import dev.riskmanager.domain.model.OrderStatus;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Cancels and resizes orders until a read no longer shows them the way they may not be. Cancelling
 * an order that is gone harms nothing, so an unanswered cancel is simply sent again.
 */
final class Sweeping implements Step {
  /** A cancel somebody else asked for gets this long to show. */
  private static final long CANCELLING = 500 * Timing.MILLI;

  /** Requests under way at once; a trader's thousand orders do not become a thousand threads. */
  private static final int AT_ONCE = 50;

  private final AccountId account;
  private final Goals goals;
  private final Book book;
  private final Reads reads;
  private final Verdicts verdicts;
  private final OwnCloses ownCloses;
  private final Backoff backoff;
  private final Alarms alarms;
  private final SortedMap<Long, Try> tries = new TreeMap<>();
  private final Set<Long> seen = new TreeSet<>();

  /** A resize was held back because the amounts were read too long ago. */
  private boolean staleResize;

  private long lastSentNanos = -Timing.NEVER;

  Sweeping(
      AccountId account,
      Goals goals,
      Book book,
      Reads reads,
      Verdicts verdicts,
      OwnCloses ownCloses,
      Backoff backoff,
      Alarms alarms) {
    this.account = account;
    this.goals = goals;
    this.book = book;
    this.reads = reads;
    this.verdicts = verdicts;
    this.ownCloses = ownCloses;
    this.backoff = backoff;
    this.alarms = alarms;
  }

  void wanted(Moment now, List<Wanted> out) {
    long room = AT_ONCE - tries.values().stream().filter(Try::inFlight).count();
    for (Goals.Cancel wish : unseenCancels()) {
      if (!ownCloses.mayBeOne(wish, now)) {
        out.add(cancel(wish.decision().orderId(), Lane.CANCEL_ENTRY));
      }
    }
    staleResize = false;
    for (Order order : book.orders()) {
      if (out.size() >= room) {
        break;
      }
      Verdict verdict = verdicts.on(order);
      if (verdict.kind() == Verdict.Kind.RESIZE && !book.isFresh(now, true)) {
        staleResize |= mayTry(order.id(), resize(order, 1).request(), now);
        continue;
      }
      Optional<Wanted> wanted =
          switch (verdict.kind()) {
            case CANCEL_ENTRY -> Optional.of(cancel(order.id(), Lane.CANCEL_ENTRY));
            case CANCEL_PROTECTIVE -> Optional.of(cancel(order.id(), Lane.CANCEL_PROTECTIVE));
            case RESIZE -> Optional.of(resize(order, verdict.remaining()));
            case KEEP, WAIT -> Optional.empty();
          };
      wanted.filter(w -> mayTry(order.id(), w.request(), now)).ifPresent(out::add);
    }
  }

  /** Orders to cancel that no read has shown, and for which nothing was sent. */
  private List<Goals.Cancel> unseenCancels() {
    return goals.cancels().values().stream()
        .filter(wish -> book.order(wish.decision().orderId()).isEmpty())
        .filter(wish -> !tries.containsKey(wish.decision().orderId()))
        .toList();
  }

  private Wanted cancel(long orderId, Lane lane) {
    return new Wanted(new VenueRequest.Cancel(account, orderId), lane, this);
  }

  private Wanted resize(Order order, long remaining) {
    return new Wanted(
        new VenueRequest.Resize(account, order.id(), order.filled() + remaining),
        Lane.ENFORCE_OTHER,
        this);
  }

  private boolean mayTry(long orderId, VenueRequest request, Moment now) {
    Try tried = tries.get(orderId);
    if (tried == null || (tried.attempts() == 0 && now.nanos() >= tried.due())) {
      return true;
    }
    if (tried.inFlight() || now.nanos() < tried.due()) {
      return false;
    }
    boolean seenAgain =
        book.ordersSent().seq() > tried.answeredSeq() && book.ordersSent().nanos() >= tried.due();
    return seenAgain
        || (request instanceof VenueRequest.Cancel && tried.outcome().nothingHappened());
  }

  /** Draws the conclusions from a read. */
  void settle(Moment now) {
    tries
        .entrySet()
        .removeIf(
            entry -> {
              Try tried = entry.getValue();
              long after = tried.inFlight() ? tried.sentSeq() : tried.answeredSeq();
              boolean gone = isGone(entry.getKey(), tried);
              boolean fits =
                  book.ordersSent().seq() > after
                      && book.order(entry.getKey()).filter(this::isLeft).isPresent();
              if (gone || fits) {
                alarms.clear(key(entry.getKey()));
              }
              if (gone) {
                goals.orderDone(entry.getKey());
              }
              return gone || fits;
            });
    for (Order order : book.orders()) {
      seen.add(order.id());
      Try tried = tries.get(order.id());
      if (tried == null && isBeingCancelled(order) && !isLeft(order)) {
        tries.computeIfAbsent(order.id(), id -> new Try()).postpone(now.nanos() + CANCELLING);
      } else if (tried != null
          && tried.exhausted()
          && book.ordersSent().seq() > tried.answeredSeq()) {
        alarms.raise(
            key(order.id()),
            describe(order)
                + " is still working after "
                + tried.attempts()
                + " requests (the last: "
                + tried.text()
                + "); still trying",
            false);
      }
    }
    finishDoneOrders();
  }

  /**
   * A read without the order tells that it is gone; but an order that no read has shown yet may be
   * too young for the reads, so then its cancel must have been answered before.
   */
  private boolean isGone(long orderId, Try tried) {
    long read = book.ordersSent().seq();
    return book.order(orderId).isEmpty()
        && read > tried.sentSeq()
        && (seen.contains(orderId) || (!tried.inFlight() && read > tried.answeredSeq()));
  }

  /** A decision about an order is done when reads made after it show nothing left to do. */
  private void finishDoneOrders() {
    if (book.ordersSent().seq() <= goals.added().seq()
        || book.positionsSent().seq() <= goals.added().seq()) {
      return;
    }
    List<Long> named =
        Stream.concat(goals.cancels().keySet().stream(), goals.resizes().keySet().stream())
            .toList();
    for (long id : named) {
      if (!tries.containsKey(id) && book.order(id).filter(o -> !isLeft(o)).isEmpty()) {
        goals.orderDone(id);
      }
    }
  }

  private boolean isLeft(Order order) {
    return verdicts.on(order).kind() == Verdict.Kind.KEEP;
  }

  private static boolean isBeingCancelled(Order order) {
    return order.status() == OrderStatus.PENDING_CANCELLATION;
  }

  private static String describe(Order order) {
    return "order "
        + order.id()
        + " ("
        + order.contract()
        + " "
        + order.side()
        + " "
        + order.remaining()
        + " "
        + order.type()
        + ")";
  }

  private static String key(long orderId) {
    return "order " + orderId;
  }

  /** Nothing is under way, nothing unanswered by a read, nothing left that must go or shrink. */
  boolean isDone() {
    return tries.isEmpty()
        && goals.cancels().isEmpty()
        && goals.resizes().isEmpty()
        && firstLeftOver().isEmpty();
  }

  /** An order, as last read, that may not stand as it is. */
  Optional<Order> firstLeftOver() {
    return book.orders().stream().filter(o -> !isLeft(o)).findFirst();
  }

  /**
   * @param first what the first look after a cancel is for: the proof of a flatten, or less
   */
  void needs(Moment now, Look first, List<Need> out) {
    boolean othersInFlight = tries.values().stream().anyMatch(Try::inFlight);
    for (Try tried : tries.values()) {
      if (tried.attempts() == 0) {
        out.add(new Need(0, tried.due(), Look.AGAIN));
      } else if (tried.inFlight()) {
        out.add(new Need(tried.sentSeq(), lastSentNanos + Timing.PEEK, Look.WATCH));
      } else if (book.ordersSent().seq() > tried.answeredSeq()
          || tried.outcome().nothingHappened()) {
        out.add(new Need(tried.answeredSeq(), tried.due(), Look.AGAIN));
      } else if (!reads.ordersUnderWaySince(tried.sentSeq())) {
        long hold = othersInFlight ? Timing.GATHER : 0;
        Look look = tried.attempts() == 1 ? first : Look.AGAIN;
        out.add(new Need(tried.answeredSeq(), tried.answeredNanos() + hold, look));
      }
    }
    for (Goals.Cancel wish : unseenCancels()) {
      if (ownCloses.mayBeOne(wish, now)) {
        out.add(new Need(wish.seq(), 0, Look.FIRST));
      }
    }
    if (staleResize) {
      out.add(new Need(book.ordersSent().seq(), now.nanos(), Look.AGAIN));
    }
  }

  /** When a request may leave that needs no read before it. */
  long wake(Moment now) {
    long wake = Timing.NEVER;
    for (Map.Entry<Long, Try> entry : tries.entrySet()) {
      Try tried = entry.getValue();
      if (!tried.inFlight() && tried.due() > now.nanos()) {
        wake = Math.min(wake, tried.due());
      }
    }
    return wake;
  }

  @Override
  public void sent(Sent sent) {
    long orderId = orderOf(sent);
    goals.own(orderId);
    tries.computeIfAbsent(orderId, id -> new Try()).sent(sent.stamp());
    lastSentNanos = sent.stamp().nanos();
  }

  @Override
  public void answered(Sent sent, VenueReply<?> reply, Stamp stamp) {
    long orderId = orderOf(sent);
    Try tried = tries.get(orderId);
    if (tried == null) {
      // A read has shown it gone already.
      return;
    }
    boolean resize = sent.request() instanceof VenueRequest.Resize;
    Outcome outcome = Outcome.of(reply);
    long pause =
        switch (outcome) {
          case PERMANENT -> backoff.slow();
          case THROTTLED -> backoff.afterThrottled(tried.attempts());
          case REFUSED ->
              resize && tried.attempts() >= Timing.QUICK_ATTEMPTS
                  ? backoff.slow()
                  : backoff.after(tried.attempts());
          case AMBIGUOUS -> stamp.nanos() >= sent.deadline() ? 0 : backoff.after(tried.attempts());
          case DONE, GONE, FAILED -> backoff.after(tried.attempts());
        };
    tried.answered(stamp, outcome, Outcome.text(reply), stamp.nanos() + pause);
    if (outcome == Outcome.PERMANENT) {
      alarms.raise(
          key(orderId),
          "the venue refuses to "
              + (resize ? "resize" : "cancel")
              + " order "
              + orderId
              + " for what the account is, "
              + tried.attempts()
              + " times: "
              + tried.text()
              + (resize ? "" : "; cancel it by hand"),
          !resize);
    } else if (resize && outcome == Outcome.REFUSED) {
      // It may be the position's only stop: it stays, and somebody has to know.
      alarms.raise(
          key(orderId),
          "order "
              + orderId
              + " is larger than its position and could not be resized ("
              + tried.attempts()
              + " requests): "
              + tried.text(),
          false);
    }
  }

  private static long orderOf(Sent sent) {
    return switch (sent.request()) {
      case VenueRequest.Cancel cancel -> cancel.orderId();
      case VenueRequest.Resize resize -> resize.orderId();
      default -> throw new IllegalArgumentException(sent.request().operation());
    };
  }
}
