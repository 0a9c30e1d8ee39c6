package dev.riskmanager.domain.model;

/**
 * Order states, with the venue's numbers (7 and 8 are missing from its prose and seen on its wire).
 * A number nobody knows yet is UNKNOWN and counts as working: what may still fill is not forgotten.
 */
public enum OrderStatus {
  NONE(0, false),
  OPEN(1, true),
  FILLED(2, false),
  CANCELLED(3, false),
  EXPIRED(4, false),
  REJECTED(5, false),
  PENDING(6, true),
  PENDING_CANCELLATION(7, true),
  SUSPENDED(8, true),
  UNKNOWN(-1, true);

  private final int code;
  private final boolean working;

  OrderStatus(int code, boolean working) {
    this.code = code;
    this.working = working;
  }

  /** The venue's number; −1 for UNKNOWN. */
  public int code() {
    return code;
  }

  /** Whether an order in this state may still fill: 1, 6, 7, 8 and anything unknown. */
  public boolean isWorking() {
    return working;
  }

  /** Whether an order in this state never changes again: 2, 3, 4, 5. */
  public boolean isTerminal() {
    return this == FILLED || this == CANCELLED || this == EXPIRED || this == REJECTED;
  }

  public static OrderStatus ofCode(int code) {
    for (OrderStatus status : values()) {
      if (status.code == code) {
        return status;
      }
    }
    return UNKNOWN;
  }
}
