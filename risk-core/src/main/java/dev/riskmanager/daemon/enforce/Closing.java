package dev.riskmanager.daemon.enforce;

import dev.riskmanager.daemon.port.VenueReply;
import dev.riskmanager.domain.model.AccountId;
import dev.riskmanager.domain.model.ContractId;
import dev.riskmanager.domain.model.Order;
import dev.riskmanager.domain.model.OrderSide;
import dev.riskmanager.domain.model.Position;
import dev.riskmanager.domain.model.Side;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Closes and reduces positions. A whole position is closed by the venue's own closeContract, which
 * takes what is there at that moment; an amount is only ever sent from a fresh read, one request in
 * flight for each contract.
 */
final class Closing implements Step {
  private static final String INVALID_SIZE = "InvalidCloseSize";

  private final AccountId account;
  private final Goals goals;
  private final Book book;
  private final Backoff backoff;
  private final Alarms alarms;
  private final Story story;
  private final SortedMap<ContractId, CloseAttempt> attempts = new TreeMap<>();
  private final Fills fills;
  private final CloseTiming timing;

  Closing(
      AccountId account,
      Goals goals,
      Book book,
      Reads reads,
      Backoff backoff,
      Alarms alarms,
      Story story) {
    this.account = account;
    this.goals = goals;
    this.book = book;
    this.fills = new Fills(book);
    this.timing = new CloseTiming(goals, book, reads, fills);
    this.backoff = backoff;
    this.alarms = alarms;
    this.story = story;
  }

  void wanted(Moment now, List<Wanted> out) {
    boolean slowOneLeft = true;
    for (ContractId contract : candidates()) {
      CloseAttempt attempt = attempts.get(contract);
      if (attempt != null) {
        timing.calmDown(contract, attempt, now);
        if (attempt.tried.inFlight()) {
          continue;
        }
      }
      Optional<Wanted> wanted = wantedFor(contract, attempt, now);
      boolean slow = attempt != null && attempt.tried.exhausted();
      if (wanted.isPresent() && (!slow || slowOneLeft)) {
        out.add(wanted.get());
        slowOneLeft &= !slow;
      }
    }
  }

  private Set<ContractId> candidates() {
    Set<ContractId> contracts = new TreeSet<>();
    book.positions().forEach(p -> contracts.add(p.contract()));
    goals.contracts().stream()
        .map(ContractGoal::contract)
        .filter(goals::isClosing)
        .forEach(contracts::add);
    return contracts;
  }

  private Optional<Wanted> wantedFor(
      ContractId contract, @Nullable CloseAttempt attempt, Moment now) {
    boolean bypass = goals.lock().mustBeFlat(contract);
    if (goals.of(contract).filter(ContractGoal::isUrgent).isPresent()) {
      return Optional.of(close(contract, bypass));
    }
    Optional<Position> held = book.position(contract);
    if (held.isEmpty()) {
      return attempt != null
              && timing.isUnseen(attempt.tried)
              && timing.mayRepeatUnseen(attempt.tried, contract, now)
          ? Optional.of(close(contract, bypass))
          : Optional.empty();
    }
    if (!isExcessive(held.get()) || !timing.mayTry(attempt, held.get(), now)) {
      return Optional.empty();
    }
    if (timing.needsFreshRead(held.get()) && !book.isFresh(now, false)) {
      return Optional.empty();
    }
    long stay = goals.stay(held.get());
    return Optional.of(
        stay == 0
            ? close(contract, bypass)
            : partial(held.get(), stay, goals.lock().stay(held.get()) <= stay));
  }

  private Wanted close(ContractId contract, boolean bypass) {
    return new Wanted(new VenueRequest.Close(account, contract), Lane.CLOSE, bypass, this);
  }

  private Wanted partial(Position held, long stay, boolean bypass) {
    return new Wanted(
        new VenueRequest.PartialClose(account, held.contract(), held.size() - stay, held.size()),
        Lane.CLOSE,
        bypass,
        this);
  }

  private boolean isExcessive(Position position) {
    return position.size() > goals.stay(position);
  }

  /** Draws the conclusions from a read. */
  void settle(Moment now) {
    fills.look(now);
    for (Map.Entry<ContractId, CloseAttempt> entry : attempts.entrySet()) {
      ContractId contract = entry.getKey();
      CloseAttempt attempt = entry.getValue();
      Try tried = attempt.tried;
      if (tried.inFlight() || book.positionsSent().seq() <= tried.answeredSeq()) {
        continue;
      }
      goals.of(contract).ifPresent(g -> g.settled(attempt.positionId, tried.outcome()));
      Optional<Position> held = book.position(contract);
      if (held.isEmpty() || !isExcessive(held.get())) {
        tried.startOver();
        alarms.clear(contract.value());
        continue;
      }
      if (held.get().id() != attempt.positionId && attempt.positionId != 0) {
        // That one is gone; this is another. Whether our close has hit it, its orders tell.
        if (book.ordersSent().seq() <= tried.maybeSeq()) {
          continue;
        }
        tried.startOver();
      } else if (held.get().size() < attempt.size) {
        tried.progressed();
      }
      attempt.isAbout(held.get());
      alarmIfExhausted(held.get(), tried);
    }
    for (ContractGoal goal : goals.contracts()) {
      if (!goal.isProven() && isFlat(goal.contract())) {
        goal.prove();
      }
    }
  }

