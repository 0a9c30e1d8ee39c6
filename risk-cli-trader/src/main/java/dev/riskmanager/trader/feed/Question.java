package dev.riskmanager.trader.feed;

/** What can be asked of the engine besides the picture. */
public enum Question {
  LOCKOUTS,
  LOG,
  RECEIPTS,
  RECEIPT,
  HOURS,
  CURVE
}
