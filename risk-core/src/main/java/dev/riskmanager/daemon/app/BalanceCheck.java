package dev.riskmanager.daemon.app;

import dev.riskmanager.domain.model.Money;
import dev.riskmanager.domain.state.DayLedger;
import dev.riskmanager.wire.BalanceState;
import dev.riskmanager.wire.BalanceView;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The balance of one account against the trades of its trading day. A value: looked at again it is
 * another one.
 *
 * <p>Whether the venue's balance contains fees, and when it takes them, is not documented. So what
 * the trades explain is a range: from the P&amp;L net of fees to the P&amp;L without them. A loss
 * that is missing here is never inside it.
 *
 * @param base what is compared from
 * @param agreed the sums when they last agreed: a balance that moved though these have not was
 *     moved by no trade
 * @param differsSince empty while they agree
 * @param readAsked whether the account has been read for this difference
 * @param told whether people have been told of it
 */
record BalanceCheck(
    Base base, Sums agreed, Optional<Instant> differsSince, boolean readAsked, boolean told) {

  /** Allowed for rounding: a cent, and half a cent more for each trade. */
  private static final long CENT = 10_000_000;

  /**
   * How long a difference may last before something is done about it.
   *
   * @param untilRead also how long a base has to hold before it is believed: a trade and the
   *     balance that has it come apart
   */
  record Patience(Duration untilRead, Duration untilTold) {}

  /** A balance and the sums that belong to it. */
  record Base(Money balance, Sums sums, Instant at) {}

  /** What a trading day's trades sum up to. */
  record Sums(Instant dayStart, Money gross, Money fees, long trades) {
    static Sums of(DayLedger day) {
      return new Sums(day.start(), day.gross(), day.fees(), day.trades());
    }

    private Money net() {
      return gross.minus(fees);
    }
  }

  /** What a look has found to be done. */
  enum Finding {
    NOTHING,
    /** A base was taken: it is to be remembered over a restart. */
    BASE,
    /** Trades may have been missed: the account is to be read. */
    READ,
    /** The trades do not explain the balance. */
    MISMATCH,
    /** They do again. */
    SOLVED,
    /** No trade came, and the balance is another: a deposit, a withdrawal, a reset. New base. */
    MOVED
  }

  /** The next value, and what is to be done. */
  record Look(BalanceCheck check, Finding finding) {}

  /** Begins with the first balance that is seen. */
  static BalanceCheck from(Base base) {
    return new BalanceCheck(base, base.sums(), Optional.empty(), false, false);
  }

  /**
   * Compares once more.
   *
   * @param balance what the venue says
   * @param now the sums of the trades known
   */
  Look look(Money balance, Sums now, Instant at, Patience patience) {
    if (!now.dayStart().equals(base.sums().dayStart())) {
      return new Look(from(new Base(balance, now, at)), Finding.BASE);
    }
    if (explains(balance, now)) {
      BalanceCheck check = new BalanceCheck(base, now, Optional.empty(), false, false);
      return new Look(check, told ? Finding.SOLVED : Finding.NOTHING);
    }
    if (at.isBefore(base.at().plus(patience.untilRead()))) {
      // The base fell between a trade and the balance that has it: no difference, a wrong base.
      return new Look(from(new Base(balance, now, at)), Finding.BASE);
    }
    Instant since = differsSince.orElse(at);
    BalanceCheck differs = new BalanceCheck(base, agreed, Optional.of(since), readAsked, told);
    if (!told && !since.plus(patience.untilTold()).isAfter(at)) {
      return agreed.equals(now)
          ? new Look(from(new Base(balance, now, at)), Finding.MOVED)
          : new Look(differs.with(true, true), Finding.MISMATCH);
    }
    if (!readAsked && !since.plus(patience.untilRead()).isAfter(at)) {
      return new Look(differs.with(true, false), Finding.READ);
    }
    return new Look(differs, Finding.NOTHING);
  }

  private BalanceCheck with(boolean asked, boolean said) {
    return new BalanceCheck(base, agreed, differsSince, asked, said);
  }

  private boolean explains(Money balance, Sums now) {
    Money net = base.balance().plus(now.net()).minus(base.sums().net());
    Money gross = base.balance().plus(now.gross()).minus(base.sums().gross());
    Money slack = new Money(CENT + CENT / 2 * Math.abs(now.trades() - base.sums().trades()));
    Money lowest = net.isAtMost(gross) ? net : gross;
    Money highest = net.isAtMost(gross) ? gross : net;
    return balance.isAtLeast(lowest.minus(slack)) && balance.isAtMost(highest.plus(slack));
  }

  /** How it is shown. */
  BalanceView view(Money balance, Sums now) {
    Money computed = now.net().minus(base.sums().net());
    Money expected = base.balance().plus(computed);
    BalanceState state =
        told
            ? BalanceState.MISMATCH
            : differsSince.isPresent() ? BalanceState.CHECKING : BalanceState.AGREES;
    return new BalanceView(
        state,
        base.balance().toCents().toString(),
        base.at(),
        computed.toCents().toString(),
        expected.toCents().toString(),
        balance.toCents().toString(),
        balance.minus(expected).toCents().toString(),
        differsSince.orElse(null));
  }
}
