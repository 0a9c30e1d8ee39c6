package dev.riskmanager.daemon.status;

import dev.riskmanager.domain.lockout.Lockout;
import dev.riskmanager.domain.model.ContractId;
import dev.riskmanager.domain.model.Money;
import dev.riskmanager.domain.model.Order;
import dev.riskmanager.domain.model.OrderStatus;
import dev.riskmanager.domain.model.Position;
import dev.riskmanager.domain.model.Side;
import dev.riskmanager.domain.model.Trade;
import dev.riskmanager.domain.persistent.LongMap;
import dev.riskmanager.domain.rule.RuleInput;
import dev.riskmanager.domain.rule.RuleSet;
import dev.riskmanager.domain.state.AccountState;
import dev.riskmanager.domain.state.DayLedger;
import dev.riskmanager.domain.state.Holding;
import dev.riskmanager.domain.state.MarketState;
import dev.riskmanager.wire.AccountView;
import dev.riskmanager.wire.BalanceView;
import dev.riskmanager.wire.EntriesView;
import dev.riskmanager.wire.LockoutType;
import dev.riskmanager.wire.LockoutView;
import dev.riskmanager.wire.OrderSide;
import dev.riskmanager.wire.OrderType;
import dev.riskmanager.wire.OrderView;
import dev.riskmanager.wire.PnlView;
import dev.riskmanager.wire.PositionSide;
import dev.riskmanager.wire.PositionView;
import dev.riskmanager.wire.SymbolPnlView;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One account as the trader sees it at one instant. */
final class AccountViews {
  private final AccountState account;
  private final RuleSet rules;
  private final MarketState market;
  private final Instant now;
  private final RuleInput input;

  AccountViews(AccountState account, RuleSet rules, MarketState market, Instant now) {
    this.account = account;
    this.rules = rules;
    this.market = market;
    this.now = now;
    this.input = RuleInput.review(now, account, market, rules.general());
  }

  AccountView view(
      Optional<String> configuredName,
      RuleViews.Troubles troubles,
      @Nullable BalanceView balance,
      @Nullable EntriesView entries,
      @Nullable String notProtected) {
    List<LockoutView> lockouts = new ArrayList<>();
    account.locks().active().forEach(lockout -> lockouts.add(lockout(lockout, now)));
    return new AccountView(
        account.id().value(),
        name(configuredName, account),
        account.canTrade(),
        account.locks().accountLocked(),
        lockouts,
        pnl(balance),
        positions(),
        orders(),
        new RuleViews(account, rules, input, troubles).all(),
        account.row().map(row -> row.simulated()).orElse(null),
        account.row().map(row -> row.balance().toString()).orElse(null),
        account.phase() == AccountState.Phase.RUNNING,
        entries,
        notProtected);
  }

  /** The name people gave it, else the venue's, else its number. */
  static String name(Optional<String> configuredName, AccountState account) {
    return configuredName.orElseGet(
        () -> account.row().map(row -> row.name()).orElse(account.id().toString()));
  }

  static LockoutView lockout(Lockout lockout, Instant now) {
    return new LockoutView(
        lockout.id(),
        lockout.rule().toString(),
        lockout.rule().key(),
        LockoutType.valueOf(lockout.type().name()),
        lockout.symbol().orElse(null),
        lockout.reason(),
        lockout.lockedAt(),
        lockout.expiresAt().orElse(null),
        lockout.remaining(now).map(Duration::toSeconds).orElse(null),
        lockout.ending());
  }

  /** A lockout that has ended: nothing remains of it, whatever its end was to be. */
  static LockoutView withoutRemaining(Lockout lockout, Instant now) {
    LockoutView view = lockout(lockout, now);
    return new LockoutView(
        view.id(),
        view.ruleId(),
        view.rule(),
        view.type(),
        view.symbol(),
        view.reason(),
        view.lockedAt(),
        view.expiresAt(),
        null,
        view.unlock());
  }

  /** What it has made today; not known before its books were read. */
  StatusViews.DayTotal dayTotal() {
    DayLedger day = account.trades().day(rules.general().reset());
    Optional<Money> total =
        account.phase() == AccountState.Phase.RUNNING
            ? input
                .openProfit()
                .map(open -> day.realized(rules.general().netOfFees()).plus(open).toCents())
            : Optional.empty();
    return new StatusViews.DayTotal(account.id().value(), day.tradingDay(), total);
  }

