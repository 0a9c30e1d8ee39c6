package dev.riskmanager.daemon.port;

import dev.riskmanager.wire.CurveView;
import dev.riskmanager.wire.HoursView;
import dev.riskmanager.wire.LockoutsView;
import dev.riskmanager.wire.LogView;
import dev.riskmanager.wire.ReceiptView;
import dev.riskmanager.wire.ReceiptsView;
import dev.riskmanager.wire.StatusView;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What the control sockets may ask to look at. Nothing here changes anything.
 *
 * <p>Called by many threads at once, never by the event thread; an implementation answers from what
 * has been published and may read the disk, but never waits for the event thread.
 */
public interface ViewBackend {

  /**
   * The newest picture.
   *
   * @param accountId only this account; {@link Refusal.Kind#NOT_FOUND} if it is not monitored
   */
  Answer<StatusView> status(OptionalLong accountId);

  /**
   * Active lockouts first.
   *
   * @param history past ones too
   */
  Answer<LockoutsView> lockouts(boolean history);

  /**
   * The enforcement log, newest last.
   *
   * @param tail how many lines at most, from 1 to 10000
   * @param rule only this rule, by id or key; {@link Refusal.Kind#BAD_PARAMETER} if there is none
   *     such
   * @param before only lines whose number is lower, to leaf back
   */
  Answer<LogView> log(int tail, Optional<String> rule, OptionalLong before);

  /** A receipt by its id, or the newest; {@link Refusal.Kind#NOT_FOUND} if there is none. */
  Answer<ReceiptView> receipt(Optional<String> id);

  /**
   * Which receipts there are, newest last.
   *
   * @param accountId only this account
   * @param tail how many at most, from 1 to 1000
   */
  Answer<ReceiptsView> receipts(OptionalLong accountId, int tail);

  /**
   * How the P&amp;L of the trading day went.
   *
   * @param accountId only this account; {@link Refusal.Kind#NOT_FOUND} if it is not monitored
   */
  Answer<CurveView> curve(OptionalLong accountId);

  /** Sessions and holidays. */
  Answer<HoursView> hours();

  /**
   * Asks to be told that there is a newer picture.
   *
   * @param changed called on the thread that publishes; it returns at once and never throws
   * @return ends the subscription; may be called twice
   */
  Runnable subscribe(Runnable changed);
}
