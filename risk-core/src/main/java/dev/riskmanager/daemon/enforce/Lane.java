package dev.riskmanager.daemon.enforce;

/**
 * The order in which requests are served when the venue's rate runs short. Each lane stops taking
 * while the lanes before it still find room; the last 60 of 200 belong to enforcement (rules.md
 * §5).
 */
public enum Lane {
  CLOSE(200),
  CANCEL_ENTRY(190),
  READ(180),
  CANCEL_PROTECTIVE(170),
  /** Everything else of enforcement, e.g. resizing a protective order. */
  ENFORCE_OTHER(160),
  /** Everybody else, and the automation of RULE-012: never from the reserve. */
  GENERAL(140);

  private final int ceiling;

  Lane(int ceiling) {
    this.ceiling = ceiling;
  }

  /** Requests of the last minute, of all lanes, at which this lane stops taking. */
  public int ceiling() {
    return ceiling;
  }
}
