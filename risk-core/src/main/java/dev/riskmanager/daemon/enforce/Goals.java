package dev.riskmanager.daemon.enforce;

import dev.riskmanager.daemon.port.Enforcement;
import dev.riskmanager.domain.decision.Decision;
import dev.riskmanager.domain.model.ContractId;
import dev.riskmanager.domain.model.Order;
import dev.riskmanager.domain.model.Position;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What the plan has to bring about, and whose positions and orders it is about: those the decisions
 * meant, what the lockout does not let stand, and what came of either.
 */
final class Goals {
  private static final Duration CLOCKS_DIFFER = Duration.ofSeconds(1);

  private final Function<ContractId, String> symbolOf;
  private final SortedMap<ContractId, ContractGoal> contracts = new TreeMap<>();
  private final Set<String> cancelSymbols = new TreeSet<>();
  private final SortedMap<Long, Cancel> cancels = new TreeMap<>();
  private final SortedMap<Long, Long> resizes = new TreeMap<>();
  private final Set<Long> owned = new TreeSet<>();
  private final Set<ContractId> ownedContracts = new TreeSet<>();
  private final Map<ContractId, Excess> waiting = new HashMap<>();
  private LockView lock = LockView.OPEN;
  private boolean closeAll;
  private boolean cancelAll;
  private final SortedMap<ContractId, Stamp> lookFirst = new TreeMap<>();
  private boolean expandNextRead;
  private Instant expandUntil = Instant.MAX;
  private Instant sweepUntil = Instant.MAX;
  private boolean ordersFrozen;
  private Stamp added = new Stamp(0, new Moment(Instant.EPOCH, -Timing.NEVER));
  private Stamp addedToLook = added;

  /**
   * An order that is to go, and when that was decided.
   *
   * @param market whether it may be a market order, as far as the core knows
   */
  record Cancel(Decision.CancelOrder decision, long seq, boolean market) {}

  /** Growth under a baseline that lets something stay, and since when it is seen. */
  private record Excess(long signedSize, long since) {}

  Goals(Function<ContractId, String> symbolOf) {
    this.symbolOf = symbolOf;
  }

  /**
   * What the lockouts let stand from now on. What one that is over wanted of a contract still is
   * wanted of what was there when it ended, and of nothing that comes after it, also where the next
   * lockout begins at once.
   */
  void lock(LockView view, Instant now) {
    Instant until = now.plus(CLOCKS_DIFFER);
    contracts.values().stream()
        .filter(goal -> view.isLooserThan(lock, goal.contract()))
        .forEach(goal -> goal.release(until));
    if (view.isLooserThan(lock)) {
      meantUntil(now);
      sweepUntil = until.isBefore(sweepUntil) ? until : sweepUntil;
    }
    lock = view;
  }

  /** A close of everything means what is open by then; the venue's clock may be a little ahead. */
  private void meantUntil(Instant moment) {
    Instant until = moment.plus(CLOCKS_DIFFER);
    expandUntil = until.isBefore(expandUntil) ? until : expandUntil;
  }

  LockView lock() {
    return lock;
  }

  /** Takes in a decision; those that edit an order's price are not for here. */
  void add(Decision.Action action, Enforcement.Order order, Stamp stamp) {
    List<Position> known = order.known();
    switch (action) {
      case Decision.CloseAllPositions all -> {
        closeAll = true;
        expandNextRead = true;
        expandUntil = Instant.MAX;
        if (!lock.isLocked()) {
          meantUntil(stamp.moment().at());
        }
        known.forEach(position -> closeKnown(position, order));
        lookFirst(order, stamp);
      }
      case Decision.CancelAllOrders all -> {
        all.symbol().ifPresentOrElse(cancelSymbols::add, () -> cancelAll = true);
        ordersFrozen = false;
        sweepUntil = Instant.MAX;
      }
      case Decision.ClosePosition close -> {
        known.stream()
            .filter(p -> p.contract().equals(close.contract()) && p.side() == close.side())
            .findFirst()
            .ifPresentOrElse(
                position -> closeKnown(position, order),
                () -> {
                  goal(close.contract()).limitUnnumbered(close.side(), 0, meant(stamp));
                  hurry(close.contract(), order);
                });
        lookFirst(order, stamp);
      }
      case Decision.ReducePosition reduce -> {
        addReduce(reduce, order, stamp);
        lookFirst(order, stamp);
      }
      case Decision.CancelOrder cancel ->
          cancels.put(
              cancel.orderId(),
              new Cancel(cancel, stamp.seq(), order.filling().contains(cancel.contract())));
      case Decision.ResizeOrder resize -> resizes.put(resize.orderId(), resize.toSize());
      case Decision.ModifyStop modify -> {
        return;
      }
      case Decision.PlaceStop place -> {
        return;
      }
      case Decision.PlaceTarget place -> {
        return;
      }
    }
    added = stamp;
    if (!isKnownEnough(action, order)) {
      addedToLook = stamp;
    }
  }

