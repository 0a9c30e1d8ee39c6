package dev.riskmanager.admin.demo;

import dev.riskmanager.admin.render.Durations;
import dev.riskmanager.admin.session.CommandException;
import dev.riskmanager.sim.exchange.OrderSide;
import dev.riskmanager.wire.AccountView;
import dev.riskmanager.wire.ControlException;
import dev.riskmanager.wire.LockoutView;
import dev.riskmanager.wire.LogEntry;
import dev.riskmanager.wire.RuleView;
import dev.riskmanager.wire.StatusView;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * A losing day. It only acts as the trader, the market and the admin; everything it tells of the
 * engine was read from the engine, and it breaks off when the engine does not do what it should.
 */
public final class DemoStory {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final long LOOK_EVERY_MILLIS = 20;

  private final DemoStage stage;
  private final SplittableRandom random;
  private final Pace pace;
  private final Consumer<String> teller;
  private final long begun = System.nanoTime();
  private long toldUpTo = -1;

  /** How much time there is to watch between the scenes. */
  public enum Pace {
    FAST(0),
    WATCHED(3_000);

    private final long pauseMillis;

    Pace(long pauseMillis) {
      this.pauseMillis = pauseMillis;
    }
  }

  public DemoStory(DemoStage stage, long seed, Pace pace, Consumer<String> teller) {
    this.stage = stage;
    this.random = new SplittableRandom(seed);
    this.pace = pace;
    this.teller = teller;
  }

  /** Plays it to the end. */
  public void play() throws CommandException, InterruptedException {
    protecting();
    for (int round = 1; !account(status()).locked(); round++) {
      if (round > 8) {
        throw new CommandException("eight losing trades and no lockout: this is a defect");
      }
      losingTrade(round);
    }
    breach();
    pause();
    tradeAgainstIt();
    pause();
    countdown();
    pause();
    unlock();
    pause();
  }

  private void protecting() throws CommandException, InterruptedException {
    StatusView status =
        await("the engine protects", s -> s.engine().state().name().equals("PROTECTING"));
    tell(
        "ENGINE    "
            + status.engine().state()
            + ", pid "
            + status.engine().pid()
            + "; the venue is at "
            + stage.venue().url());
    RuleView loss = rule(status, "RULE-003");
    tell("RULE      daily realized loss: limit $" + loss.limit() + ", now $" + loss.value());
    toldUpTo = newest(status);
    pause();
  }

  /** In at the market, then the market goes the wrong way and the trader gives up. */
  private void losingTrade(int round) throws CommandException, InterruptedException {
    int size = 1 + random.nextInt(3);
    boolean buy = random.nextBoolean();
    OrderSide in = buy ? OrderSide.BUY : OrderSide.SELL;
    stage.venue().trade(DemoStage.ACCOUNT, DemoStage.SYMBOL, in, size);
    StatusView open =
        await(
            "the fill arrives",
            s ->
                account(s).positions().size() == 1 && account(s).positions().get(0).mark() != null);
    tell(
        "TRADER    "
            + in
            + " "
            + size
            + " "
            + DemoStage.SYMBOL
            + " at "
            + account(open).positions().get(0).averagePrice());
    pause();
    int points = 15 + random.nextInt(20);
    BigDecimal entry = new BigDecimal(account(open).positions().get(0).averagePrice());
    BigDecimal worse = entry.add(BigDecimal.valueOf(buy ? -points : points));
    stage.venue().price(DemoStage.SYMBOL, worse);
    StatusView under =
        await(
            "the loss shows",
            s ->
                account(s).positions().isEmpty()
                    || new BigDecimal(String.valueOf(account(s).positions().get(0).open())).signum()
                        < 0);
    if (!account(under).positions().isEmpty()) {
      tell(
          "MARKET    moves "
              + points
              + " points against it: open P&L $"
              + account(under).positions().get(0).open());
    }
    pause();
    OrderSide out = buy ? OrderSide.SELL : OrderSide.BUY;
    int trades = account(status()).pnl().trades();
    stage.venue().trade(DemoStage.ACCOUNT, DemoStage.SYMBOL, out, size);
    StatusView closed = await("the exit arrives", s -> account(s).pnl().trades() > trades);
    RuleView loss = rule(closed, "RULE-003");
    tell(
        "TRADER    gives up trade "
            + round
            + ": realized $"
            + account(closed).pnl().realized()
            + " of "
            + loss.limit()
            + " ("
            + percent(loss)
            + " of the limit used)");
  }

