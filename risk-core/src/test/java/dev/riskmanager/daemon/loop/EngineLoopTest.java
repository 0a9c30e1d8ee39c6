package dev.riskmanager.daemon.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.riskmanager.daemon.port.Enforcement;
import dev.riskmanager.daemon.port.Store;
import dev.riskmanager.domain.decision.Decision;
import dev.riskmanager.domain.engine.EngineState;
import dev.riskmanager.domain.engine.RuleBook;
import dev.riskmanager.domain.engine.Step;
import dev.riskmanager.domain.event.RiskEvent;
import dev.riskmanager.domain.lockout.Baseline;
import dev.riskmanager.domain.model.AccountId;
import dev.riskmanager.domain.model.ContractId;
import dev.riskmanager.domain.model.Money;
import dev.riskmanager.domain.model.OrderSide;
import dev.riskmanager.domain.model.Position;
import dev.riskmanager.domain.model.Price;
import dev.riskmanager.domain.model.RuleId;
import dev.riskmanager.domain.model.Side;
import dev.riskmanager.domain.model.Trade;
import dev.riskmanager.domain.persistent.Table;
import dev.riskmanager.domain.rule.RuleSet;
import dev.riskmanager.domain.world.RuleFile;
import dev.riskmanager.domain.world.World;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Prices that come while the loop is busy: the newest is judged, by the position of its time. */
@Timeout(30)
class EngineLoopTest {
  private static final Instant T = Instant.parse("2025-10-31T14:00:00Z");
  private static final AccountId ME = new AccountId(1);
  private static final ContractId NQ = World.id("NQ");

  private final CountDownLatch busy = new CountDownLatch(1);
  private final CountDownLatch goOn = new CountDownLatch(1);
  private final List<String> decided = new CopyOnWriteArrayList<>();
  private final List<Enforcement.Order> ordered = new CopyOnWriteArrayList<>();
  private final List<String> taken = new CopyOnWriteArrayList<>();
  private EngineLoop loop = loop("");

  private EngineLoop loop(String yaml) {
    RuleSet rules = RuleFile.rules(yaml);
    RuleBook book =
        new RuleBook(Table.<AccountId, RuleSet>empty().with(ME, rules), Optional.of(rules));
    return new EngineLoop(
        EngineState.initial(T, book, World.products()),
        InstantSource.fixed(T),
        new NoDisk(),
        new NoVenue(),
        new Publisher(),
        (at, event) -> taken.add(at + " " + event));
  }

  @AfterEach
  void end() {
    goOn.countDown();
    loop.close();
  }

  /** Starts a loop with these rules that holds this position, and keeps it busy from then on. */
  private void holding(String yaml, long size) throws Exception {
    loop.close();
    loop = loop(yaml);
    loop.start();
    position(0, size);
    assertThat(busy.await(10, TimeUnit.SECONDS)).isTrue();
  }

  /** Lets it go on, and waits until everything sent has been handled. */
  private void finish() throws Exception {
    goOn.countDown();
    loop.submit(T.plusSeconds(1), new RiskEvent.ClockTicked()).get(10, TimeUnit.SECONDS);
  }

  private void position(long millis, long size) {
    Optional<Position> row =
        size == 0
            ? Optional.empty()
            : Optional.of(
                new Position(1, ME, NQ, Side.ofSigned(size), Math.abs(size), Price.of("21000"), T));
    loop.accept(T.plusMillis(millis), new RiskEvent.PositionReported(ME, NQ, row));
  }

  private void last(long millis, String price) {
    loop.accept(
        T.plusMillis(millis),
        new RiskEvent.QuoteReported(
            NQ, Optional.of(Price.of(price)), Optional.empty(), Optional.empty()));
  }

  /** One contract sold at a loss of 80 dollars. */
  private static Trade closing() {
    return new Trade(
        5,
        ME,
        NQ,
        OrderSide.SELL,
        1,
        Price.of("20996"),
        Optional.of(Money.of("-80")),
        Money.ZERO,
        6,
        T.plusMillis(2),
        false);
  }

  @Test
  void theNewestOfManyPricesIsJudged() throws Exception {
    holding("daily_unrealized_loss: {limit: -300}", 1);
    for (int i = 0; i < 2_000; i++) {
      last(1 + i / 10, i % 2 == 0 ? "20999.75" : "21003.25");
    }
    last(300, "20985");
    assertThat(loop.backlog()).isEqualTo(1);
    finish();
    assertThat(decided).containsExactly("violation $-300.00", "ClosePosition");
    assertThat(ordered).hasSize(1);
  }

