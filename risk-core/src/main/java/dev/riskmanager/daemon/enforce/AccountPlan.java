package dev.riskmanager.daemon.enforce;

import dev.riskmanager.daemon.port.Enforcement;
import dev.riskmanager.daemon.port.VenueReply;
import dev.riskmanager.domain.decision.Decision;
import dev.riskmanager.domain.model.AccountId;
import dev.riskmanager.domain.model.ContractId;
import dev.riskmanager.domain.model.Position;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/**
 * What has to be done in one account, as a state machine: orders, replies and moments go in,
 * requests and the time of the next look come out. It compares what the newest reads show with what
 * is wanted and asks for whatever is missing, again and again, until reads prove it done.
 *
 * <p>No threads, no clock, no I/O; one caller at a time. The same inputs give the same outputs.
 */
final class AccountPlan {
  /** A request that leaves now. */
  record Sending(long id, VenueRequest request) {}

  private static final long OVERDUE_MILLIS = 250;

  private enum Phase {
    WORKING,
    /** Proven, and looked at a few times more. */
    WATCHING,
    DONE
  }

  private final AccountId account;
  private final RequestBudget budget;
  private final RandomGenerator random;
  private final Story story;
  private final Alarms alarms;
  private final Book book;
  private final Goals goals;
  private final Reads reads;
  private final Closing closing;
  private final Sweeping sweeping;
  private final Edits edits;
  private final Provenance provenance;
  private final SortedMap<Long, Sent> inFlight = new TreeMap<>();
  private Phase phase = Phase.WORKING;
  private long seq;
  private long provenNanos;
  private long provenSeq;
  private long lookAt = Timing.NEVER;
  private Look promptedFor = Look.WATCH;
  private long lookedAt = -Timing.NEVER;
  private long blockedUntil = Timing.NEVER;
  private final RatePatience patience;
  private final Operations operations;

  AccountPlan(
      Enforcement.Order first,
      Moment now,
      LockView lock,
      RequestBudget budget,
      RandomGenerator random,
      Function<ContractId, String> symbolOf,
      Map<Long, Long> lastModified) {
    this.account = first.account();
    this.budget = budget;
    this.random = random;
    Backoff backoff = new Backoff(random);
    story = new Story(account, now);
    story.begin(first, now);
    alarms = new Alarms(story);
    patience = new RatePatience(alarms);
    book = new Book(account);
    goals = new Goals(symbolOf);
    operations = new Operations(story, book, goals);
    goals.lock(lock, now.at());
    reads = new Reads(account, book, backoff, alarms);
    closing = new Closing(account, goals, book, reads, backoff, alarms, story);
    OwnCloses ownCloses = new OwnCloses(book, closing);
    Verdicts verdicts = new Verdicts(goals, book, closing, ownCloses);
    sweeping = new Sweeping(account, goals, book, reads, verdicts, ownCloses, backoff, alarms);
    edits = new Edits(account, goals, book, backoff, alarms, story, lastModified);
    provenance = new Provenance(account, goals, book, backoff, now.at());
    take(first, now);
  }

  /** Adds what was decided. */
  void carryOut(Enforcement.Order order, Moment now) {
    boolean watching = phase == Phase.WATCHING;
    boolean another =
        watching || !order.rule().equals(story.newestRule()) || order.committedAt().isPresent();
    if (order.actions().stream().anyMatch(action -> isOfItsOwn(action, another))) {
      if (watching) {
        // What was decided before is proven; what follows belongs to this.
        story.finished(now);
      }
      story.begin(order, now);
    }
    if (watching) {
      phase = Phase.WORKING;
      story.active(now);
    }
    take(order, now);
  }

  /** Whether a decision is to have its own receipt, or goes with the one before. */
  private boolean isOfItsOwn(Decision.Action action, boolean another) {
    return switch (action) {
      case Decision.ModifyStop other -> false;
      case Decision.PlaceStop other -> false;
      case Decision.PlaceTarget other -> false;
      default -> another && (phase == Phase.WATCHING || !action.cause().guard());
    };
  }

  private void take(Enforcement.Order order, Moment now) {
    Stamp stamp = stamp(now);
    for (Decision.Action action : order.actions()) {
      story.decided(action);
      goals.add(action, order, stamp);
      edits.add(action, () -> tag(order), stamp);
      operations.decided(action, order.known().size(), seq);
    }
  }

  private String tag(Enforcement.Order order) {
    return VenueEnforcement.TAG_PREFIX
        + Long.toString(order.decidedAt().toEpochMilli(), Character.MAX_RADIX)
        + "-"
        + Long.toUnsignedString(random.nextLong(), Character.MAX_RADIX);
  }

