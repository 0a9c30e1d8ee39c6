package dev.riskmanager.domain.rule.catalog;

import dev.riskmanager.domain.rule.RuleInput;
import dev.riskmanager.domain.rule.Violation;
import dev.riskmanager.domain.state.Holding;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/**
 * Which contracts are given up for a limit: those whose last increasing fill is the newest first
 * (tie: contract id), only on the side of their symbol's net.
 */
final class Reduction {
  private static final Comparator<Holding> NEWEST_FIRST =
      Comparator.comparing(Holding::lastIncrease).reversed().thenComparing(Holding::contract);

  private final List<Holding> newestFirst = new ArrayList<>();
  private final List<String> symbols = new ArrayList<>();
  private final long[] left;

  private Reduction(RuleInput input, Predicate<String> symbol) {
    for (Holding holding : input.account().holdings()) {
      if (!holding.isFlat() && symbol.test(input.symbol(holding.contract()))) {
        newestFirst.add(holding);
      }
    }
    newestFirst.sort(NEWEST_FIRST);
    left = new long[newestFirst.size()];
    for (int i = 0; i < left.length; i++) {
      symbols.add(input.symbol(newestFirst.get(i).contract()));
      left[i] = newestFirst.get(i).signedSize();
    }
  }

  /** Gives up so many contracts of the account, where longs and shorts of a symbol offset. */
  static List<Violation.Target> net(RuleInput input, long excess) {
    Reduction reduction = new Reduction(input, symbol -> true);
    reduction.pass(excess, false);
    return reduction.targets();
  }

  /**
   * The same where both sides count. A hedge has no net side left once it is even, and then either
   * side brings the sum down.
   */
  static List<Violation.Target> gross(RuleInput input, long excess) {
    Reduction reduction = new Reduction(input, symbol -> true);
    long rest = excess;
    long before;
    do {
      before = rest;
      rest = reduction.pass(rest, true);
    } while (rest > 0 && rest < before);
    return reduction.targets();
  }

  /** The same for one symbol alone, by its net. */
  static List<Violation.Target> ofSymbol(RuleInput input, String symbol, long excess) {
    Reduction reduction = new Reduction(input, symbol::equals);
    reduction.pass(excess, false);
    return reduction.targets();
  }

  /** Goes over all holdings once; returns what is still too much. */
  private long pass(long excess, boolean bothSidesCount) {
    long rest = excess;
    for (int i = 0; i < left.length; i++) {
      long net = net(symbols.get(i));
      boolean even = net == 0;
      if (Long.signum(net) == Long.signum(left[i]) || (even && bothSidesCount)) {
        long size = Math.abs(left[i]);
        long most = bothSidesCount ? size : Math.min(size, Math.abs(net));
        long amount = Math.min(rest, most);
        left[i] -= Long.signum(left[i]) * amount;
        rest -= amount;
      }
    }
    return rest;
  }

  private long net(String symbol) {
    long net = 0;
    for (int i = 0; i < left.length; i++) {
      net += symbols.get(i).equals(symbol) ? left[i] : 0;
    }
    return net;
  }

  private List<Violation.Target> targets() {
    List<Violation.Target> targets = new ArrayList<>();
    for (int i = 0; i < left.length; i++) {
      Holding holding = newestFirst.get(i);
      if (left[i] != holding.signedSize()) {
        targets.add(
            new Violation.Target(
                holding.contract(), Math.abs(holding.signedSize()), Math.abs(left[i])));
      }
    }
    return List.copyOf(targets);
  }
}
