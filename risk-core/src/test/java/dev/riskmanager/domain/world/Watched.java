package dev.riskmanager.domain.world;

import dev.riskmanager.domain.lockout.Lockout;
import dev.riskmanager.domain.state.AccountState;
import dev.riskmanager.domain.state.DayLedger;
import dev.riskmanager.domain.state.Holding;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What must be the same of an account whether everything was told of it or some was read later. */
public final class Watched {
  private static final Set<Integer> RULES = Set.of(3, 6, 7, 10, 13);

  private Watched() {}

  /** P&amp;L, counts, orders and positions. */
  public static Map<String, Object> books(AccountState account) {
    Map<String, Object> books = new LinkedHashMap<>();
    List<String> sums = new ArrayList<>();
    for (DayLedger day : account.trades().days()) {
      sums.add(day.toString());
    }
    books.put("P&L", sums);
    books.put("fills", account.trades().fills());
    books.put("times of orders", account.trades().orderTimes());
    books.put("times of fills", account.trades().fillTimes());
    books.put("times of round turns", account.trades().roundTurnTimes());
    books.put("orders", account.orders());
    List<String> positions = new ArrayList<>();
    for (Holding holding : account.holdings()) {
      if (holding.position().isPresent() || holding.implied() != 0) {
        positions.add(holding.position() + ", by the fills " + holding.implied());
      }
    }
    books.put("positions", positions);
    books.put("may trade", account.canTrade());
    return books;
  }

  /** The lockouts of the rules about money, trades and permission, with their ends. */
  public static List<String> lockouts(AccountState account) {
    List<String> locks = new ArrayList<>();
    for (Lockout lockout : account.locks().active()) {
      if (RULES.contains(lockout.rule().number())) {
        locks.add(lockout.rule() + " " + lockout.expiresAt());
      }
    }
    return locks;
  }
}
