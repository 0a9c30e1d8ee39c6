package dev.riskmanager.daemon.loop;

import dev.riskmanager.daemon.port.Reconfiguration;
import dev.riskmanager.daemon.port.Store;
import dev.riskmanager.domain.event.RiskEvent;
import dev.riskmanager.domain.model.ContractId;
import dev.riskmanager.domain.model.Price;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The queue before the single writer. Bounded: a full one makes its producers wait. Quotes of a
 * contract that still wait are merged into one with the newest prices, as long as nothing but
 * quotes has come since: a price is judged by the position of its own time, and never overtakes a
 * fill. Nothing else is ever merged or dropped.
 */
final class Inbox {
  /** No event: something else happened that is worth a look. */
  static final Item WOKEN = new Item(Instant.EPOCH, new RiskEvent.ClockTicked(), null, null);

  private final int capacity;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition filled = lock.newCondition();
  private final Condition drained = lock.newCondition();
  private final ArrayDeque<Item> items = new ArrayDeque<>();

  /** Waiting quotes that nothing but quotes has followed. */
  private final Map<ContractId, Item> waitingQuotes = new HashMap<>();

  private boolean woken;
  private boolean closed;

  /**
   * Something to take in: an event, or other rules to put in force. {@code done} completes when it
   * has been written and handed over.
   */
  static final class Item {
    Instant arrivedAt;
    RiskEvent event;
    final @Nullable Reconfiguration rules;
    final @Nullable CompletableFuture<Handled> done;

    /** What is written in one transaction with what comes of it. */
    final List<Store.Change> rows;

    Item(
        Instant arrivedAt,
        RiskEvent event,
        @Nullable Reconfiguration rules,
        @Nullable CompletableFuture<Handled> done) {
      this(arrivedAt, event, rules, done, rules == null ? List.of() : rules.rows());
    }

    Item(
        Instant arrivedAt,
        RiskEvent event,
        @Nullable Reconfiguration rules,
        @Nullable CompletableFuture<Handled> done,
        List<Store.Change> rows) {
      this.arrivedAt = arrivedAt;
      this.event = event;
      this.rules = rules;
      this.done = done;
      this.rows = rows;
    }
  }

  /**
   * Makes an inbox.
   *
   * @param capacity how many events may wait
   */
  Inbox(int capacity) {
    this.capacity = capacity;
  }

  /** Puts an event at the end, waiting for room. After {@link #close} it is ignored. */
  void put(Item item) {
    lock.lock();
    try {
      if (merged(item)) {
        return;
      }
      while (items.size() >= capacity && !closed) {
        drained.awaitUninterruptibly();
      }
      if (closed) {
        return;
      }
      items.add(item);
      if (item.event instanceof RiskEvent.QuoteReported quote) {
        waitingQuotes.put(quote.contract(), item);
      } else {
        // What comes from here on must stay behind this one.
        waitingQuotes.clear();
      }
      filled.signal();
    } finally {
      lock.unlock();
    }
  }

  private boolean merged(Item item) {
    RiskEvent.QuoteReported quote = asQuote(item.event);
    if (quote == null) {
      return false;
    }
    item.event = quote;
    Item waiting = waitingQuotes.get(quote.contract());
    if (waiting == null || !(waiting.event instanceof RiskEvent.QuoteReported older)) {
      return false;
    }
    waiting.arrivedAt = item.arrivedAt;
    waiting.event =
        new RiskEvent.QuoteReported(
            quote.contract(),
            newer(quote.last(), older.last()),
            newer(quote.bid(), older.bid()),
            newer(quote.ask(), older.ask()));
    return true;
  }

  private static RiskEvent.@Nullable QuoteReported asQuote(RiskEvent event) {
    if (event instanceof RiskEvent.MarketTraded traded) {
      return new RiskEvent.QuoteReported(
          traded.contract(), Optional.of(traded.price()), Optional.empty(), Optional.empty());
    }
    return event instanceof RiskEvent.QuoteReported quote ? quote : null;
  }

  private static Optional<Price> newer(Optional<Price> told, Optional<Price> known) {
    return told.isPresent() && told.get().signum() != 0 ? told : known;
  }

  /** Lets the one who waits for an event look up: {@link #WOKEN} is given to it, once. */
  void wake() {
    lock.lock();
    try {
      woken = true;
      filled.signal();
    } finally {
      lock.unlock();
    }
  }

  /**
   * The next event; {@link #WOKEN} when there is none but somebody called {@link #wake}; null when
   * none came within {@code patience} or the inbox was closed.
   */
  @Nullable Item poll(Duration patience) throws InterruptedException {
    lock.lock();
    try {
      long left = patience.toNanos();
      while (items.isEmpty() && !woken && !closed && left > 0) {
        left = filled.awaitNanos(left);
      }
      Item item = items.poll();
      if (item == null && woken && !closed) {
        item = WOKEN;
      }
      woken = false;
      if (item != null) {
        if (item.event instanceof RiskEvent.QuoteReported quote) {
          waitingQuotes.remove(quote.contract(), item);
        }
        drained.signal();
      }
      return item;
    } finally {
      lock.unlock();
    }
  }

  /** How many events wait. */
  int size() {
    lock.lock();
    try {
      return items.size();
    } finally {
      lock.unlock();
    }
  }

  void close() {
    lock.lock();
    try {
      closed = true;
      filled.signalAll();
      drained.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
