package dev.riskmanager.sim.exchange;

/** The venue's order states and their numbers on the wire. */
public enum OrderStatus {
  OPEN(1),
  FILLED(2),
  CANCELLED(3),
  EXPIRED(4),
  REJECTED(5),
  PENDING(6),
  PENDING_CANCELLATION(7),
  SUSPENDED(8);

  private final int code;

  OrderStatus(int code) {
    this.code = code;
  }

  public int code() {
    return code;
  }

  /** Whether nothing will ever happen to the order again. */
  public boolean finished() {
    return this == FILLED || this == CANCELLED || this == EXPIRED || this == REJECTED;
  }
}