  /** What is recorded is what the core took in, after the merging: it replays to the same. */
  @Test
  void ofPricesThatAreMergedTheTapHearsTheOneThatWasJudged() throws Exception {
    holding("daily_unrealized_loss: {limit: -300}", 1);
    taken.clear();
    last(1, "20000");
    loop.accept(
        T.plusMillis(2),
        new RiskEvent.QuoteReported(
            NQ, Optional.empty(), Optional.of(Price.of("20990")), Optional.empty()));
    loop.accept(T.plusMillis(3), new RiskEvent.MarketTraded(NQ, Price.of("20990.25")));
    finish();
    RiskEvent merged =
        new RiskEvent.QuoteReported(
            NQ,
            Optional.of(Price.of("20990.25")),
            Optional.of(Price.of("20990")),
            Optional.empty());
    assertThat(taken.stream().filter(line -> line.contains("QuoteReported")))
        .containsExactly(T.plusMillis(3) + " " + merged);
    assertThat(taken).noneMatch(line -> line.contains("MarketTraded"));
    assertThat(decided).isEmpty();
  }

  @Test
  void aPriceThatHasRecoveredWhenTheLoopComesToItIsNone() throws Exception {
    holding("daily_unrealized_loss: {limit: -300}", 1);
    last(1, "20000");
    last(2, "20985.25");
    finish();
    assertThat(decided).isEmpty();
  }

  /** Flat at 2 ms, the price falls at 3 ms: nothing was lost, and no day ends. */
  @Test
  void aPriceAfterTheCloseIsNotJudgedByThePositionBeforeIt() throws Exception {
    holding("daily_realized_loss: {limit: -300, include_open: true}", 1);
    last(1, "20999");
    position(2, 0);
    last(3, "20000");
    finish();
    assertThat(decided).isEmpty();
  }

  /** The loss is there at 1 ms and realized by the fill at 2 ms; it must not count twice. */
  @Test
  void aPriceAfterAFillIsJudgedByWhatTheFillLeft() throws Exception {
    holding("daily_realized_loss: {limit: -300, include_open: true}", 2);
    last(1, "20996"); // -160.00
    loop.accept(T.plusMillis(2), new RiskEvent.TradeReported(closing()));
    last(3, "20990"); // -80.00 - 200.00
    finish();
    assertThat(decided).isEmpty();
    assertThat(loop.state().account(ME).orElseThrow().holding(NQ).held()).isEqualTo(1);
  }

  private final class Publisher implements EngineLoop.Publisher {
    @Override
    public void published(EngineState state, List<Decision> decisions) {
      for (Decision decision : decisions) {
        decided.add(
            decision instanceof Decision.ViolationFound found
                ? "violation " + found.observed().substring(found.observed().indexOf('$'))
                : decision.getClass().getSimpleName());
      }
      if (state.holders().containsKey(NQ) && busy.getCount() > 0) {
        busy.countDown();
        try {
          goOn.await();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
      }
    }

    @Override
    public void ruleFailed(Step.RuleFailure failure) {
      decided.add("failed " + failure.rule());
    }

    @Override
    public void written() {}

    @Override
    public void journalTrouble(String why) {}
  }

  private final class NoVenue implements Enforcement {
    @Override
    public void carryOut(Order order) {
      ordered.add(order);
    }

    @Override
    public void allow(AccountId account, Optional<Baseline> locked, Set<ContractId> symbols) {}

    @Override
    public void observed(AccountId account, boolean position) {}

    @Override
    public void close() {}
  }

  /** Keeps nothing. */
  static class NoDisk implements Store {
    @Override
    public void commit(List<Change> changes) throws StoreException {}

    @Override
    public Restored restore() {
      return new Restored(
          List.of(), 1, List.of(), List.of(), List.of(), List.of(), List.of(), List.of());
    }

    @Override
    public List<LockoutRow> lockoutHistory(int limit) {
      return List.of();
    }

    @Override
    public List<LogRow> log(int tail, Optional<RuleId> rule, OptionalLong before) {
      return List.of();
    }

    @Override
    public List<ReceiptRow> receipts(int tail, Optional<AccountId> account) {
      return List.of();
    }

    @Override
    public Optional<ReceiptRow> receipt(Optional<String> id) {
      return Optional.empty();
    }

    @Override
    public List<Trade> trades(AccountId account, Instant from) {
      return List.of();
    }

    @Override
    public void close() {}
  }
}