  private void alarmIfExhausted(Position held, Try tried) {
    if (tried.exhausted()) {
      alarms.raise(
          held.contract().value(),
          held.contract()
              + " "
              + held.side()
              + " "
              + held.size()
              + " is still open after "
              + tried.attempts()
              + " requests (the last: "
              + tried.text()
              + "); still trying",
          false);
    }
  }

  /** A read sent after the last request for this contract was answered shows no position in it. */
  boolean isFlat(ContractId contract) {
    CloseAttempt attempt = attempts.get(contract);
    boolean goalIsNew =
        goals.of(contract).filter(g -> !g.isProven()).isPresent()
            && book.positionsSent().seq() <= goals.added().seq();
    return book.positionsSent().seq() > 0
        && book.position(contract).isEmpty()
        && goals.of(contract).filter(ContractGoal::isUrgent).isEmpty()
        && !goalIsNew
        && (attempt == null
            || (!attempt.tried.inFlight()
                && book.positionsSent().seq() > attempt.tried.answeredSeq()));
  }

  /** The side held in that contract as far as is known; empty when it is flat or nothing is. */
  Optional<Side> holding(ContractId contract) {
    Optional<Side> read = book.position(contract).map(Position::side);
    return read.isPresent() || isFlat(contract)
        ? read
        : goals.of(contract).filter(g -> !g.isProven()).flatMap(ContractGoal::side);
  }

  /** Whether a close of that contract was sent by this plan. */
  boolean hasTried(ContractId contract) {
    return attempts.containsKey(contract);
  }

  /** Whether a market order is not yet given up. */
  boolean mayFill(Order order) {
    return fills.mayFill(order);
  }

  /** Whether an order of that side and size may be what a close of this plan has become. */
  boolean mayHaveSent(ContractId contract, OrderSide side, long contracts, Moment now) {
    CloseAttempt attempt = attempts.get(contract);
    return attempt != null
        && (attempt.tried.inFlight() || now.nanos() - attempt.tried.maybeNanos() <= Fills.PATIENCE)
        && attempt.side != null
        && side == OrderSide.closing(attempt.side)
        && (attempt.size == 0 || contracts <= attempt.size);
  }

  /** Whether a close was sent after that happening of the plan. */
  boolean hasSentSince(long seq) {
    return attempts.values().stream().anyMatch(a -> a.tried.sentSeq() > seq);
  }

  /** Nothing is under way, nothing unanswered by a read, nothing held that must go. */
  boolean isDone() {
    for (CloseAttempt attempt : attempts.values()) {
      if (attempt.tried.inFlight()
          || book.positionsSent().seq() <= attempt.tried.answeredSeq()
          || book.ordersSent().seq() <= attempt.tried.answeredSeq()) {
        return false;
      }
    }
    return !goals.hasUrgent() && firstExcess().isEmpty();
  }

  /** A position that must go or shrink, as last read. */
  Optional<Position> firstExcess() {
    return book.positions().stream().filter(this::isExcessive).findFirst();
  }

  /** Whether a close was taken by the venue, and what it closes was still there when last read. */
  boolean awaitsFill(Moment now) {
    return book.positions().stream()
        .filter(this::isExcessive)
        .map(held -> attempts.get(held.contract()))
        .anyMatch(attempt -> attempt != null && timing.awaitsFill(attempt.tried, now));
  }

  void needs(Moment now, List<Need> out) {
    fills.needs(now, out);
    boolean othersInFlight = attempts.values().stream().anyMatch(a -> a.tried.inFlight());
    for (Map.Entry<ContractId, CloseAttempt> entry : attempts.entrySet()) {
      Try tried = entry.getValue().tried;
      if (tried.inFlight()) {
        continue;
      }
      if (tried.attempts() == 0) {
        out.add(new Need(tried.answeredSeq(), tried.answeredNanos(), Look.AGAIN));
        continue;
      }
      boolean ordersToo =
          tried.attempts() < Timing.QUICK_ATTEMPTS || !tried.outcome().nothingHappened();
      if (book.positionsSent().seq() > tried.answeredSeq() || tried.outcome().nothingHappened()) {
        out.add(new Need(tried.answeredSeq(), tried.due(), ordersToo, Look.AGAIN));
      } else {
        long hold = othersInFlight ? Timing.GATHER : 0;
        Look look = tried.attempts() == 1 ? Look.FIRST : Look.AGAIN;
        out.add(new Need(tried.answeredSeq(), tried.answeredNanos() + hold, look));
      }
    }
    for (Position held : book.positions()) {
      CloseAttempt attempt = attempts.get(held.contract());
      if (isExcessive(held)
          && timing.needsFreshRead(held)
          && (attempt == null || !attempt.tried.inFlight())
          && timing.mayTry(attempt, held, now)
          && !book.isFresh(now, false)) {
        boolean first = attempt == null || attempt.tried.attempts() == 0;
        Look look = first ? Look.FIRST : Look.AGAIN;
        out.add(new Need(book.positionsSent().seq(), now.nanos(), false, look));
      }
    }
  }

