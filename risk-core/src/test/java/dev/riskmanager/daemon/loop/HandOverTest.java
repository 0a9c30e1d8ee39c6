package dev.riskmanager.daemon.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.riskmanager.daemon.port.Enforcement;
import dev.riskmanager.domain.engine.RiskEngine;
import dev.riskmanager.domain.engine.Step;
import dev.riskmanager.domain.event.RiskEvent;
import dev.riskmanager.domain.lockout.Baseline;
import dev.riskmanager.domain.model.AccountId;
import dev.riskmanager.domain.model.ContractId;
import dev.riskmanager.domain.model.Position;
import dev.riskmanager.domain.model.Price;
import dev.riskmanager.domain.model.Side;
import dev.riskmanager.domain.world.World;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What the executor is given, and when. */
class HandOverTest {
  private final List<Enforcement.Order> orders = new ArrayList<>();
  private final HandOver handOver =
      new HandOver(
          new Enforcement() {
            @Override
            public void carryOut(Order order) {
              orders.add(order);
            }

            @Override
            public void allow(
                AccountId account, Optional<Baseline> locked, Set<ContractId> symbols) {}

            @Override
            public void observed(AccountId account, boolean open) {}

            @Override
            public void close() {}
          });

  private Step step(World world, RiskEvent event) {
    return RiskEngine.step(world.state(), world.now(), event);
  }

  @Test
  void aLockoutThatClosesNothingLeavesItsReceiptWhenItIsCommitted() {
    World world = new World("trade_frequency_limit: {limits: {per_minute: 1}}");
    Step step = step(world, new RiskEvent.TradeReported(world.trade("MNQ", 1).row()));

    boolean waiting = handOver.begin(step);
    assertThat(waiting).isTrue();
    assertThat(orders).isEmpty();
    Instant committed = world.now().plusMillis(3);
    handOver.finish(step, waiting, Optional.of(committed));

    assertThat(orders).hasSize(1);
    Enforcement.Order order = orders.getFirst();
    assertThat(order.actions()).isEmpty();
    assertThat(order.rule().number()).isEqualTo(6);
    assertThat(order.reason()).startsWith("Trade frequency limit reached: 1/1");
    assertThat(order.committedAt()).contains(committed);
    assertThat(order.grounds().formula()).isEqualTo("1 trades in a minute >= 1");
  }

  @Test
  void aViolationThatOnlyAlertsLeavesItsReceiptAtOnce() {
    World world = new World("max_contracts: {limit: 0, close_all: false, reduce_to_limit: false}");
    Position position =
        new Position(1, World.ME, World.id("MNQ"), Side.LONG, 1, Price.of("20000"), world.now());
    Step step =
        step(
            world,
            new RiskEvent.PositionReported(World.ME, position.contract(), Optional.of(position)));

    assertThat(handOver.begin(step)).isFalse();

    assertThat(orders).hasSize(1);
    assertThat(orders.getFirst().actions()).isEmpty();
  }

  @Test
  void whatIsOnlyToldAsAShadowLeavesNone() {
    World world = new World("trade_frequency_limit: {mode: shadow, limits: {per_minute: 1}}");
    Step step = step(world, new RiskEvent.TradeReported(world.trade("MNQ", 1).row()));
    assertThat(step.decisions()).hasSize(1);

    handOver.finish(step, handOver.begin(step), Optional.empty());

    assertThat(orders).isEmpty();
  }
}
