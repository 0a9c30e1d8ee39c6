package dev.riskmanager.chaos;

/** What may strike. */
enum FaultKind {
  ENGINE_KILLED,
  ENGINE_STOPPED,
  ENGINE_STOPPED_LONG,
  VENUE_KILLED,
  VENUE_STOPPED,
  VENUE_STOPPED_LONG,
  HUBS_DROPPED,
  HUBS_SILENT,
  HUBS_LOGGED_OUT,
  SLOW,
  CLOSES_HANG,
  TOO_MANY_REQUESTS,
  SERVER_ERRORS,
  CLOSES_DONE_AND_FAILED,
  CLOSES_WITHOUT_EFFECT,
  CLOSES_REFUSED,
  TOKENS_REVOKED,
  CLOCK_AHEAD,
  CLOCK_BACK;

  /** Whether the machine's clock is set, which needs libfaketime. */
  boolean isOfTheClock() {
    return this == CLOCK_AHEAD || this == CLOCK_BACK;
  }
}
