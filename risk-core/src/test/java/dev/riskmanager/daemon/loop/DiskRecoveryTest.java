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
import dev.riskmanager.domain.model.Price;
import dev.riskmanager.domain.model.Trade;
import dev.riskmanager.domain.persistent.Table;
import dev.riskmanager.domain.rule.RuleSet;
import dev.riskmanager.domain.world.RuleFile;
import dev.riskmanager.domain.world.World;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A disk that does not answer for a while is waited for once, and again when it has caught up. */
@Timeout(30)
class DiskRecoveryTest {
  private static final Instant T = Instant.parse("2025-10-31T14:00:00Z");
  private static final AccountId ME = new AccountId(1);

  private final List<Enforcement.Order> ordered = new CopyOnWriteArrayList<>();
  private final List<String> troubles = new CopyOnWriteArrayList<>();
  private final Semaphore disk = new Semaphore(0);
  private final EngineLoop loop = loop();

  private EngineLoop loop() {
    RuleSet rules =
        RuleFile.rules(
            "cooldown_after_loss: {loss_thresholds: [{loss_amount: -1, cooldown_duration: 60}]}");
    RuleBook book =
        new RuleBook(Table.<AccountId, RuleSet>empty().with(ME, rules), Optional.empty());
    return new EngineLoop(
        EngineState.initial(T, book, World.products()),
        InstantSource.fixed(T),
        new EngineLoopTest.NoDisk() {
          @Override
          public void commit(List<Change> changes) {
            disk.acquireUninterruptibly();
          }
        },
        new Venue(),
        new Publisher(),
        (at, event) -> {});
  }

  @AfterEach
  void end() {
    disk.release(1_000);
    loop.close();
  }

  /** A loss that starts a cooldown; handled when this returns. */
  private Handled lose(int number) throws Exception {
    Trade trade =
        new Trade(
            number,
            ME,
            World.id("NQ"),
            OrderSide.SELL,
            1,
            Price.of("21000"),
            Optional.of(Money.of("-" + number)),
            Money.ZERO,
            number,
            T.plusSeconds(61L * number),
            false);
    return loop.submit(trade.executedAt(), new RiskEvent.TradeReported(trade))
        .get(10, TimeUnit.SECONDS);
  }

  @Test
  void itIsWaitedForAgainOnceItHasTakenEverything() throws Exception {
    loop.start();
    assertThat(lose(1).durable()).isFalse();
    assertThat(troubles).containsExactly("no answer within 250 ms");
    assertThat(loop.isDurable()).isFalse();

    long began = System.nanoTime();
    for (int number = 2; number <= 40; number++) {
      assertThat(lose(number).durable()).isFalse();
    }
    assertThat(Duration.ofNanos(System.nanoTime() - began))
        .as("not waited for again")
        .isLessThan(DiskTrust.PATIENCE.multipliedBy(39));
    assertThat(troubles).as("said once").hasSize(1);
    assertThat(ordered).extracting(Enforcement.Order::committedAt).containsOnly(Optional.empty());

    disk.release(1_000);
    await().atMost(Duration.ofSeconds(10)).until(() -> durableAgain());
    assertThat(troubles).containsExactly("no answer within 250 ms", "");
    assertThat(lose(41).durable()).isTrue();
    assertThat(ordered.getLast().committedAt()).isPresent();
  }

  /** Every event asks the disk. */
  private boolean durableAgain() throws Exception {
    loop.submit(loop.state().now(), new RiskEvent.ClockTicked()).get(10, TimeUnit.SECONDS);
    return loop.isDurable();
  }

  private final class Publisher implements EngineLoop.Publisher {
    @Override
    public void published(EngineState state, List<Decision> decisions) {}

    @Override
    public void ruleFailed(Step.RuleFailure failure) {}

    @Override
    public void written() {}

    @Override
    public void journalTrouble(String why) {
      troubles.add(why);
    }
  }

  private final class Venue implements Enforcement {
    @Override
    public void carryOut(Order order) {
      ordered.add(order);
    }

    @Override
    public void allow(AccountId account, Optional<Baseline> locked, Set<ContractId> symbols) {}

    @Override
    public void observed(AccountId account, boolean open) {}

    @Override
    public void close() {}
  }
}
