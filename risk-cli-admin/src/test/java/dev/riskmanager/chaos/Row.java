package dev.riskmanager.chaos;

import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One line of the venue's ledger file: what changed in its books, or what was asked of it. */
sealed interface Row {
  /** The venue's clock. */
  Instant at();

  long account();

  /**
   * @param tag the trader's own; null on what the engine's closes made
   */
  record Ordered(
      Instant at,
      long account,
      long id,
      String contract,
      int status,
      int type,
      int size,
      int filled,
      @Nullable String tag)
      implements Row {
    boolean isWorking() {
      return status == 1 || status == 6 || status == 7 || status == 8;
    }
  }

  /**
   * @param net profit less fees
   * @param opening it has no profit: it opened or added
   */
  record Traded(
      Instant at, long account, long order, String contract, BigDecimal net, boolean opening)
      implements Row {}

  /**
   * @param signed contracts, negative when short
   */
  record Held(Instant at, long account, String contract, int signed) implements Row {}

  /**
   * @param account 0 when the request names none
   */
  record Asked(Instant at, long account, String operation, String body) implements Row {
    /** Whether it closes a position or part of it. */
    boolean closes() {
      return operation.startsWith("Position/") && changes();
    }

    /** Whether it is one that changes something. */
    boolean changes() {
      return switch (operation) {
        case "Order/place",
            "Order/modify",
            "Order/cancel",
            "Position/closeContract",
            "Position/partialCloseContract" ->
            true;
        default -> false;
      };
    }
  }
}