  /**
   * What the guard decides about one position or order leaves at once and is looked at afterwards:
   * the reads belong to the proof.
   */
  private boolean isKnownEnough(Decision.Action action, Enforcement.Order order) {
    return switch (action) {
      case Decision.ClosePosition close ->
          lock.locks(close.contract()) && !order.filling().contains(close.contract());
      case Decision.CancelOrder cancel -> lock.locks(cancel.contract());
      default -> false;
    };
  }

  /** Whether the newest reads may tell what became of the newest wish. */
  boolean isRead(Book book) {
    return added.seq() == 0
        || (book.positionsSent().seq() > added.seq() && book.ordersSent().seq() > added.seq());
  }

  /** The reads that the newest wishes ask for. */
  void needs(Book book, List<Need> out) {
    if (addedToLook.seq() > 0) {
      out.add(new Need(addedToLook.seq(), addedToLook.nanos(), Look.FIRST));
    }
    if (!isRead(book)) {
      out.add(new Need(added.seq(), added.nanos() + Timing.UNANSWERED, Look.AGAIN));
    }
    for (Excess excess : waiting.values()) {
      out.add(new Need(0, excess.since() + Timing.PATIENCE, false, Look.FIRST));
    }
  }

  /** Until when a position may have been opened to be the one that is meant. */
  private Instant meant(Stamp stamp) {
    return lock.isLocked() ? Instant.MAX : stamp.moment().at().plus(CLOCKS_DIFFER);
  }

  private void closeKnown(Position position, Enforcement.Order order) {
    goal(position.contract()).limit(position, 0);
    hurry(position.contract(), order);
  }

  private void hurry(ContractId contract, Enforcement.Order order) {
    if (!order.filling().contains(contract)) {
      goal(contract).hurry();
    }
  }

  private void lookFirst(Enforcement.Order order, Stamp stamp) {
    order.filling().forEach(contract -> lookFirst.put(contract, stamp));
  }

  /**
   * Whether the orders of that contract have to be read before a first close of it: the core
   * believes that one works. Without an answer that is not waited for for ever.
   */
  boolean mustLookFirst(ContractId contract, Book book, Moment now) {
    Stamp since = lookFirst.get(contract);
    return since != null
        && book.ordersSent().seq() <= since.seq()
        && now.nanos() - since.nanos() < Fills.PATIENCE;
  }

  private void addReduce(Decision.ReducePosition reduce, Enforcement.Order order, Stamp stamp) {
    Optional<Position> held =
        order.known().stream()
            .filter(p -> p.contract().equals(reduce.contract()) && p.side() == reduce.side())
            .findFirst();
    long stay = Math.max(0, reduce.toSize());
    held.ifPresentOrElse(
        p -> goal(p.contract()).limit(p, stay),
        () -> goal(reduce.contract()).limitUnnumbered(reduce.side(), stay, meant(stamp)));
    if (stay == 0) {
      hurry(reduce.contract(), order);
    }
  }

  private ContractGoal goal(ContractId contract) {
    return contracts.computeIfAbsent(contract, ContractGoal::new);
  }

  /** A read of positions came in: what of it is meant, and what does the lockout not let stand? */
  List<Position> seen(Book book, Moment now) {
    boolean expand = expandNextRead && book.positionsSent().seq() > added.seq();
    for (Position position : book.positions()) {
      ContractGoal known = contracts.get(position.contract());
      if (known != null) {
        known.seen(position);
      }
      if (expand && !position.openedAt().isAfter(expandUntil)) {
        goal(position.contract()).limit(position, 0);
      }
    }
    expandNextRead &= !expand;
    return adoptExcess(book.positions(), now);
  }