  /** When a close may leave that needs no read before it. */
  long wake(Moment now) {
    return timing.wake(attempts.values(), now);
  }

  @Override
  public void sent(Sent sent) {
    ContractId contract = contractOf(sent);
    CloseAttempt attempt = attempts.computeIfAbsent(contract, c -> new CloseAttempt());
    if (attempt.tried.exhausted()) {
      timing.slowOneSent(sent.stamp());
    }
    Optional<ContractGoal> hurried = goals.of(contract).filter(ContractGoal::isUrgent);
    if (hurried.isPresent()) {
      // Sent on the word of the core, whose position the book may not know yet.
      hurried.get().hurried();
      attempt.positionId = hurried.get().newestPosition();
      attempt.size = 0;
      attempt.side = hurried.get().side().orElse(null);
    } else {
      book.position(contract).ifPresent(attempt::isAbout);
    }
    attempt.tried.sent(sent.stamp());
    if (!(sent.request() instanceof VenueRequest.PartialClose partial)) {
      return;
    }
    long position = attempt.positionId;
    goals.of(contract).ifPresent(goal -> goal.taking(position, partial.size()));
    if (attempt.tried.attempts() == 1) {
      story.operation(
          "REDUCE_POSITION",
          "contract="
              + contract
              + ", from="
              + partial.held()
              + ", to="
              + (partial.held() - partial.size()));
    }
  }

  @Override
  public void answered(Sent sent, VenueReply<?> reply, Stamp stamp) {
    ContractId contract = contractOf(sent);
    CloseAttempt attempt = attempts.computeIfAbsent(contract, c -> new CloseAttempt());
    Try tried = attempt.tried;
    Outcome outcome = Outcome.of(reply);
    boolean partial = sent.request() instanceof VenueRequest.PartialClose;
    if (sent.request() instanceof VenueRequest.PartialClose part && outcome.nothingHappened()) {
      goals.of(contract).ifPresent(goal -> goal.notTaken(attempt.positionId, part.size()));
    }
    boolean waitedLong = stamp.nanos() >= sent.deadline();
    long pause =
        switch (outcome) {
          case PERMANENT -> backoff.slow();
          case THROTTLED -> backoff.afterThrottled(tried.attempts());
          // A second partial close on top of one that is only late would take too much.
          case AMBIGUOUS ->
              partial ? Timing.PATIENCE : waitedLong ? 0 : backoff.after(tried.attempts());
          case DONE, GONE, REFUSED, FAILED -> backoff.after(tried.attempts());
        };
    tried.answered(stamp, outcome, Outcome.text(reply), stamp.nanos() + pause);
    if (outcome == Outcome.PERMANENT) {
      alarms.raise(
          contract.value(),
          "the venue refuses to close "
              + contract
              + " for what the account is, "
              + tried.attempts()
              + " times: "
              + tried.text()
              + "; close it by hand",
          true);
    }
    if (partial && (outcome == Outcome.REFUSED || outcome == Outcome.PERMANENT)) {
      partialRefused(contract, attempt, reply);
    }
    book.position(contract).filter(this::isExcessive).ifPresent(p -> alarmIfRefused(p, tried));
  }

  private void alarmIfRefused(Position held, Try tried) {
    if (tried.outcome() != Outcome.DONE && tried.outcome() != Outcome.GONE) {
      alarmIfExhausted(held, tried);
    }
  }

  /** Refused: the whole position goes; except that a wrong size asks for a look first, once. */
  private void partialRefused(ContractId contract, CloseAttempt attempt, VenueReply<?> reply) {
    if (reply instanceof VenueReply.Refused<?> refused
        && refused.name().equals(INVALID_SIZE)
        && !attempt.badSizeForgiven) {
      attempt.badSizeForgiven = true;
      return;
    }
    book.position(contract).filter(this::isExcessive).ifPresent(goals::adopt);
    attempt.tried.startOver();
  }

  private static ContractId contractOf(Sent sent) {
    return switch (sent.request()) {
      case VenueRequest.Close close -> close.contract();
      case VenueRequest.PartialClose partial -> partial.contract();
      default -> throw new IllegalArgumentException(sent.request().operation());
    };
  }
}
