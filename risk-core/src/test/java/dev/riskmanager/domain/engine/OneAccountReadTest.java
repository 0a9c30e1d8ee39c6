package dev.riskmanager.domain.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.riskmanager.domain.event.RiskEvent;
import dev.riskmanager.domain.world.World;
import dev.riskmanager.domain.world.WorldTest;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A reconciliation of one account says nothing of the others. */
class OneAccountReadTest extends WorldTest {
  @Test
  void theOthersKeepWhatTheyHaveAndAreNotMissing() {
    World world = new World("auth_loss_guard: {enabled: true}");
    world.canTrade(true).position("MNQ", 1);
    world.account(2).canTrade(true).position("MNQ", 2);

    world.send(
        new RiskEvent.SnapshotTaken(
            true,
            Optional.of(World.ME),
            Optional.empty(),
            Optional.of(List.of()),
            Optional.of(List.of()),
            Optional.of(List.of())));

    assertThat(world.books().holding(World.id("MNQ")).signedSize()).isEqualTo(2);
    assertThat(world.account(1).books().isFlat()).isTrue();
    assertThat(world.books().missing()).isFalse();
  }
}
