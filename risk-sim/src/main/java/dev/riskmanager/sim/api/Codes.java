package dev.riskmanager.sim.api;

import java.util.EnumMap;
import java.util.Map;

/**
 * The {@code errorCode} each operation gives for a reason: the same number means different things
 * on different operations (the venue's swagger document, one enumeration per operation).
 */
public final class Codes {
  private static final Map<Operation, Map<Reason, Integer>> TABLE = table();

  private Codes() {}

  /**
   * The operation's number; 0 for {@link Reason#OK}, the operation's "unknown" where it has none.
   */
  public static int of(Operation operation, Reason reason) {
    if (reason == Reason.OK) {
      return 0;
    }
    Map<Reason, Integer> codes = TABLE.getOrDefault(operation, Map.of());
    return codes.getOrDefault(reason, codes.getOrDefault(Reason.UNKNOWN_ERROR, 1));
  }

  private static Map<Operation, Map<Reason, Integer>> table() {
    Map<Operation, Map<Reason, Integer>> all = new EnumMap<>(Operation.class);
    all.put(
        Operation.ORDER_PLACE,
        Map.ofEntries(
            Map.entry(Reason.ACCOUNT_NOT_FOUND, 1),
            Map.entry(Reason.REJECTED, 2),
            Map.entry(Reason.INVALID_SIZE, 2),
            Map.entry(Reason.INSUFFICIENT_FUNDS, 3),
            Map.entry(Reason.ACCOUNT_VIOLATION, 4),
            Map.entry(Reason.OUTSIDE_HOURS, 5),
            Map.entry(Reason.PENDING, 6),
            Map.entry(Reason.UNKNOWN_ERROR, 7),
            Map.entry(Reason.CONTRACT_NOT_FOUND, 8),
            Map.entry(Reason.CONTRACT_NOT_ACTIVE, 9),
            Map.entry(Reason.ACCOUNT_REJECTED, 10)));
    all.put(
        Operation.ORDER_MODIFY,
        Map.of(
            Reason.ACCOUNT_NOT_FOUND, 1,
            Reason.ORDER_NOT_FOUND, 2,
            Reason.REJECTED, 3,
            Reason.PENDING, 4,
            Reason.UNKNOWN_ERROR, 5,
            Reason.ACCOUNT_REJECTED, 6,
            Reason.CONTRACT_NOT_FOUND, 7));
    all.put(
        Operation.ORDER_CANCEL,
        Map.of(
            Reason.ACCOUNT_NOT_FOUND, 1,
            Reason.ORDER_NOT_FOUND, 2,
            Reason.REJECTED, 3,
            Reason.PENDING, 4,
            Reason.UNKNOWN_ERROR, 5,
            Reason.ACCOUNT_REJECTED, 6));
    all.put(
        Operation.POSITION_CLOSE,
        Map.of(
            Reason.ACCOUNT_NOT_FOUND, 1,
            Reason.POSITION_NOT_FOUND, 2,
            Reason.CONTRACT_NOT_FOUND, 3,
            Reason.CONTRACT_NOT_ACTIVE, 4,
            Reason.REJECTED, 5,
            Reason.PENDING, 6,
            Reason.UNKNOWN_ERROR, 7,
            Reason.ACCOUNT_REJECTED, 8));
    all.put(
        Operation.POSITION_PARTIAL_CLOSE,
        Map.of(
            Reason.ACCOUNT_NOT_FOUND, 1,
            Reason.POSITION_NOT_FOUND, 2,
            Reason.CONTRACT_NOT_FOUND, 3,
            Reason.CONTRACT_NOT_ACTIVE, 4,
            Reason.INVALID_SIZE, 5,
            Reason.REJECTED, 6,
            Reason.PENDING, 7,
            Reason.UNKNOWN_ERROR, 8,
            Reason.ACCOUNT_REJECTED, 9));
    return all;
  }
}
