package dev.riskmanager.domain.property;

import static org.assertj.core.api.Assertions.assertThat;

import dev.riskmanager.domain.decision.Decision;
import dev.riskmanager.domain.model.AccountId;
import dev.riskmanager.domain.model.ContractId;
import dev.riskmanager.domain.model.Mark;
import dev.riskmanager.domain.model.Order;
import dev.riskmanager.domain.model.OrderSide;
import dev.riskmanager.domain.model.Position;
import dev.riskmanager.domain.model.Price;
import dev.riskmanager.domain.model.Side;
import dev.riskmanager.domain.persistent.LongMap;
import dev.riskmanager.domain.rule.catalog.TradeManagement;
import dev.riskmanager.domain.state.AccountState;
import dev.riskmanager.domain.state.Holding;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Whatever is decided, nobody holds or may come to hold more for it. */
class ExposurePropertyTest extends Scenarios {

  @Property(seed = SEED)
  void noDecisionIncreasesExposure(@ForAll("scenarios") Scenario scenario) {
    for (Walk.Seen seen : scenario.walk().steps()) {
      for (Decision decision : seen.decisions()) {
        check(decision, seen.after(decision.account()), seen);
      }
    }
  }

  private static void check(Decision decision, AccountState books, Walk.Seen seen) {
    switch (decision) {
      case Decision.ClosePosition close -> {
        Position held = held(books, close.contract(), seen);
        assertThat(close.side()).as("%s", seen).isEqualTo(held.side());
        assertThat(close.size()).as("%s", seen).isBetween(1L, held.size());
      }
      case Decision.ReducePosition reduce -> {
        Position held = held(books, reduce.contract(), seen);
        assertThat(reduce.side()).as("%s", seen).isEqualTo(held.side());
        assertThat(reduce.size()).as("%s", seen).isBetween(1L, held.size());
        assertThat(reduce.toSize()).as("%s", seen).isBetween(1L, reduce.size() - 1);
      }
      case Decision.CancelOrder cancel -> {
        Order order = working(books, cancel.orderId(), seen);
        assertThat(cancel.side()).as("%s", seen).isEqualTo(order.side());
        assertThat(protectsWhatStays(order, books, seen)).as("the stop %s", seen).isFalse();
      }
      case Decision.ResizeOrder resize -> {
        Order order = working(books, resize.orderId(), seen);
        assertThat(resize.size()).as("%s", seen).isEqualTo(order.size());
        assertThat(resize.toSize()).as("%s", seen).isBetween(order.filled() + 1, order.size() - 1);
        assertThat(order.remaining() - (order.size() - resize.toSize()))
            .as("covers no more than there is %s", seen)
            .isLessThanOrEqualTo(opposed(order, books.holding(order.contract())));
      }
      case Decision.ModifyStop modify -> tighter(modify, books, seen);
      case Decision.PlaceStop stop -> {
        protects(stop.contract(), stop.side(), stop.size(), books, seen);
        assertThat(stop.size() + cover(books, stop.contract(), true, seen))
            .as("stops cover no more than there is %s", seen)
            .isLessThanOrEqualTo(held(books, stop.contract(), seen).size());
        behind(stop.contract(), stop.side(), stop.price(), seen);
      }
      case Decision.PlaceTarget target -> {
        protects(target.contract(), target.side(), target.size(), books, seen);
        assertThat(target.size() + cover(books, target.contract(), false, seen))
            .as("targets cover no more than there is %s", seen)
            .isLessThanOrEqualTo(held(books, target.contract(), seen).size());
      }
      case Decision.CancelAllOrders all -> {}
      case Decision.CloseAllPositions all -> {}
      case Decision.ViolationFound violation -> {}
      case Decision.PrecheckBlocked blocked -> {}
      case Decision.LockoutSet set -> {}
      case Decision.LockoutCleared cleared -> {}
      case Decision.Alert alert -> {}
      case Decision.Reset reset -> {}
    }
  }

  private static Position held(AccountState books, ContractId contract, Walk.Seen seen) {
    Optional<Position> position = books.holding(contract).position();
    assertThat(position).as("held %s", seen).isPresent();
    return position.orElseThrow();
  }

  private static Order working(AccountState books, long id, Walk.Seen seen) {
    Optional<Order> order = books.orders().get(id);
    assertThat(order).as("working %s", seen).isPresent();
    return order.orElseThrow();
  }

  /**
   * A stop of a position that is not closed in the same breath, and that the stops left behind no
   * longer cover as they did.
   */
  private static boolean protectsWhatStays(Order order, AccountState books, Walk.Seen seen) {
    Position position = books.holding(order.contract()).position().orElse(null);
    if (position == null || !order.type().isStop() || order.side().increases(position.side())) {
      return false;
    }
    boolean closed =
        seen.of(books.id()).stream()
            .anyMatch(
                d ->
                    d instanceof Decision.CloseAllPositions
                        || (d instanceof Decision.ClosePosition close
                            && close.contract().equals(order.contract())));
    if (closed) {
      return false;
    }
    long left = cover(books, order.contract(), true, seen);
    long before = left;
    for (Decision decision : seen.of(books.id())) {
      if (decision instanceof Decision.CancelOrder cancel) {
        Order gone = working(books, cancel.orderId(), seen);
        boolean covers =
            gone.type().isStop()
                && gone.contract().equals(order.contract())
                && !gone.side().increases(position.side());
        left -= covers ? gone.remaining() : 0;
      }
    }
    return left < Math.min(before, position.size());
  }

