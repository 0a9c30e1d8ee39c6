package dev.riskmanager.domain.property;

import static org.assertj.core.api.Assertions.assertThat;

import dev.riskmanager.domain.event.RiskEvent;
import dev.riskmanager.domain.model.Account;
import dev.riskmanager.domain.model.AccountId;
import dev.riskmanager.domain.model.Contract;
import dev.riskmanager.domain.model.ContractId;
import dev.riskmanager.domain.model.Money;
import dev.riskmanager.domain.model.Order;
import dev.riskmanager.domain.model.OrderSide;
import dev.riskmanager.domain.model.OrderStatus;
import dev.riskmanager.domain.model.OrderType;
import dev.riskmanager.domain.model.Position;
import dev.riskmanager.domain.model.Price;
import dev.riskmanager.domain.model.Side;
import dev.riskmanager.domain.model.Trade;
import dev.riskmanager.domain.rule.RiskRule;
import dev.riskmanager.domain.rule.RuleInput;
import dev.riskmanager.domain.state.AccountState;
import dev.riskmanager.domain.world.Restart;
import dev.riskmanager.domain.world.World;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/**
 * Nothing that comes in, however wrong, throws or keeps a rule from judging. What a payload can
 * carry is bounded where it is read ({@code daemon.gateway.Fields}): the ends of those bounds are
 * here, and sizes that are not let in.
 */
class TolerancePropertyTest extends Scenarios {

  /** The largest price and amount that is read, in billionths. */
  private static final long MOST = 1_000_000_000_000_000_000L;

  @Property(seed = SEED)
  void nothingThatComesInStopsARule(@ForAll("nonsense") Scenario scenario) {
    Walk walk = scenario.walk();
    for (Walk.Seen seen : walk.steps()) {
      assertThat(seen.failures()).as("%s", seen).isEmpty();
    }
    for (AccountId account : walk.accounts()) {
      AccountState books = walk.end().account(account).orElseThrow();
      for (RiskRule rule : walk.end().rules().of(account).orElseThrow().rules()) {
        RuleInput input =
            RuleInput.review(
                walk.end().now(),
                books,
                walk.end().market(),
                walk.end().rules().of(account).orElseThrow().general());
        assertThat(rule.read(input)).isNotNull();
      }
    }
    assertThat(Restart.of(walk.end()).accounts().size()).isEqualTo(walk.end().accounts().size());
  }

  /** Half of what happens makes sense: it is the mixture that meets filled books. */
  @Provide
  Arbitrary<Scenario> nonsense() {
    Arbitrary<Move> any =
        Arbitraries.frequencyOf(
            Tuple.of(1, moves()), Tuple.of(1, events().map(Move.Nonsense::new)));
    return Combinators.combine(
            RuleTexts.any(), Arbitraries.of(true, false), any.list().ofMinSize(1).ofMaxSize(40))
        .as(
            (rules, obeys, moves) ->
                new Scenario(Instant.parse("2025-10-31T14:00:00Z"), rules, obeys, moves));
  }

  private static Arbitrary<RiskEvent> events() {
    return Arbitraries.oneOf(
        List.of(
            trades().map(RiskEvent.TradeReported::new),
            orders().map(RiskEvent.OrderReported::new),
            Combinators.combine(accounts(), contracts(), positions().optional(0.7))
                .as(RiskEvent.PositionReported::new),
            Combinators.combine(
                    contracts(), prices().optional(), prices().optional(), prices().optional())
                .as(RiskEvent.QuoteReported::new),
            Combinators.combine(contracts(), prices()).as(RiskEvent.MarketTraded::new),
            rows().map(RiskEvent.AccountReported::new),
            listed().list().ofMaxSize(3).map(RiskEvent.ContractsListed::new),
            Combinators.combine(
                    rows().list().ofMaxSize(3).optional(),
                    positions().list().ofMaxSize(3).optional(),
                    orders().list().ofMaxSize(3).optional(),
                    trades().list().ofMaxSize(3).optional())
                .as((a, p, o, t) -> new RiskEvent.SnapshotTaken(true, a, p, o, t)),
            Combinators.combine(accounts(), times())
                .as((account, t) -> new RiskEvent.LockRequested(account, t, "root", ""))));
  }

  private static Arbitrary<AccountId> accounts() {
    return Arbitraries.of(1L, 1L, 1L, 2L, 3L, 0L, -1L, Long.MAX_VALUE).map(AccountId::new);
  }