  private void breach() throws CommandException, InterruptedException {
    StatusView status =
        await(
            "the account is flat",
            s ->
                account(s).locked()
                    && account(s).positions().isEmpty()
                    && s.lastActions().stream().anyMatch(e -> e.text().startsWith("FLAT")));
    LockoutView lockout = account(status).lockouts().get(0);
    tell("LOCKOUT   " + lockout.ruleId() + ": " + lockout.reason());
    tell("          committed " + lockout.lockedAt() + ", holds until " + lockout.expiresAt());
    tellActions(status);
  }

  private void tradeAgainstIt() throws CommandException, InterruptedException {
    int before = stage.venue().requests("Position/closeContract").size();
    tell("TRADER    tries to win it back: BUY 2 " + DemoStage.SYMBOL);
    stage.venue().trade(DemoStage.ACCOUNT, DemoStage.SYMBOL, OrderSide.BUY, 2);
    await(
        "the position is undone",
        s ->
            stage.venue().requests("Position/closeContract").size() > before
                && stage.venue().positions(DemoStage.ACCOUNT).isEmpty());
    StatusView status =
        await(
            "the guard reports",
            s ->
                s.lastActions().stream()
                    .anyMatch(e -> e.seq() > toldUpTo && e.text().startsWith("FLAT")));
    tellActions(status);
    tell("GUARD     undone: the venue's books show no position");
  }

  private void countdown() throws CommandException {
    LockoutView lockout = account(status()).lockouts().get(0);
    Long seconds = lockout.remainingSeconds();
    tell(
        "SCREEN    LOCKED OUT, "
            + Durations.text(Duration.ofSeconds(seconds == null ? 0 : seconds))
            + " to go; the trader's program can change nothing");
  }

  private void unlock() throws CommandException, InterruptedException {
    tell("ADMIN     unlocks with the password and a reason");
    try {
      stage.unlock("demonstration");
    } catch (ControlException e) {
      throw new CommandException("the unlock failed: " + e.getMessage());
    }
    StatusView status = await("the account is open again", s -> !account(s).locked());
    tellActions(status);
    tell(
        "END       account "
            + account(status).accountId()
            + " may trade again; the same rule locks"
            + " again only when the loss grows");
  }

  /** The engine's own words since the last time. */
  private void tellActions(StatusView status) {
    for (LogEntry entry : status.lastActions()) {
      if (entry.seq() > toldUpTo) {
        tell("ENGINE    " + entry.text());
        toldUpTo = entry.seq();
      }
    }
  }

  private static long newest(StatusView status) {
    return status.lastActions().stream().mapToLong(LogEntry::seq).max().orElse(-1);
  }

  private static String percent(RuleView rule) {
    BigDecimal used = rule.used() == null ? BigDecimal.ZERO : rule.used();
    return used.movePointRight(2).stripTrailingZeros().toPlainString() + " %";
  }

  private StatusView await(String what, Predicate<StatusView> reached)
      throws CommandException, InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    StatusView status = status();
    while (!reached.test(status)) {
      if (System.nanoTime() > deadline) {
        throw new CommandException(
            "waited " + PATIENCE.toSeconds() + " s in vain until " + what + "; this is a defect");
      }
      Thread.sleep(LOOK_EVERY_MILLIS);
      status = status();
    }
    return status;
  }

  private StatusView status() throws CommandException {
    try {
      return stage.status();
    } catch (ControlException e) {
      throw new CommandException("the engine does not answer: " + e.getMessage());
    }
  }

  private static AccountView account(StatusView status) {
    return status.accounts().get(0);
  }

  private static RuleView rule(StatusView status, String id) {
    return account(status).rules().stream()
        .filter(rule -> rule.ruleId().equals(id))
        .findFirst()
        .orElseThrow();
  }

  private void tell(String line) {
    long millis = (System.nanoTime() - begun) / 1_000_000;
    teller.accept(String.format(java.util.Locale.ROOT, "%7.2f s  %s", millis / 1000.0, line));
  }

  private void pause() throws InterruptedException {
    if (pace.pauseMillis > 0) {
      Thread.sleep(pace.pauseMillis);
    }
  }
}