  /**
   * What the lockouts let stand has changed. With the last lockout a plan that is proven and only
   * watches has no business left: what is opened now is allowed.
   */
  void allow(LockView lock, Moment now) {
    boolean released = goals.lock().isLocked() && !lock.isLocked();
    goals.lock(lock, now.at());
    if (released && phase == Phase.WATCHING) {
      finish(now);
      return;
    }
    adopt(goals.adoptExcess(book.positions(), now));
  }

  /**
   * The hub told of something: a slow retry comes sooner, and a proven account is looked at again
   * unless it told that something is over, which is the echo of what was proven. While a close is
   * awaited, that is the moment to look.
   */
  void observed(boolean open, Moment now) {
    boolean filled = !open && phase == Phase.WORKING && closing.awaitsFill(now);
    if ((phase == Phase.WATCHING && open) || alarms.isRaised() || filled) {
      // Of an account that is locked the core decides by itself; a look is a second pair of eyes.
      boolean spare = goals.lock().isLocked() && !alarms.isRaised() && !filled;
      Look look = spare ? Look.WATCH : Look.AGAIN;
      promptedFor = lookAt < Timing.NEVER ? promptedFor.or(look) : look;
      lookAt = Math.min(lookAt, Math.max(now.nanos(), lookedAt + Timing.PROMPTED));
    }
  }

  /** An answer came in; one that came too late changes nothing any more. */
  void answered(long id, VenueReply<?> reply, Moment now) {
    Sent sent = inFlight.remove(id);
    if (sent != null) {
      answered(sent, reply, now);
    }
  }

  private void answered(Sent sent, VenueReply<?> reply, Moment now) {
    if (Outcome.of(reply) == Outcome.THROTTLED) {
      budget.throttled(now.nanos());
    }
    story.answered(sent, reply);
    long before = book.positionsSent().seq();
    long ordersBefore = book.ordersSent().seq();
    sent.step().answered(sent, reply, stamp(now));
    if (book.positionsSent().seq() > before) {
      adopt(goals.seen(book, now));
      operations.positionsRead();
    }
    if (book.ordersSent().seq() > ordersBefore) {
      goals.own(book.orders());
    }
  }

  private void adopt(List<Position> beyond) {
    for (Position position : beyond) {
      story.beyondBaseline(position.contract(), position.size(), goals.stay(position));
    }
  }

  /** Everything that should happen at this moment; call again at {@link #wakeAt}. */
  List<Sending> poll(Moment now) {
    expire(now);
    adopt(goals.adoptExcess(book.positions(), now));
    settle(now);
    List<Sending> leaving = new ArrayList<>();
    blockedUntil = Timing.NEVER;
    int waiting = 0;
    boolean noLook = false;
    if (phase != Phase.DONE) {
      for (Wanted wanted : wanted(now)) {
        boolean read = wanted.verification() != null;
        if (read && noLook) {
          continue;
        }
        if (isAllowed(wanted, now)) {
          leaving.add(send(wanted, now));
        } else if (read) {
          noLook = true;
        } else {
          waiting++;
        }
      }
    }
    patience.waiting(waiting, blockedUntil, now);
    return leaving;
  }

  private void expire(Moment now) {
    for (Sent sent : List.copyOf(inFlight.values())) {
      if (sent.deadline() <= now.nanos()) {
        inFlight.remove(sent.id());
        Duration waited = Duration.ofNanos(now.nanos() - sent.stamp().nanos());
        answered(sent, new VenueReply.Ambiguous<Void>("no answer", waited), now);
      }
    }
  }

  private List<Wanted> wanted(Moment now) {
    List<Wanted> wanted = new ArrayList<>();
    closing.wanted(now, wanted);
    sweeping.wanted(now, wanted);
    provenance.wanted(now, wanted);
    edits.wanted(now, wanted);
    reads.wanted(needs(now), now, wanted);
    wanted.sort(Comparator.comparing(Wanted::lane));
    return wanted;
  }

  private boolean isAllowed(Wanted wanted, Moment now) {
    if (wanted.bypass()) {
      budget.take(now.nanos());
      return true;
    }
    Wanted.Verification read = wanted.verification();
    boolean taken =
        read != null
            ? budget.tryVerify(account, read.look(), read.reads(), now.nanos())
            : budget.tryTake(wanted.lane(), now.nanos());
    if (!taken) {
      long free =
          read != null
              ? budget.verifiableAt(account, read.look(), read.reads(), now.nanos())
              : budget.freeAt(wanted.lane(), now.nanos());
      blockedUntil = Math.min(blockedUntil, free);
      if (read != null && read.look() != Look.WATCH && phase == Phase.WORKING) {
        reads.heldBack(free, now);
      }
    }
    return taken;
  }