  private PnlView pnl(@Nullable BalanceView balance) {
    boolean net = rules.general().netOfFees();
    DayLedger day = account.trades().day(rules.general().reset());
    Money realized = day.realized(net).toCents();
    Optional<Money> open = input.openProfit().map(Money::toCents);
    return new PnlView(
        day.tradingDay(),
        realized.toString(),
        open.map(Money::toString).orElse(null),
        day.fees().toCents().toString(),
        open.map(o -> realized.plus(o).toString()).orElse(null),
        (int) day.trades(),
        bySymbol(day, net),
        balance);
  }

  private record Sums(Money gross, Money fees, int trades) {
    static final Sums ZERO = new Sums(Money.ZERO, Money.ZERO, 0);

    Sums plus(Trade trade) {
      return new Sums(gross.plus(trade.gross()), fees.plus(trade.fees()), trades + 1);
    }
  }

  private List<SymbolPnlView> bySymbol(DayLedger day, boolean net) {
    SortedMap<String, Sums> sums = new TreeMap<>();
    for (LongMap.Entry<Trade> entry : account.trades().trades()) {
      Trade trade = entry.value();
      boolean today =
          !trade.voided()
              && !trade.executedAt().isBefore(day.start())
              && trade.executedAt().isBefore(day.end());
      if (today) {
        sums.merge(
            market.symbol(trade.contract()),
            Sums.ZERO.plus(trade),
            (known, ignored) -> known.plus(trade));
      }
    }
    for (Holding holding : account.holdings()) {
      if (!holding.isFlat()) {
        sums.putIfAbsent(market.symbol(holding.contract()), Sums.ZERO);
      }
    }
    List<SymbolPnlView> views = new ArrayList<>();
    sums.forEach(
        (symbol, sum) ->
            views.add(
                new SymbolPnlView(
                    symbol,
                    (net ? sum.gross().minus(sum.fees()) : sum.gross()).toCents().toString(),
                    openOf(symbol),
                    sum.fees().toCents().toString(),
                    sum.trades())));
    return views;
  }

  private @Nullable String openOf(String symbol) {
    Money sum = Money.ZERO;
    for (Holding holding : account.holdings()) {
      if (!holding.isFlat() && market.symbol(holding.contract()).equals(symbol)) {
        Optional<Money> open = input.openProfit(holding.position().orElseThrow());
        if (open.isEmpty()) {
          return null;
        }
        sum = sum.plus(open.get());
      }
    }
    return sum.toCents().toString();
  }

  private List<PositionView> positions() {
    List<PositionView> views = new ArrayList<>();
    for (Holding holding : account.holdings()) {
      holding.position().ifPresent(position -> views.add(position(position)));
    }
    return views;
  }

  private PositionView position(Position position) {
    ContractId contract = position.contract();
    return new PositionView(
        contract.value(),
        market.symbol(contract),
        position.side() == Side.LONG ? PositionSide.LONG : PositionSide.SHORT,
        (int) position.size(),
        position.averagePrice().toString(),
        input.freshMark(contract).map(mark -> mark.price().toString()).orElse(null),
        input.openProfit(position).map(Money::toCents).map(Money::toString).orElse(null),
        covered(position),
        position.openedAt());
  }

  /**
   * Whether working stops on the other side cover the whole position: types 3, 4, 5 with status 1
   * or 6, and 8 only when the parent has filled ({@code rules.md} §6, RULE-008).
   */
  private boolean covered(Position position) {
    long cover = 0;
    for (LongMap.Entry<Order> entry : account.orders()) {
      Order order = entry.value();
      boolean counts =
          order.status() == OrderStatus.OPEN
              || order.status() == OrderStatus.PENDING
              || (order.status() == OrderStatus.SUSPENDED
                  && order
                      .parentOrderId()
                      .filter(p -> account.trades().fills().containsKey(p))
                      .isPresent());
      if (order.contract().equals(position.contract())
          && order.type().isStop()
          && !order.side().increases(position.side())
          && counts) {
        cover += order.remaining();
      }
    }
    return cover >= position.size();
  }

  private List<OrderView> orders() {
    List<OrderView> views = new ArrayList<>();
    for (LongMap.Entry<Order> entry : account.orders()) {
      Order order = entry.value();
      views.add(
          new OrderView(
              order.id(),
              order.contract().value(),
              market.symbol(order.contract()),
              OrderType.valueOf(order.type().name()),
              OrderSide.valueOf(order.side().name()),
              (int) order.size(),
              (int) order.filled(),
              order.price().map(Object::toString).orElse(null),
              dev.riskmanager.wire.OrderStatus.valueOf(order.status().name())));
    }
    return views;
  }
}
