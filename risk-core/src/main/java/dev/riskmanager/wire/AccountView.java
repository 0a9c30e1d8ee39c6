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

  /**
   * An account of which nobody tells whether its books were read and what would become of an entry,
   * and that the engine can protect.
   */
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

  /** The same with this P&L. */
  public AccountView withPnl(PnlView told) {
    return with(told, rules, booksRead, entries, notProtected);
  }

  /** The same with these rules. */
  public AccountView withRules(List<RuleView> told) {
    return with(pnl, told, booksRead, entries, notProtected);
  }

  /** The same, saying whether its books were read. */
  public AccountView withBooksRead(boolean told) {
    return with(pnl, rules, told, entries, notProtected);
  }

  /** The same, saying what would become of an entry. */
  public AccountView withEntries(@Nullable EntriesView told) {
    return with(pnl, rules, booksRead, told, notProtected);
  }

  /** The same, saying why the engine cannot protect it. */
  public AccountView withNotProtected(@Nullable String why) {
    return with(pnl, rules, booksRead, entries, why);
  }

  private AccountView with(
      PnlView toldPnl,
      List<RuleView> toldRules,
      @Nullable Boolean read,
      @Nullable EntriesView toldEntries,
      @Nullable String why) {
    return new AccountView(
        accountId,
        name,
        canTrade,
        locked,
        lockouts,
        toldPnl,
        positions,
        orders,
        toldRules,
        simulated,
        balance,
        read,
        toldEntries,
        why);
  }
}
