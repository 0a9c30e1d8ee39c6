package dev.riskmanager.wire;

import java.util.List;

/**
 * One of the connections to the venue.
 *
 * @param name {@code user hub}, {@code market hub} or {@code REST}
 * @param health how it is
 * @param reasons why it is not {@link ConnectionHealth#HEALTHY}, one sentence each
 */
public record ConnectionView(String name, ConnectionHealth health, List<String> reasons) {
  public ConnectionView {
    reasons = Lists.copy(reasons);
  }
}