  /** Contracts an order would close, by the position or by what the fills make of it. */
  private static long opposed(Order order, Holding holding) {
    long most = 0;
    for (long signed : List.of(holding.signedSize(), holding.implied())) {
      boolean against = signed != 0 && !order.side().increases(Side.ofSigned(signed));
      most = against ? Math.max(most, Math.abs(signed)) : most;
    }
    return most;
  }

  private static void protects(
      ContractId contract, OrderSide side, long size, AccountState books, Walk.Seen seen) {
    Position held = held(books, contract, seen);
    assertThat(side).as("%s", seen).isEqualTo(OrderSide.closing(held.side()));
    assertThat(size).as("%s", seen).isBetween(1L, held.size());
    assertThat(seen.before(books.id()).locks().accountLocked()).as("locked %s", seen).isFalse();
  }

  /** What stands already, and what the same plan places beside it. */
  private static long cover(
      AccountState books, ContractId contract, boolean stops, Walk.Seen seen) {
    Position position = held(books, contract, seen);
    long sum = 0;
    for (LongMap.Entry<Order> entry : books.orders()) {
      Order order = entry.value();
      boolean kind =
          stops
              ? order.type().isStop()
              : order.type() == dev.riskmanager.domain.model.OrderType.LIMIT;
      boolean stands = order.status().code() == 1 || order.status().code() == 6;
      boolean against = !order.side().increases(position.side());
      sum += kind && stands && against && order.contract().equals(contract) ? order.remaining() : 0;
    }
    return sum;
  }

  private static void tighter(Decision.ModifyStop modify, AccountState books, Walk.Seen seen) {
    Order order = working(books, modify.orderId(), seen);
    Position held = held(books, modify.contract(), seen);
    assertThat(order.type().isStop()).as("%s", seen).isTrue();
    assertThat(order.side()).as("%s", seen).isEqualTo(OrderSide.closing(held.side()));
    Price stands = order.stopPrice().orElseThrow();
    boolean tighter =
        held.side() == Side.LONG
            ? modify.price().compareTo(stands) > 0
            : modify.price().compareTo(stands) < 0;
    assertThat(tighter).as("tighter than %s: %s", stands, seen).isTrue();
    behind(modify.contract(), modify.side(), modify.price(), seen);
  }

  /** A stop stands behind the market: one that sells below it. */
  private static void behind(ContractId contract, OrderSide side, Price price, Walk.Seen seen) {
    Optional<Mark> mark = seen.after().market().mark(contract);
    boolean fresh = mark.filter(m -> !m.at().plusSeconds(2).isBefore(seen.t())).isPresent();
    if (fresh) {
      Price market = mark.orElseThrow().price();
      boolean behind =
          side == OrderSide.SELL ? price.compareTo(market) < 0 : price.compareTo(market) > 0;
      assertThat(behind).as("behind %s: %s", market, seen).isTrue();
    }
  }

  /** Of one stop the engine asks tighter and tighter prices, at most one a second. */
  @Property(seed = SEED)
  void aStopIsMovedOneWayAndAtMostOnceASecond(@ForAll("managed") Scenario scenario) {
    List<Decision.ModifyStop> asked = new ArrayList<>();
    Walk walk = scenario.walk();
    for (Walk.Seen seen : walk.steps()) {
      for (AccountId account : walk.accounts()) {
        // A stop the trader loosened himself may be asked for anew.
        asked.removeIf(a -> a.account().equals(account) && moved(a, seen));
        for (Decision decision : seen.of(account)) {
          if (decision instanceof Decision.ModifyStop modify) {
            asked.forEach(before -> follows(before, modify, seen));
            asked.add(modify);
          }
        }
      }
    }
  }

  private static boolean moved(Decision.ModifyStop asked, Walk.Seen seen) {
    Optional<Order> before = seen.before(asked.account()).orders().get(asked.orderId());
    Optional<Order> after = seen.after(asked.account()).orders().get(asked.orderId());
    return !before.flatMap(Order::stopPrice).equals(after.flatMap(Order::stopPrice));
  }

  private static void follows(
      Decision.ModifyStop before, Decision.ModifyStop modify, Walk.Seen seen) {
    if (before.orderId() == modify.orderId()) {
      int order = modify.price().compareTo(before.price());
      assertThat(modify.side() == OrderSide.SELL ? order > 0 : order < 0)
          .as("tighter than %s: %s", before, seen)
          .isTrue();
      assertThat(modify.cause().at())
          .as("a second after %s: %s", before, seen)
          .isAfterOrEqualTo(before.cause().at().plusSeconds(1));
    }
  }

  @net.jqwik.api.Provide
  net.jqwik.api.Arbitrary<Scenario> managed() {
    return scenarios(
        net.jqwik.api.Arbitraries.integers()
            .between(2, 12)
            .map(
                ticks ->
                    TradeManagement.ID.key()
                        + ": {auto_breakeven: {profit_trigger_ticks: "
                        + ticks
                        + ", offset_ticks: 1}, trailing_stop: {activation_ticks: "
                        + 2 * ticks
                        + ", trail_distance_ticks: 3}, auto_stop_loss: {ticks: 30}}\n"));
  }
}
