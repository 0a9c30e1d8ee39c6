package dev.riskmanager.domain.rule;

/** What makes a rule look: each rule declares which of these it reads. */
public enum Trigger {
  ACCOUNT,
  ORDER,
  POSITION,
  /** A trade id never seen before, live or found by a snapshot. */
  TRADE,
  /** A quote or market trade of a contract the account holds. */
  QUOTE,
  /** A timer of this rule. */
  TIMER,
  /** Start, reconciliation, unlock, end of a lockout, reset, new configuration. */
  REVIEW
}