  /**
   * What is beyond the baseline becomes a goal of its own, and so outlives the lockout.
   *
   * @return the positions that became goals just now
   */
  List<Position> adoptExcess(Collection<Position> positions, Moment now) {
    List<Position> adopted = new ArrayList<>();
    Set<ContractId> stillWaiting = new TreeSet<>();
    for (Position position : positions) {
      long stay = lock.stay(position);
      if (stay >= Math.min(position.size(), stay(position))) {
        continue;
      }
      if (lock.needsPatience(position.contract())) {
        Excess excess =
            waiting.compute(
                position.contract(),
                (c, old) ->
                    old != null && old.signedSize() == position.signedSize()
                        ? old
                        : new Excess(position.signedSize(), now.nanos()));
        if (now.nanos() - excess.since() < Timing.PATIENCE) {
          stillWaiting.add(position.contract());
          continue;
        }
      }
      goal(position.contract()).limit(position, stay);
      adopted.add(position);
    }
    waiting.keySet().retainAll(stillWaiting);
    return adopted;
  }

  /** Growth is left alone for a moment, to see whether it may stay. */
  boolean isPatient() {
    return !waiting.isEmpty();
  }

  /** A position turned out to come from an order of ours to sweep: it goes as well. */
  void adopt(Position position) {
    goal(position.contract()).limit(position, 0);
  }

  /** Contracts of this position that may stay; {@code Long.MAX_VALUE} when it is left alone. */
  long stay(Position position) {
    ContractGoal goal = contracts.get(position.contract());
    return goal == null ? Long.MAX_VALUE : goal.stay(position);
  }

  /** Whether a lockout or a decision was about this position, also where nothing is owed of it. */
  boolean isDecided(Position position) {
    ContractGoal goal = contracts.get(position.contract());
    return goal != null && goal.isDecided(position);
  }

  Optional<ContractGoal> of(ContractId contract) {
    return Optional.ofNullable(contracts.get(contract));
  }

  Collection<ContractGoal> contracts() {
    return Collections.unmodifiableCollection(contracts.values());
  }

  /** A close is wanted in that contract and not yet proven. */
  boolean isClosing(ContractId contract) {
    ContractGoal goal = contracts.get(contract);
    return goal != null && goal.closes() && !goal.isProven();
  }

  /** Notes which of the orders just read belong to this plan, so that they still do later. */
  void own(Collection<Order> orders) {
    for (Order order : orders) {
      if (owns(order)) {
        owned.add(order.id());
        ownedContracts.add(order.contract());
      }
    }
  }

  void own(long orderId) {
    owned.add(orderId);
  }

  /** Whether the plan has to sweep this order once nothing is left that it protects. */
  boolean owns(Order order) {
    return cancels.containsKey(order.id())
        || owned.contains(order.id())
        || order.parentOrderId().filter(owned::contains).isPresent()
        || (!order.createdAt().isAfter(sweepUntil)
            && (isClosing(order.contract()) || isToBeSwept(order)));
  }

  private boolean isToBeSwept(Order order) {
    return !ordersFrozen
        && (cancelAll
            || (!cancelSymbols.isEmpty()
                && cancelSymbols.contains(symbolOf.apply(order.contract()))));
  }

  /** Whether an order of this plan may have opened a position in that contract. */
  boolean mayHaveOpened(ContractId contract) {
    ContractGoal goal = contracts.get(contract);
    return (goal != null && goal.closes()) || (closeAll && ownedContracts.contains(contract));
  }

  boolean ownedBefore(long orderId) {
    return owned.contains(orderId);
  }

  SortedMap<Long, Cancel> cancels() {
    return Collections.unmodifiableSortedMap(cancels);
  }

  SortedMap<Long, Long> resizes() {
    return Collections.unmodifiableSortedMap(resizes);
  }

  /** The order is gone: nothing more is wanted of it. */
  void orderDone(long orderId) {
    cancels.remove(orderId);
    resizes.remove(orderId);
  }

  /**
   * All is proven done: from now on only what was seen until here belongs to the plan; a new order
   * of a trader who is not locked does not.
   */
  void freeze() {
    ordersFrozen = true;
    contracts.values().forEach(ContractGoal::prove);
  }

  /** Positions are wanted closed or reduced, so the end has to be proven and watched. */
  boolean aboutPositions() {
    return closeAll || !contracts.isEmpty();
  }

  /** Positions are wanted closed, not only reduced. */
  boolean aboutClosing() {
    return closeAll || contracts.values().stream().anyMatch(ContractGoal::closes);
  }

  /** Still waits for a first read to know what it is about. */
  boolean incomplete() {
    return expandNextRead;
  }

  /** The contracts it is about, for the log. */
  String contractsText() {
    return contracts.keySet().stream().map(ContractId::value).collect(Collectors.joining(", "));
  }

  /** When the newest wish came in: what was read before says nothing about it. */
  Stamp added() {
    return added;
  }

  boolean hasUrgent() {
    return contracts.values().stream().anyMatch(ContractGoal::isUrgent);
  }
}
