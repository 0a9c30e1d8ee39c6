package dev.riskmanager.sim.exchange;

import java.util.Arrays;
import java.util.Optional;

/** The venue's order types and their numbers on the wire. */
public enum OrderType {
  LIMIT(1, "Limit"),
  MARKET(2, "Market"),
  STOP_LIMIT(3, "StopLimit"),
  STOP(4, "Stop"),
  TRAILING_STOP(5, "TrailingStop"),
  JOIN_BID(6, "JoinBid"),
  JOIN_ASK(7, "JoinAsk");

  private final int code;
  private final String label;

  OrderType(int code, String label) {
    this.code = code;
    this.label = label;
  }

  public int code() {
    return code;
  }

  /** The name the venue's messages use. */
  public String label() {
    return label;
  }

  public static Optional<OrderType> of(int code) {
    return Arrays.stream(values()).filter(t -> t.code == code).findFirst();
  }

  /** By number, by name ({@code STOP_LIMIT}) or by label ({@code StopLimit}). */
  public static Optional<OrderType> of(String text) {
    return Arrays.stream(values())
        .filter(
            t ->
                t.name().equalsIgnoreCase(text)
                    || t.label.equalsIgnoreCase(text)
                    || String.valueOf(t.code).equals(text))
        .findFirst();
  }
}
