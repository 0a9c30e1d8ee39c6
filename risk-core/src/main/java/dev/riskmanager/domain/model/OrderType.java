package dev.riskmanager.domain.model;

/** Order types, with the venue's numbers. A number nobody knows yet is UNKNOWN. */
public enum OrderType {
  UNKNOWN(0),
  LIMIT(1),
  MARKET(2),
  STOP_LIMIT(3),
  STOP(4),
  TRAILING_STOP(5),
  JOIN_BID(6),
  JOIN_ASK(7);

  private final int code;

  OrderType(int code) {
    this.code = code;
  }

  /** The venue's number. */
  public int code() {
    return code;
  }

  public static OrderType ofCode(int code) {
    for (OrderType type : values()) {
      if (type.code == code) {
        return type;
      }
    }
    return UNKNOWN;
  }

  /** Whether such an order limits the loss of a position: types 3, 4 and 5. */
  public boolean isStop() {
    return this == STOP_LIMIT || this == STOP || this == TRAILING_STOP;
  }
}