  private static Arbitrary<ContractId> contracts() {
    return Arbitraries.of(
        World.id("MNQ"),
        World.id("MNQ"),
        World.id("ES"),
        World.id("RTY"),
        new ContractId("nonsense"),
        new ContractId("CON."),
        new ContractId("a/b"),
        new ContractId("...."));
  }

  private static Arbitrary<Long> numbers() {
    return Arbitraries.of(
        1L, 2L, 3L, 100L, 101L, 0L, -1L, 1_000_000_000L, Long.MAX_VALUE, Long.MIN_VALUE);
  }

  private static Arbitrary<Long> sizes() {
    return Arbitraries.of(1L, 2L, 3L, 100L, 1_000_000_000L, 0L, -1L);
  }

  private static Arbitrary<Price> prices() {
    return Arbitraries.of(20_000_000_000_000L, 1L, 0L, -1L, -20_000_000_000_000L, MOST, -MOST)
        .map(Price::new);
  }

  private static Arbitrary<Money> money() {
    return Arbitraries.of(0L, 1L, -50_000_000_000L, MOST, -MOST).map(Money::new);
  }

  private static Arbitrary<Instant> times() {
    return Arbitraries.of(
        Instant.parse("2025-10-31T14:00:00Z"),
        Instant.parse("2025-10-31T14:10:00Z"),
        Instant.parse("2025-11-03T14:00:00Z"),
        Instant.EPOCH,
        Instant.parse("2000-01-01T00:00:00Z"),
        Instant.parse("2100-01-01T00:00:00Z"),
        Instant.MIN,
        Instant.MAX);
  }

  private static Arbitrary<OrderSide> sides() {
    return Arbitraries.of(OrderSide.class);
  }

  private static Arbitrary<Trade> trades() {
    return Combinators.combine(
            Combinators.combine(numbers(), accounts(), contracts()).as(Tuple::of),
            sides(),
            sizes(),
            prices(),
            Combinators.combine(money().optional(), money()).as(Tuple::of),
            numbers(),
            times(),
            Arbitraries.of(false, false, true))
        .as(
            (who, side, size, price, money, order, t, voided) ->
                new Trade(
                    who.get1(),
                    who.get2(),
                    who.get3(),
                    side,
                    size,
                    price,
                    money.get1(),
                    money.get2(),
                    order,
                    t,
                    voided));
  }

  private static Arbitrary<Order> orders() {
    return Combinators.combine(
            Combinators.combine(numbers(), accounts(), contracts()).as(Tuple::of),
            Arbitraries.of(OrderStatus.class),
            Arbitraries.of(OrderType.class),
            sides(),
            Combinators.combine(sizes(), sizes()).as(Tuple::of),
            Combinators.combine(prices().optional(), prices().optional()).as(Tuple::of),
            Combinators.combine(numbers().optional(), numbers().optional()).as(Tuple::of),
            Combinators.combine(times(), times(), Arbitraries.of("", "RM-1")).as(Tuple::of))
        .as(
            (who, status, type, side, sizes, levels, links, rest) ->
                new Order(
                    who.get1(),
                    who.get2(),
                    who.get3(),
                    status,
                    type,
                    side,
                    sizes.get1(),
                    sizes.get2(),
                    levels.get1(),
                    levels.get2(),
                    links.get1(),
                    links.get2(),
                    Optional.empty(),
                    rest.get1(),
                    rest.get2(),
                    rest.get3()));
  }

  private static Arbitrary<Position> positions() {
    return Combinators.combine(
            numbers(),
            accounts(),
            contracts(),
            Arbitraries.of(Side.class),
            sizes(),
            prices(),
            times())
        .as(Position::new);
  }

  private static Arbitrary<Account> rows() {
    return Combinators.combine(accounts(), money(), Arbitraries.of(true, false))
        .as((id, balance, can) -> new Account(id, "", balance, can, false, false));
  }

  private static Arbitrary<Contract> listed() {
    Arbitrary<Long> positive = Arbitraries.of(1L, 250_000_000L, MOST);
    return Combinators.combine(contracts(), Arbitraries.of("MNQ", "", "mnq"), positive, positive)
        .as(
            (id, symbol, tick, value) ->
                new Contract(id, symbol, symbol, new Price(tick), new Money(value)));
  }
}
