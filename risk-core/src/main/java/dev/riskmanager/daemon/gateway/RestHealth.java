package dev.riskmanager.daemon.gateway;

import dev.riskmanager.daemon.gateway.ConnectionStatus.Health;
import dev.riskmanager.daemon.gateway.ConnectionStatus.Part;
import dev.riskmanager.daemon.gateway.RestClient.Answered;
import dev.riskmanager.daemon.gateway.RestClient.Exchange;
import dev.riskmanager.daemon.gateway.RestClient.NotSent;
import dev.riskmanager.daemon.gateway.RestClient.Unanswered;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Whether requests come through, from how each of them ends. One that fails is no news; several in
 * a row are. Thread-safe.
 */
final class RestHealth {
  private static final String REQUESTS = "requests";
  private static final int SOME = 2;
  private static final int ALL = 5;

  private @Nullable StatusBoard board;
  private int failures;

  /** From now on it is told there. */
  synchronized void tell(StatusBoard where) {
    board = where;
  }

  /** A request has ended. */
  void ended(String path, Exchange exchange) {
    String failure = failure(exchange);
    StatusBoard told;
    int row;
    synchronized (this) {
      boolean news = failure != null || failures >= SOME;
      failures = failure == null ? 0 : failures + 1;
      row = failures;
      told = news ? board : null;
    }
    if (told == null) {
      return;
    }
    if (failure == null) {
      told.solved(REQUESTS);
    } else if (row >= SOME) {
      told.problem(
          Part.REST,
          row >= ALL ? Health.DISCONNECTED : Health.DEGRADED,
          REQUESTS,
          "requests to the venue fail: " + path + ": " + failure);
    }
  }

  /** Null when the venue answered as one who is there. */
  private static @Nullable String failure(Exchange exchange) {
    return switch (exchange) {
      case NotSent(String why, Duration _) -> why;
      case Unanswered(String why, Duration _) -> why;
      case Answered answered when answered.status() == 429 -> "HTTP 429, too many requests";
      case Answered answered when answered.status() >= 500 -> "HTTP " + answered.status();
      case Answered _ -> null;
    };
  }
}
