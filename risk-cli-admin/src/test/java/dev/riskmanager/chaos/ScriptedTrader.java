package dev.riskmanager.chaos;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Trades, loses too much, and then cheats: opens positions in a lockout, adds orders, cancels what
 * protects, closes by himself. Each of his accounts has its own habit. He looks at the venue's
 * books, not at the engine's.
 */
final class ScriptedTrader implements AutoCloseable {
  /** Whether he wins back what he lost too much at once: it must not matter. */
  private static final boolean WINS_BACK =
      Boolean.parseBoolean(System.getProperty("chaos.winback", "true"));

  private final VenueProcess venue;
  private final Random random;
  private final Thread thread;
  private final Map<Long, Instant> loses = new HashMap<>();
  private volatile boolean stopped;

  ScriptedTrader(VenueProcess venue, Random random, Duration length) {
    this.venue = venue;
    this.random = random;
    this.thread = Thread.ofPlatform().daemon().name("trader").unstarted(this::run);
    Instant now = World.now();
    long millis = length.toMillis();
    loses.put(Storm.LOSER, now.plusMillis((long) (millis * (0.05 + 0.35 * random.nextDouble()))));
    loses.put(
        Storm.SECOND_LOSER, now.plusMillis((long) (millis * (0.2 + 0.6 * random.nextDouble()))));
  }

  void start() {
    thread.start();
  }

  private void run() {
    try {
      while (!stopped) {
        act();
        Thread.sleep(60 + random.nextInt(500));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private void act() throws IOException {
    switch (random.nextInt(10)) {
      case 0, 1, 2 -> lose(Storm.LOSER);
      case 3, 4 -> lose(Storm.SECOND_LOSER);
      case 5, 6, 7 -> hurry();
      case 8 -> calm();
      default -> {
        venue.price();
        venue.trade(Storm.UNWATCHED, random.nextBoolean() ? 1 : -1);
      }
    }
  }

  private Ledger ledger() throws IOException {
    return Ledger.read(venue.ledger(), java.util.Set.of(Storm.PAUSED));
  }

  private int held(long account) throws IOException {
    return ledger().positions(account).values().stream().mapToInt(Integer::intValue).sum();
  }

  private void lose(long account) throws IOException {
    Instant due = loses.get(account);
    if (due != null && World.now().isAfter(due)) {
      if (random.nextBoolean()) {
        venue.trade(account, random.nextBoolean() ? 2 : -2);
      }
      venue.book(account, random.nextInt(4) == 0 ? "-500" : "-" + (501 + random.nextInt(400)));
      if (ledger().lockedSince(account).isPresent()) {
        loses.remove(account);
        if (WINS_BACK && random.nextBoolean()) {
          // Winning it back opens nothing.
          venue.book(account, "700");
        }
      }
    } else if (due == null) {
      cheat(account);
    } else if (Math.abs(held(account)) < 3) {
      venue.trade(account, random.nextBoolean() ? 1 : -1);
    }
  }

  private void cheat(long account) throws IOException {
    int held = held(account);
    switch (random.nextInt(6)) {
      case 0, 1 -> venue.trade(account, random.nextBoolean() ? 1 + random.nextInt(3) : -2);
      case 2 -> venue.limit(account, random.nextBoolean() ? 1 : -1);
      case 3 -> venue.stop(account, random.nextBoolean() ? 1 : -1);
      case 4 -> {
        List<Row.Ordered> working = ledger().working(account);
        if (!working.isEmpty()) {
          venue.cancel(account, working.get(random.nextInt(working.size())).id());
        }
      }
      default -> {
        if (held != 0) {
          venue.trade(account, -held);
        }
      }
    }
  }

  /** Holds something all the time, and trades more often than he may. */
  private void hurry() throws IOException {
    int held = held(Storm.PAUSED);
    if (held < 2) {
      venue.trade(Storm.PAUSED, 1);
    } else if (held > 4) {
      venue.trade(Storm.PAUSED, -1);
    } else if (random.nextInt(3) == 0) {
      venue.trade(Storm.PAUSED, held > 2 && random.nextBoolean() ? -1 : 1);
    }
  }

  private void calm() throws IOException {
    int held = held(Storm.CALM);
    switch (random.nextInt(3)) {
      case 0 -> venue.trade(Storm.CALM, held > 0 ? -1 : 1);
      case 1 -> venue.stop(Storm.CALM, held > 0 ? -1 : 1);
      default -> {
        for (Row.Ordered order : ledger().working(Storm.CALM)) {
          venue.cancel(Storm.CALM, order.id());
        }
      }
    }
  }

  @Override
  public void close() throws InterruptedException {
    stopped = true;
    thread.join(Duration.ofSeconds(15));
  }
}
