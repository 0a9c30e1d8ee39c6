package dev.riskmanager.daemon.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.riskmanager.daemon.port.Enforcement;
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
import dev.riskmanager.domain.model.Side;
import dev.riskmanager.domain.model.Trade;
import dev.riskmanager.domain.persistent.Table;
import dev.riskmanager.domain.rule.RuleSet;
import dev.riskmanager.domain.world.RuleFile;
import dev.riskmanager.domain.world.World;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A disk that takes its time: who waits for it and who does not. */
class EngineLoopDiskTest {
  private static final Instant T = Instant.parse("2025-10-31T14:00:00Z");
  private static final AccountId ME = new AccountId(1);
  private static final ContractId NQ = World.id("NQ");
  private static final String RULES =
      """
      max_contracts: {enabled: true, limit: 2, close_all: true}
      daily_realized_loss: {enabled: true, limit: -500, reset_time: "17:00", timezone: UTC}
      """;

  private volatile Instant now = T;
  private final Semaphore disk = new Semaphore(0);
  private final List<Trade> told = new CopyOnWriteArrayList<>();
  private final List<String> committed = new CopyOnWriteArrayList<>();
  private final List<String> ordered = new CopyOnWriteArrayList<>();
  private final List<String> trouble = new CopyOnWriteArrayList<>();
  private final EngineLoop loop = loop();

  private EngineLoop loop() {
    RuleSet rules = RuleFile.rules(RULES);
    RuleBook book =
        new RuleBook(Table.<AccountId, RuleSet>empty().with(ME, rules), Optional.of(rules));
    return new EngineLoop(
        EngineState.initial(T, book, World.products()),
        () -> now,
        new SlowDisk(),
        new Orders(),
        new Troubles(),
        (at, event) -> {});
  }

  @AfterEach
  void end() {
    disk.release(1_000);
    loop.close();
  }

  private void position(long size) {
    loop.accept(
        now,
        new RiskEvent.PositionReported(
            ME, NQ, Optional.of(new Position(1, ME, NQ, Side.LONG, size, Price.of("21000"), T))));
  }

  private void trade(long id, String profit) {
    Trade trade =
        new Trade(
            id,
            ME,
            NQ,
            OrderSide.SELL,
            1,
            Price.of("20996"),
            Optional.of(Money.of(profit)),
            Money.ZERO,
            6,
            T,
            false);
    told.add(trade);
    loop.accept(now, new RiskEvent.TradeReported(trade));
  }

  private long seen() {
    return loop.state().account(ME).stream()
        .flatMap(a -> told.stream().filter(trade -> a.trades().knows(trade)))
        .count();
  }

  @Test
  void theNextEventIsJudgedWhileTheLastOneIsWrittenAndNeitherIsSeenBefore() {
    loop.start();
    trade(5, "-10");
    position(3);
    await().until(() -> !ordered.isEmpty());

    assertThat(ordered).containsExactly("CloseAllPositions []");
    assertThat(committed).isEmpty();
    assertThat(trouble).isEmpty();
    assertThat(seen()).isZero();

    disk.release(1_000);
    await().until(() -> seen() == 1);
    assertThat(loop.state().account(ME).orElseThrow().holding(NQ).held()).isEqualTo(3);
    assertThat(trouble).isEmpty();
  }

  @Test
  void aLockoutIsWrittenWithAllBeforeItUntilItsActionsLeave() {
    loop.start();
    trade(5, "-10");
    position(1);
    trade(6, "-590");
    await().during(Duration.ofMillis(100)).until(ordered::isEmpty);
    assertThat(seen()).isZero();

    disk.release(1_000);
    await().until(() -> !ordered.isEmpty());
    assertThat(ordered.getFirst()).contains("CloseAllPositions").contains(T.toString());
    assertThat(committed).contains("LockoutSaved");
    assertThat(seen()).isEqualTo(2);
  }

  /** What somebody waits for, and for which nothing has to be written, shows nothing sooner. */
  @Test
  void anOutcomeThatNeedsNoRowsWaitsForWhatWasBeforeIt() {
    loop.start();
    trade(5, "-10");
    CompletableFuture<Handled> outcome = loop.submit(now, new RiskEvent.ClockTicked());
    await().during(Duration.ofMillis(100)).until(() -> seen() == 0 && !outcome.isDone());

    disk.release(1_000);
    await().until(outcome::isDone);
    assertThat(outcome.join().durable()).isTrue();
    assertThat(seen()).isEqualTo(1);
  }

  @Test
  void aDiskThatKeepsAnEventLongerThanItMayIsAnAlarmEvenIfNothingFollows() {
    loop.start();
    trade(5, "-10");
    await().until(() -> disk.hasQueuedThreads());
    now = T.plusMillis(249);
    await().during(Duration.ofMillis(1_200)).atMost(Duration.ofSeconds(5)).until(trouble::isEmpty);
    assertThat(seen()).isZero();

    now = T.plusMillis(250);
    await().until(() -> !trouble.isEmpty());
    await().until(() -> seen() == 1);
    assertThat(trouble).containsExactly("no answer within 250 ms");
    assertThat(loop.isDurable()).isFalse();

    disk.release(1_000);
    trade(6, "-10");
    await().until(() -> trouble.size() == 2);
    assertThat(trouble.getLast()).isEmpty();
    assertThat(loop.isDurable()).isTrue();
  }

  private final class SlowDisk extends EngineLoopTest.NoDisk {
    @Override
    public void commit(List<Change> changes) {
      disk.acquireUninterruptibly();
      changes.forEach(change -> committed.add(change.getClass().getSimpleName()));
    }
  }

  private final class Orders implements Enforcement {
    @Override
    public void carryOut(Order order) {
      ordered.add(
          order.actions().getLast().getClass().getSimpleName()
              + " "
              + order.committedAt().map(at -> List.of(at.toString())).orElse(List.of()));
    }

    @Override
    public void allow(AccountId account, Optional<Baseline> locked, Set<ContractId> symbols) {}

    @Override
    public void observed(AccountId account, boolean position) {}

    @Override
    public void close() {}
  }

  private final class Troubles implements EngineLoop.Publisher {
    @Override
    public void published(EngineState state, List<Decision> decisions) {}

    @Override
    public void ruleFailed(Step.RuleFailure failure) {
      trouble.add(failure.toString());
    }

    @Override
    public void written() {}

    @Override
    public void journalTrouble(String why) {
      trouble.add(why);
    }
  }
}