  private Sending send(Wanted wanted, Moment now) {
    Stamp stamp = stamp(now);
    boolean edit =
        wanted.request() instanceof VenueRequest.Place
            || wanted.request() instanceof VenueRequest.MoveStop
            || wanted.request() instanceof VenueRequest.Resize;
    long deadline = now.nanos() + (edit ? Timing.UNANSWERED_EDIT : Timing.UNANSWERED);
    Sent sent = new Sent(stamp.seq(), wanted.request(), wanted.step(), stamp, deadline);
    inFlight.put(sent.id(), sent);
    story.sent(sent);
    if (wanted.request() instanceof VenueRequest.Cancel cancel) {
      operations.cancelled(cancel.orderId());
    }
    wanted.step().sent(sent);
    if (wanted.verification() != null) {
      lookAt = Timing.NEVER;
      lookedAt = now.nanos();
    }
    return new Sending(sent.id(), wanted.request());
  }

  private Stamp stamp(Moment now) {
    seq++;
    return new Stamp(seq, now);
  }

  private List<Need> needs(Moment now) {
    List<Need> needs = new ArrayList<>();
    goals.needs(book, needs);
    closing.needs(now, needs);
    sweeping.needs(now, closing.hasSentSince(provenSeq) ? Look.FIRST : Look.AGAIN, needs);
    edits.needs(needs);
    if (phase == Phase.WATCHING) {
      for (long after : Timing.WATCH) {
        needs.add(new Need(0, provenNanos + after, Look.WATCH));
      }
    }
    if (lookAt < Timing.NEVER) {
      needs.add(new Need(0, lookAt, promptedFor));
    }
    return needs;
  }

  private void settle(Moment now) {
    closing.settle(now);
    sweeping.settle(now);
    edits.settle(now);
    operations.settle();
    switch (phase) {
      case WORKING -> {
        if (isComplete()) {
          proven(now);
        }
      }
      case WATCHING -> watch(now);
      case DONE -> {}
    }
  }

  private boolean isComplete() {
    return isClean() && !goals.isPatient() && provenance.isDone();
  }

  /** Nothing is known that is left to do. */
  private boolean isClean() {
    return goals.isRead(book)
        && !goals.incomplete()
        && closing.isDone()
        && sweeping.isDone()
        && edits.isDone();
  }

  private void proven(Moment now) {
    alarms.clearAll();
    if (!goals.aboutPositions()) {
      finish(now);
      return;
    }
    if (goals.aboutClosing()) {
      boolean nothingLeft = book.positions().isEmpty() && book.orders().isEmpty();
      story.proven(now, nothingLeft, goals.contractsText());
    } else {
      story.reduced(now, goals.contractsText());
    }
    goals.freeze();
    operations.proven();
    provenNanos = now.nanos();
    provenSeq = seq;
    phase = Phase.WATCHING;
  }

  private void watch(Moment now) {
    if (!isClean()) {
      phase = Phase.WORKING;
      story.reopened(now, whatIsLeft());
      return;
    }
    long last = provenNanos + Timing.WATCH[Timing.WATCH.length - 1];
    if (book.positionsSent().nanos() >= last && book.ordersSent().nanos() >= last && isComplete()) {
      finish(now);
    }
  }

  private String whatIsLeft() {
    return closing
        .firstExcess()
        .map(p -> p.contract() + " " + p.side() + " " + p.size() + " is open")
        .or(() -> sweeping.firstLeftOver().map(o -> "order " + o.id() + " is working"))
        .orElse("it has to be looked at again");
  }

  private void finish(Moment now) {
    phase = Phase.DONE;
    alarms.clearAll();
    story.finished(now);
  }

  /** The executor is closed before the plan is done. */
  void abandon(Moment now) {
    if (phase == Phase.WORKING) {
      story.failed("the engine was stopped before this was done");
    }
    phase = Phase.DONE;
    story.finished(now);
  }

  boolean isAlarmed() {
    return alarms.isRaised();
  }

  boolean isDone() {
    return phase == Phase.DONE;
  }

  /** Monotonic time of the next {@link #poll}, never in the past; {@code Timing.NEVER} if none. */
  long wakeAt(Moment now) {
    if (phase == Phase.DONE) {
      return Timing.NEVER;
    }
    List<Long> times = new ArrayList<>();
    times.add(blockedUntil);
    times.add(patience.wake());
    inFlight.values().forEach(sent -> times.add(sent.deadline()));
    times.add(reads.wake(needs(now)));
    times.add(closing.wake(now));
    times.add(sweeping.wake(now));
    times.add(edits.wake(now));
    times.add(provenance.wake(now));
    long wake = Timing.NEVER;
    boolean overdue = false;
    for (long time : times) {
      if (time > now.nanos()) {
        wake = Math.min(wake, time);
      } else {
        overdue = true;
      }
    }
    // What is due and did not leave waits for the budget, whose time is among those above.
    return overdue ? Math.min(wake, now.plusMillis(OVERDUE_MILLIS)) : wake;
  }

  /** Everything said since the last call, in order. */
  List<Told> drain() {
    return story.drain();
  }
}
