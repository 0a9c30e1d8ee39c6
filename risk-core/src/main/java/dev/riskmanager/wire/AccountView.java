package dev.riskmanager.wire;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One monitored account.
 *
 * @param accountId the venue's number of it
 * @param name its display name
 * @param canTrade what the venue last said
 * @param locked whether an account lockout is active; symbol lockouts do not count
 * @param lockouts the active lockouts, of the account and of symbols, the one that ends last first
 * @param pnl today's figures
 * @param positions open positions, by contract id
 * @param orders working and suspended orders, by order id
 * @param rules the thirteen rules, by number
 * @param simulated whether the venue calls it a simulated account, null when it has not said
 * @param balance the venue's balance, null when not known
 * @param booksRead whether positions and orders have been read from the venue since the engine
 *     started; while they have not, that none are listed says nothing. Null from an engine that
 *     does not tell
 * @param entries what would become of an entry that is made now; null when nobody can tell, as
 *     while the books have not been read, or from an engine that does not tell
 * @param notProtected why the engine cannot protect this account, null when it can
 */
public record AccountView(
    long accountId,
    String name,
    boolean canTrade,
    boolean locked,
    List<LockoutView> lockouts,
    PnlView pnl,
    List<PositionView> positions,
    List<OrderView> orders,
    List<RuleView> rules,
    @Nullable Boolean simulated,
    @Nullable String balance,
    @Nullable Boolean booksRead,
    @Nullable EntriesView entries,
    @Nullable String notProtected) {

  public AccountView {
    lockouts = Lists.copy(lockouts);
    positions = Lists.copy(positions);
    orders = Lists.copy(orders);
    rules = Lists.copy(rules);
  }

  /** An account whose engine does not tell what would become of an entry. */
  public AccountView(
      long accountId,
      String name,
      boolean canTrade,
      boolean locked,
      List<LockoutView> lockouts,
      PnlView pnl,
      List<PositionView> positions,
      List<OrderView> orders,
      List<RuleView> rules,
      @Nullable Boolean simulated,
      @Nullable String balance,
      @Nullable Boolean booksRead) {
    this(
        accountId, name, canTrade, locked, lockouts, pnl, positions, orders, rules, simulated,
        balance, booksRead, null, null);
  }

  /** Nor whether its books were read. */
  public AccountView(
      long accountId,
      String name,
      boolean canTrade,
      boolean locked,
      List<LockoutView> lockouts,
      PnlView pnl,
      List<PositionView> positions,
      List<OrderView> orders,
      List<RuleView> rules,
      @Nullable Boolean simulated,
      @Nullable String balance) {
    this(
        accountId, name, canTrade, locked, lockouts, pnl, positions, orders, rules, simulated,
        balance, null, null, null);
  }

  /** An account that the engine can protect. */
  public AccountView(
      long accountId,
      String name,
      boolean canTrade,
      boolean locked,
      List<LockoutView> lockouts,
      PnlView pnl,
      List<PositionView> positions,
      List<OrderView> orders,
      List<RuleView> rules,
      @Nullable Boolean simulated,
      @Nullable String balance,
      @Nullable Boolean booksRead,
      @Nullable EntriesView entries) {
    this(
        accountId, name, canTrade, locked, lockouts, pnl, positions, orders, rules, simulated,
        balance, booksRead, entries, null);
  }
}
