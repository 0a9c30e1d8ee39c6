package dev.riskmanager.daemon.gateway;

import java.util.List;

/**
 * How one of the connections to the venue is.
 *
 * @param reasons why it is not healthy, one line each, in the order they began; empty when it is
 */
public record ConnectionStatus(Part part, Health health, List<String> reasons) {
  public ConnectionStatus {
    reasons = List.copyOf(reasons);
  }

  /** The reason of a connection that is being made for the first time, and has not failed yet. */
  static final String CONNECTING = "connecting";

  /** Whether it is only being made for the first time. */
  public boolean isFirst() {
    return health == Health.DISCONNECTED && reasons.equals(List.of(CONNECTING));
  }

  /** What can fail by itself. */
  public enum Part {
    USER_HUB("user hub"),
    MARKET_HUB("market hub"),
    REST("REST");

    private final String text;

    Part(String text) {
      this.text = text;
    }

    /** For people. */
    public String text() {
      return text;
    }
  }

  /** From well to gone; a later one outweighs an earlier one. */
  public enum Health {
    HEALTHY,
    /** It works, but not all of it or not surely. */
    DEGRADED,
    /** Nothing comes through. */
    DISCONNECTED
  }
}
