package dev.riskmanager.domain.engine;

import dev.riskmanager.domain.decision.Cause;
import dev.riskmanager.domain.decision.Decision;
import dev.riskmanager.domain.model.ContractId;
import dev.riskmanager.domain.model.RuleId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Merges what several rules and the guard ask for into one plan for an account: what a stronger
 * action contains is not repeated, and each line carries the lowest rule that asked for it.
 */
final class Plan {
  private @Nullable Cause cancelAll;
  private @Nullable Cause closeAll;
  private final SortedMap<Long, Decision.CancelOrder> cancels = new TreeMap<>();
  private final SortedMap<ContractId, Decision.ReducePosition> reduces = new TreeMap<>();
  private final SortedMap<ContractId, Decision.ClosePosition> closes = new TreeMap<>();
  private final SortedMap<Long, Decision.ModifyStop> modifies = new TreeMap<>();
  private final List<Decision.PlaceStop> stops = new ArrayList<>();
  private final List<Decision.PlaceTarget> takeProfits = new ArrayList<>();
  private final SortedMap<Long, Decision.ResizeOrder> resizes = new TreeMap<>();
  private final List<Decision.Alert> alerts = new ArrayList<>();

  /** Whether it closes or reduces that contract. */
  boolean closes(ContractId contract) {
    return closeAll != null || closes.containsKey(contract) || reduces.containsKey(contract);
  }

  /** Whether it cancels that order. */
  boolean cancels(long orderId) {
    return cancelAll != null || cancels.containsKey(orderId);
  }

  void cancelAll(Cause cause) {
    cancelAll = lower(cancelAll, cause);
  }

  void closeAll(Cause cause) {
    closeAll = lower(closeAll, cause);
  }

  void add(Decision decision) {
    switch (decision) {
      case Decision.CancelAllOrders all -> cancelAll(all.cause());
      case Decision.CloseAllPositions all -> closeAll(all.cause());
      case Decision.CancelOrder cancel -> cancels.merge(cancel.orderId(), cancel, Plan::first);
      case Decision.ReducePosition reduce ->
          reduces.merge(reduce.contract(), reduce, Plan::tighter);
      case Decision.ClosePosition close -> closes.merge(close.contract(), close, Plan::first);
      case Decision.ModifyStop modify -> modifies.merge(modify.orderId(), modify, Plan::first);
      case Decision.PlaceStop stop -> stops.add(stop);
      case Decision.PlaceTarget target -> takeProfits.add(target);
      case Decision.ResizeOrder resize -> resizes.merge(resize.orderId(), resize, Plan::first);
      case Decision.Alert alert -> alerts.add(alert);
      case Decision.ViolationFound found -> throw notAnAction(found);
      case Decision.PrecheckBlocked blocked -> throw notAnAction(blocked);
      case Decision.LockoutSet set -> throw notAnAction(set);
      case Decision.LockoutCleared cleared -> throw notAnAction(cleared);
      case Decision.Reset reset -> throw notAnAction(reset);
    }
  }

  private static IllegalArgumentException notAnAction(Decision decision) {
    return new IllegalArgumentException("not part of a plan: " + decision);
  }

  /** The plan in its order of printing and handling. */
  List<Decision> lines() {
    List<Decision> lines = new ArrayList<>();
    if (cancelAll != null) {
      lines.add(new Decision.CancelAllOrders(cancelAll, Optional.empty()));
    } else {
      lines.addAll(cancels.values());
    }
    if (closeAll != null) {
      lines.add(new Decision.CloseAllPositions(closeAll));
    } else {
      addWithoutClosed(lines);
    }
    lines.addAll(alerts);
    return lines;
  }

  private void addWithoutClosed(List<Decision> lines) {
    reduces.values().stream().filter(r -> !closes.containsKey(r.contract())).forEach(lines::add);
    lines.addAll(closes.values());
    modifies.values().stream().filter(m -> !closes.containsKey(m.contract())).forEach(lines::add);
    stops.stream().filter(s -> !closes.containsKey(s.contract())).forEach(lines::add);
    takeProfits.stream().filter(t -> !closes.containsKey(t.contract())).forEach(lines::add);
    resizes.values().stream()
        .filter(r -> cancelAll == null && !cancels.containsKey(r.orderId()))
        .forEach(lines::add);
  }

  private static Cause lower(@Nullable Cause known, Cause other) {
    return known == null || number(other) < number(known) ? other : known;
  }

  private static <D extends Decision> D first(D known, D other) {
    return number(other.cause()) < number(known.cause()) ? other : known;
  }

  /** The smaller target wins; the line carries the lowest rule that asked. */
  private static Decision.ReducePosition tighter(
      Decision.ReducePosition a, Decision.ReducePosition b) {
    Decision.ReducePosition carrier = first(a, b);
    return new Decision.ReducePosition(
        carrier.cause(),
        carrier.symbol(),
        carrier.contract(),
        carrier.side(),
        carrier.size(),
        Math.min(a.toSize(), b.toSize()));
  }

  private static int number(Cause cause) {
    return cause.rule().map(RuleId::number).orElse(Integer.MAX_VALUE);
  }
}
