package dev.riskmanager.daemon.app;

import static dev.riskmanager.daemon.app.DeskWorld.ADMIN;
import static dev.riskmanager.daemon.app.DeskWorld.ME;
import static dev.riskmanager.daemon.app.DeskWorld.NOON;
import static dev.riskmanager.daemon.app.DeskWorld.done;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.riskmanager.domain.calendar.Holidays;
import dev.riskmanager.domain.event.RiskEvent;
import dev.riskmanager.domain.model.ContractId;
import dev.riskmanager.domain.model.Position;
import dev.riskmanager.domain.model.Price;
import dev.riskmanager.domain.model.Side;
import dev.riskmanager.domain.world.World;
import dev.riskmanager.wire.LockoutRecord;
import dev.riskmanager.wire.UnlockRequest;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What was undone during a lockout is told of it also when it has ended. */
@Timeout(60)
class AttemptsTest {
  private static final ContractId MNQ = World.id("MNQ");

  @TempDir private Path directory;

  @Test
  void eachLockoutKeepsWhatWasUndoneWhileItWasInForce() throws Exception {
    try (DeskWorld world =
            DeskWorld.running(
                directory,
                "daily_realized_loss.enabled=true",
                "daily_realized_loss.limit=-500",
                "daily_realized_loss.timezone=America/Chicago");
        ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor()) {
      CurveKeeper curves =
          CurveKeeper.start(
              world.home.data(),
              world.picture::state,
              world::now,
              scheduler,
              () -> false,
              new Closing());
      ViewDesk view =
          new ViewDesk(
              world.picture,
              world.store,
              new Receipts(world.store),
              world::now,
              () -> Holidays.NONE,
              curves);
      world.send(new RiskEvent.LockRequested(ME, NOON.plusSeconds(600), "anna", "pause"));
      attempt(world);
      attempt(world);
      world.send(new RiskEvent.TradeReported(world.trade(NOON, "-600")));
      attempt(world);

      var unlocked =
          done(world.unlocks.unlock(ADMIN, new UnlockRequest(ME.value(), "manual", null, "ok")));

      assertThat(unlocked.ended()).extracting(LockoutRecord::attempts).containsExactly(3);
      assertThat(records(view))
          .containsExactlyInAnyOrder(tuple("RULE-003", true, 1), tuple("MANUAL", false, 3));

      attempt(world);
      done(world.unlocks.unlock(ADMIN, new UnlockRequest(ME.value(), null, null, "enough")));

      assertThat(records(view))
          .as("the first two were against the manual lockout alone")
          .containsExactlyInAnyOrder(tuple("RULE-003", false, 2), tuple("MANUAL", false, 3));
    }
  }

  private static List<org.assertj.core.groups.Tuple> records(ViewDesk view) {
    return done(view.lockouts(true)).lockouts().stream()
        .map(record -> tuple(record.lockout().ruleId(), record.active(), record.attempts()))
        .toList();
  }

  /** A contract bought, and closed by the engine. */
  private static void attempt(DeskWorld world) throws Exception {
    Position one = new Position(1, ME, MNQ, Side.LONG, 1, Price.of("21000"), world.now());
    world.send(new RiskEvent.PositionReported(ME, MNQ, Optional.of(one)));
    world.send(new RiskEvent.PositionReported(ME, MNQ, Optional.empty()));
  }
}
