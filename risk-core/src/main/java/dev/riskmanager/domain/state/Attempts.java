package dev.riskmanager.domain.state;

import dev.riskmanager.domain.lockout.Baseline;
import dev.riskmanager.domain.model.ContractId;
import dev.riskmanager.domain.model.OrderSide;
import dev.riskmanager.domain.persistent.Table;
import java.time.Instant;
import java.util.List;

/**
 * Which orders the guard has met, so that each is counted once, however many fills and position
 * events come of it, and in whatever order they arrive. How many there were is in each lockout.
 *
 * @param ways what was tried in each contract, in either direction
 * @param closing as in {@link Locks}, but known also after a restart, when the guard decides anew:
 *     what was being closed is no other attempt
 */
public record Attempts(Table<Way, Tries> ways, Table<ContractId, Long> closing) {
  public static final Attempts NONE = new Attempts(Table.empty(), Table.empty());

  /** Buying or selling a contract. */
  public record Way(ContractId contract, OrderSide side) implements Comparable<Way> {
    /** What made that position. */
    public static Way of(ContractId contract, long signedSize) {
      return new Way(contract, signedSize > 0 ? OrderSide.BUY : OrderSide.SELL);
    }

    @Override
    public int compareTo(Way other) {
      int byContract = contract.compareTo(other.contract);
      return byContract != 0 ? byContract : side.compareTo(other.side);
    }

    /** A text that {@link #parse} reads back: {@code CON.F.US.EP.U26 SELL}. */
    String text() {
      return contract + " " + side;
    }

    /**
     * The way of a {@link #text}.
     *
     * @throws IllegalArgumentException when it is not one
     */
    static Way parse(String text) {
      int space = text.lastIndexOf(' ');
      return new Way(
          new ContractId(text.substring(0, Math.max(0, space))),
          OrderSide.valueOf(text.substring(space + 1)));
    }
  }

  /**
   * What is known after something was undone or told.
   *
   * @param orders when each order was placed that was met for the first time
   * @param unnamed whether a position was undone that no order known explains
   */
  public record Met(Attempts attempts, List<Instant> orders, boolean unnamed) {}

  /** What was tried that way. */
  public Tries of(Way way) {
    return ways.getOrDefault(way, Tries.NONE);
  }

  Attempts with(Way way, Tries tries) {
    Tries known = of(way);
    if (tries == known || tries.equals(known)) {
      return this;
    }
    return new Attempts(tries.isNone() ? ways.without(way) : ways.with(way, tries), closing);
  }

  private Met met(Way way, Tries tries, List<Instant> orders, boolean unnamed) {
    return new Met(with(way, tries), orders, unnamed);
  }

  /** After a working order was cancelled; it may fill all the same. */
  public Met cancelled(Way way, long order, Instant placed) {
    Tries tries = of(way);
    if (tries.hasMet(order)) {
      return met(way, tries, List.of(), false);
    }
    if (tries.explains(placed)) {
      return met(way, tries.named(order), List.of(), false);
    }
    return met(way, tries.withMet(order).expecting(order, placed), List.of(placed), false);
  }

  /**
   * After a fill was told.
   *
   * @param placed when its order was, as far as is known
   * @param fill what is known of it
   */
  public Met told(Way way, long order, Instant placed, Fill fill) {
    Tries tries = of(way);
    boolean fresh = !tries.hasMet(order);
    if (fresh && (tries.explains(fill.executedAt()) || (fill.shown() && tries.hasUnnamed()))) {
      return met(way, tries.named(order), List.of(), false);
    }
    if (fill.opens() && !fill.shown()) {
      return met(way, tries.told(order, placed), List.of(), false);
    }
    return fresh && fill.opens() && fill.undone()
        ? met(way, tries.withMet(order), List.of(placed), false)
        : met(way, tries, List.of(), false);
  }

  /**
   * A fill.
   *
   * @param opens it made the position larger, as far as the venue says
   * @param shown a position event had it already
   * @param undone what it made is being closed already
   */
  public record Fill(Instant executedAt, boolean opens, boolean shown, boolean undone) {}

  /**
   * After a position beyond what may stay was closed or reduced: the fills that were told since the
   * last one explain it, else a cancelled order of which no fill was told, else it is an attempt of
   * which nothing else is known.
   *
   * <p>What is being closed already is no other attempt; what it has grown by is the rest of one
   * where no fill explains it.
   *
   * @param held signed contracts
   */
  public Met undone(ContractId contract, long held, Instant at) {
    Way way = Way.of(contract, held);
    Tries tries = of(way);
    long known = closing.getOrDefault(contract, 0L);
    if (Baseline.permits(known, held)) {
      return met(way, tries, List.of(), false);
    }
    boolean unnamed = !tries.isExplained() && Long.signum(known) != Long.signum(held);
    Tries after = unnamed ? tries.withUnnamed(at) : tries.shown();
    return met(way, after, tries.newlyTold(), unnamed);
  }

  /** Whether a position of that side is being closed or reduced. */
  public boolean closes(ContractId contract, OrderSide madeBy) {
    long known = closing.getOrDefault(contract, 0L);
    return known != 0 && Way.of(contract, known).side() == madeBy;
  }

  Attempts withClosing(ContractId contract, long signedSize) {
    return new Attempts(ways, closing.with(contract, signedSize));
  }

  Attempts withoutClosing(ContractId contract) {
    Table<ContractId, Long> rest = closing.without(contract);
    return rest == closing ? this : new Attempts(ways, rest);
  }

  /** Nothing of the contract is beyond what may stay: what was told of it is over. */
  public Attempts settled(ContractId contract) {
    Attempts after = this;
    for (OrderSide side : OrderSide.values()) {
      Way way = new Way(contract, side);
      Tries tries = after.ways().find(way);
      after = tries == null ? after : after.with(way, tries.settled());
    }
    return after;
  }

  /** An order has ended without a fill. */
  Attempts ended(Way way, long order) {
    Tries tries = ways.find(way);
    return tries == null ? this : with(way, tries.withoutExpected(order));
  }
}
