package dev.riskmanager.daemon.port;

import java.time.Duration;

/**
 * The share of the venue's request rate that is left to whoever is not enforcing: reconciliation,
 * polls, contract look-ups. Safe for many threads, never blocks.
 */
public interface RequestAllowance {
  /** Of whoever has the venue to himself. */
  RequestAllowance UNLIMITED =
      new RequestAllowance() {
        @Override
        public boolean tryTake() {
          return true;
        }

        @Override
        public void take(int requests) {}

        @Override
        public Duration untilFree() {
          return Duration.ZERO;
        }

        @Override
        public void throttled() {}
      };

  /** Takes the right to send one request now, or says that there is none. */
  boolean tryTake();

  /** Counts requests that are made whatever is left: what a new connection begins with. */
  void take(int requests);

  /** How long until {@link #tryTake} may succeed; zero when it may now. */
  Duration untilFree();

  /** The venue answered HTTP 429: everybody but enforcement holds back for a moment. */
  void throttled();
}
