package dev.riskmanager.domain.model;

/** What an order or a fill does: on the wire 0 is Bid (buy), 1 is Ask (sell). */
public enum OrderSide {
  BUY(0, 1),
  SELL(1, -1);

  private final int code;
  private final int sign;

  OrderSide(int code, int sign) {
    this.code = code;
    this.sign = sign;
  }

  /** The venue's number. */
  public int code() {
    return code;
  }

  /** +1 buy, −1 sell: what one contract of it adds to a signed position. */
  public int sign() {
    return sign;
  }

  /** Whether a fill of this side makes a position of that side larger. */
  public boolean increases(Side position) {
    return sign == position.sign();
  }

  /** The order side that closes a position of that side. */
  public static OrderSide closing(Side position) {
    return position == Side.LONG ? SELL : BUY;
  }
}
