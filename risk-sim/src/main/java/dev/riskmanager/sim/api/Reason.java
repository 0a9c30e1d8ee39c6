package dev.riskmanager.sim.api;

/** Why the venue's books did or did not do something, before it becomes an operation's own code. */
public enum Reason {
  OK,
  ACCOUNT_NOT_FOUND,
  ORDER_NOT_FOUND,
  CONTRACT_NOT_FOUND,
  CONTRACT_NOT_ACTIVE,
  POSITION_NOT_FOUND,
  INVALID_SIZE,
  REJECTED,
  INSUFFICIENT_FUNDS,
  ACCOUNT_VIOLATION,
  ACCOUNT_REJECTED,
  OUTSIDE_HOURS,
  PENDING,
  UNKNOWN_ERROR
}
