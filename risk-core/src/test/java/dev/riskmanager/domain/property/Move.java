package dev.riskmanager.domain.property;

import dev.riskmanager.domain.event.RiskEvent;
import java.time.Duration;

/**
 * One thing that happens, said as a person would: what the venue then reports, with its ids, prices
 * and profits, is worked out by {@link Street}. So a sequence stays meaningful when any of it is
 * left out, which is what makes a failing one short enough to read.
 */
sealed interface Move {

  /** In which order the venue reports a deal. */
  enum Report {
    TRADE_FIRST,
    POSITION_FIRST,
    /** The order is never seen, the fill comes in two parts. */
    IN_PARTS
  }

  /** A market order of that many contracts, bought when above zero. */
  record Deal(long account, String contract, long size, Report report) implements Move {}

  /** All that is held of the contract is closed at the market. */
  record Leave(long account, String contract) implements Move {}

  /** A stop for all that is held of the contract, or for {@code size} more or less than that. */
  record Protect(long account, String contract, int ticksAway, long more) implements Move {}

  /** A limit order that waits, to buy when above zero. */
  record Wait(long account, String contract, long size) implements Move {}

  /** The nth working order fills, or {@code part} of it. */
  record Fill(long account, int nth, boolean part) implements Move {}

  record Cancel(long account, int nth) implements Move {}

  /** The trader makes the nth working order larger or smaller. */
  record Resize(long account, int nth, long size) implements Move {}

  /** The market moves and is quoted. */
  record Tick(String contract, int ticks) implements Move {}

  record Pass(Duration time) implements Move {}

  record Permission(long account, boolean canTrade) implements Move {}

  /** Everything is read from the venue; a {@code hidden} account is not in its list. */
  record Reconcile(long hidden) implements Move {}

  record Unlock(long account, String rule) implements Move {}

  record Lock(long account, Duration time) implements Move {}

  record Flatten(long account) implements Move {}

  /** The nth event before is reported once more. */
  record Again(int nth) implements Move {}

  /** The venue takes the nth trade back. */
  record TakeBack(long account, int nth) implements Move {}

  record Outage(Duration time) implements Move {}

  /** Anything at all. */
  record Nonsense(RiskEvent event) implements Move {}
}
