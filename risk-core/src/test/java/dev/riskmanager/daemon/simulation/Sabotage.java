package dev.riskmanager.daemon.simulation;

/** What is broken on purpose in a world, to see that a check notices. */
enum Sabotage {
  NONE,
  /** The core's clock is ahead of the world's: lockouts end early. */
  EARLY_CLOCK,
  /** The engine watches an account that is nobody's business. */
  STRANGER_WATCHED,
  /** The executor does nothing, and says nothing. */
  IDLE_EXECUTOR,
  /** Every trade that closes is counted twice, the second time under another id. */
  DOUBLE_TRADES,
  /** The disk takes a time that no seed decides. */
  MOODY_DISK,
  /** The disk says that it has written what it has not. */
  LYING_DISK,
  /** The loop does not wait for the commit of a lockout. */
  HASTY_LOCKOUTS,
  /** The loop shows what is not written yet. */
  HASTY_STATES,
  /** What the core asks to close is bought once more. */
  WRONG_SIDE
}
