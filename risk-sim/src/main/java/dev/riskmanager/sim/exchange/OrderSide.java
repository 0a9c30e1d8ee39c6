package dev.riskmanager.sim.exchange;

import java.util.Optional;

/** Buy or sell; the venue writes 0 (bid) and 1 (ask). */
public enum OrderSide {
  BUY(0, 1),
  SELL(1, -1);

  private final int code;
  private final int sign;

  OrderSide(int code, int sign) {
    this.code = code;
    this.sign = sign;
  }

  public int code() {
    return code;
  }

  /** +1 for a buy, -1 for a sell. */
  public int sign() {
    return sign;
  }

  public OrderSide opposite() {
    return this == BUY ? SELL : BUY;
  }

  public static Optional<OrderSide> of(String text) {
    return switch (text.toUpperCase(java.util.Locale.ROOT)) {
      case "0", "BUY", "BID" -> Optional.of(BUY);
      case "1", "SELL", "ASK" -> Optional.of(SELL);
      default -> Optional.empty();
    };
  }
}
