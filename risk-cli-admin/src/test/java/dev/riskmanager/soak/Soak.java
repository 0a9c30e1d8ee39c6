package dev.riskmanager.soak;

import dev.riskmanager.e2e.EngineProcess;
import dev.riskmanager.e2e.Stage;
import dev.riskmanager.sim.SimVenue;
import dev.riskmanager.sim.exchange.OrderSide;
import dev.riskmanager.sim.exchange.UserEvent;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/**
 * Runs the engine as a process against a venue in this one, at a steady rate of events, with
 * trades, quotes, lockouts that are cheated in and connections that are lost, and prints what the
 * engine holds and how fast it answers, at the start and at the end.
 *
 * <p>Arguments: minutes (default 30), events a second (default 200), seed (default 1). The venue
 * keeps its limit of 200 requests a minute, so that an engine that asks for too much is seen.
 */
public final class Soak {
  private static final String CLOSE = "Position/closeContract";
  private static final List<String> SYMBOLS = List.of("MNQ", "MES", "MYM", "M2K", "MCL");

  /** Locked for the day, and opened a position in ever again. */
  private static final long CHEAT = Stage.ACCOUNT;

  /** Loses too much in one trade ever again, and rests for a few seconds. */
  private static final long RASH = Stage.ACCOUNT + 1;

  /** Trades all the time and breaks no rule. */
  private static final long STEADY = Stage.ACCOUNT + 2;

  private static final long CHEAT_EVERY = 17;
  private static final long RASH_EVERY = 41;
  private static final long CUT_EVERY = 61;

  /**
   * One event in so many is a trade's: an order, its fill, a trade, a position, an account. That is
   * a trade each three seconds at 200 events a second: what each leaves in memory until the day
   * after next (docs/performance.md) is not to hide what would grow for ever.
   */
  private static final int TRADES_IN = 500;

  private final double minutes;
  private final int rate;
  private final SplittableRandom random;
  private final AtomicLong userEvents = new AtomicLong();
  private final AtomicLong fill = new AtomicLong();
  private final AtomicLong loss = new AtomicLong();
  private final BlockingQueue<Long> closes = new LinkedBlockingQueue<>();
  private final List<Histogram> cheatAnswers = new ArrayList<>();
  private final List<Histogram> breachAnswers = new ArrayList<>();
  private final List<Histogram> views = new ArrayList<>();
  private long quotes;
  private int steadyPosition;
  private int cheats;
  private int unanswered;

  private Soak(double minutes, int rate, long seed) {
    this.minutes = minutes;
    this.rate = rate;
    this.random = new SplittableRandom(seed);
  }

  /** Runs it. */
  public static void main(String[] args) throws Exception {
    new Soak(
            args.length > 0 ? Double.parseDouble(args[0]) : 30,
            args.length > 1 ? Integer.parseInt(args[1]) : 200,
            args.length > 2 ? Long.parseLong(args[2]) : 1)
        .run();
  }

  private void run() throws Exception {
    try (Stage stage =
            Stage.set(
                3,
                "cooldown_after_loss.enabled=true",
                "cooldown_after_loss.loss_thresholds=[{loss_amount: -100, cooldown_duration: 5}]");
        EngineProcess engine = EngineProcess.start(stage.home())) {
      SimVenue venue = stage.venue();
      listen(venue);
      // Trading as such costs nothing here: the steady account must not come to its daily loss.
      venue.knob("fees", Map.of("MNQ", 0, "MES", 0));
      venue.knob("spread_ticks", 0);
      engine.awaitProtecting();
      venue.halfTurn(CHEAT, "MNQ", new BigDecimal("-600"));
      engine.awaitStatus("locked", s -> Stage.account(s, CHEAT).locked());
      load(stage, engine);
      engine.awaitProtecting();
      report(venue, engine);
    }
  }

  private void listen(SimVenue venue) {
    venue.onRequest(
        request -> {
          if (request.operation().equals(CLOSE)) {
            closes.add(request.nanos());
          }
        });
    venue.onEvent(
        event -> {
          userEvents.incrementAndGet();
          if (event instanceof UserEvent.Traded traded && traded.accountId() == CHEAT) {
            fill.compareAndSet(0, System.nanoTime());
          } else if (event instanceof UserEvent.Traded traded
              && traded.accountId() == RASH
              && traded.trade().profitAndLoss() != null) {
            loss.compareAndSet(0, System.nanoTime());
          }
        });
  }

  private void load(Stage stage, EngineProcess engine) throws Exception {
    SimVenue venue = stage.venue();
    long began = System.nanoTime();
    long end = began + (long) (minutes * TimeUnit.MINUTES.toNanos(1));
    long second = 0;
    long sampled = -1;
    System.out.println(Vitals.head());
    while (System.nanoTime() < end) {
      long elapsed = System.nanoTime() - began;
      long due = (long) (elapsed / 1e9 * rate);
      while (quotes + userEvents.get() < due) {
        event(venue);
      }
      long now = TimeUnit.NANOSECONDS.toSeconds(elapsed);
      if (now > second) {
        second = now;
        everySecond(venue, second);
      }
      if (second / 60 > sampled) {
        sampled = second / 60;
        sample(stage, engine, elapsed / 60e9);
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
    }
    sample(stage, engine, minutes);
  }

  private void event(SimVenue venue) {
    if (random.nextInt(TRADES_IN) == 0) {
      // Never more than one contract either way: the account holds, turns and closes.
      OrderSide side =
          steadyPosition > 0 || (steadyPosition == 0 && random.nextBoolean())
              ? OrderSide.SELL
              : OrderSide.BUY;
      steadyPosition += side == OrderSide.BUY ? 1 : -1;
      String symbol = SYMBOLS.getFirst();
      // At the price of before: what it trades costs it nothing, so no rule is broken.
      venue.halfTurn(STEADY, symbol, side, 1, null, BigDecimal.ZERO, BigDecimal.ZERO);
      venue.trade(STEADY, symbol, side, 1);
    } else {
      String symbol = SYMBOLS.get(random.nextInt(SYMBOLS.size()));
      BigDecimal last = venue.quote(symbol).last();
      BigDecimal tick = venue.contract(symbol).ticks(1);
      boolean up = quotes / SYMBOLS.size() % 8 < 4;
      venue.price(symbol, up ? last.add(tick) : last.subtract(tick));
      quotes++;
    }
  }

  private void everySecond(SimVenue venue, long second) throws InterruptedException {
    if (second % CHEAT_EVERY == 5) {
      closes.clear();
      fill.set(0);
      cheats++;
      venue.trade(CHEAT, "MNQ", random.nextBoolean() ? OrderSide.BUY : OrderSide.SELL, 1);
      answer(cheatAnswers, fill, second);
    }
    if (second % RASH_EVERY == 20) {
      closes.clear();
      loss.set(0);
      cheats++;
      venue.trade(RASH, "MES", OrderSide.BUY, 1);
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(300));
      venue.halfTurn(RASH, "MES", new BigDecimal("-150"));
      answer(breachAnswers, loss, second);
      venue.halfTurn(RASH, "MES", new BigDecimal("200"));
    }
    if (second % CUT_EVERY == 55) {
      String hub = List.of("user", "market", "true").get(random.nextInt(3));
      venue.knob("drop_hubs", hub.equals("true") ? Boolean.TRUE : hub);
      if (random.nextInt(3) == 0) {
        venue.revokeTokens();
      }
    }
  }

  private void answer(List<Histogram> into, AtomicLong from, long second)
      throws InterruptedException {
    Long close = closes.poll(10, TimeUnit.SECONDS);
    if (close == null || from.get() == 0) {
      unanswered++;
      System.out.println("no close within 10 s, at second " + second);
      return;
    }
    minute(into, second).recordValue(Math.max(0, close - from.get()));
  }

  private static Histogram minute(List<Histogram> all, long second) {
    while (all.size() <= second / 60) {
      all.add(new Histogram(3));
    }
    return all.get((int) (second / 60));
  }

  private void sample(Stage stage, EngineProcess engine, double minute) throws Exception {
    for (int i = 0; i < 20; i++) {
      long began = System.nanoTime();
      engine.status();
      minute(views, (long) (minute * 60)).recordValue(System.nanoTime() - began);
    }
    System.out.println(Vitals.of(engine.pid(), stage.home().root()).row(minute));
  }

  private void report(SimVenue venue, EngineProcess engine) {
    long refused =
        venue.requests().stream().filter(r -> Integer.valueOf(429).equals(r.status())).count();
    long complaints = engine.output().stream().filter(line -> line.contains(" ERROR ")).count();
    System.out.printf(
        Locale.ROOT,
        "%d events (%d quotes, %d of users, %d trades), %d breaches and cheats, %d without a"
            + " close; %d of the newest %d requests answered 429; %d lines at level ERROR%n",
        quotes + userEvents.get(),
        quotes,
        userEvents.get(),
        venue.trades(CHEAT).size() + venue.trades(RASH).size() + venue.trades(STEADY).size(),
        cheats,
        unanswered,
        refused,
        venue.requests().size(),
        complaints);
    System.out.printf("%-40s %8s %8s %8s %6s%n", "milliseconds", "median", "p99", "max", "n");
    int part = Math.max(1, (int) (minutes / 6));
    latencies("a fill in a lockout -> close", cheatAnswers, part);
    latencies("a breaching trade -> close", breachAnswers, part);
    latencies("status on the view socket", views, part);
  }

  private static void latencies(String name, List<Histogram> all, int part) {
    print(name + ", first " + part + " min", all.subList(0, Math.min(part, all.size())));
    print(
        name + ", last " + part + " min", all.subList(Math.max(0, all.size() - part), all.size()));
  }

  private static void print(String name, List<Histogram> some) {
    Histogram sum = new Histogram(3);
    some.forEach(sum::add);
    System.out.printf(
        Locale.ROOT,
        "%-40s %8.2f %8.2f %8.2f %6d%n",
        name,
        sum.getValueAtPercentile(50) / 1e6,
        sum.getValueAtPercentile(99) / 1e6,
        sum.getMaxValue() / 1e6,
        sum.getTotalCount());
  }
}
