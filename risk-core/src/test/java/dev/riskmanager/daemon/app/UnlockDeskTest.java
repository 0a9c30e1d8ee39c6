package dev.riskmanager.daemon.app;

import static dev.riskmanager.daemon.app.DeskWorld.ADMIN;
import static dev.riskmanager.daemon.app.DeskWorld.ME;
import static dev.riskmanager.daemon.app.DeskWorld.NOON;
import static dev.riskmanager.daemon.app.DeskWorld.done;
import static org.assertj.core.api.Assertions.assertThat;

import dev.riskmanager.daemon.port.Answer;
import dev.riskmanager.daemon.port.Refusal;
import dev.riskmanager.domain.event.RiskEvent;
import dev.riskmanager.domain.model.Money;
import dev.riskmanager.wire.UnlockPreview;
import dev.riskmanager.wire.UnlockPreview.Policy;
import dev.riskmanager.wire.UnlockRequest;
import dev.riskmanager.wire.UnlockResult;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Unlocking: the policy of each rule, what is said before, and an outcome that is not known. */
@Timeout(60)
class UnlockDeskTest {
  private static final Instant RESET = Instant.parse("2025-10-31T22:00:00Z");

  @TempDir private Path directory;

  private static String[] loss(String... more) {
    String[] edits = new String[3 + more.length];
    edits[0] = "daily_realized_loss.enabled=true";
    edits[1] = "daily_realized_loss.limit=-500";
    edits[2] = "daily_realized_loss.timezone=America/Chicago";
    System.arraycopy(more, 0, edits, 3, more.length);
    return edits;
  }

  private static UnlockRequest request(@Nullable String rule) {
    return new UnlockRequest(ME.value(), rule, null, "talked to him");
  }

  @Test
  void thePreviewSaysWhatIsAcknowledgedAndWhenItLocksAgainAndChangesNothing() throws Exception {
    try (DeskWorld world = DeskWorld.running(directory, loss())) {
      world.send(new RiskEvent.TradeReported(world.trade(NOON, "-600.25")));

      UnlockPreview preview = done(world.unlocks.preview(ADMIN, request(null)));

      assertThat(preview.named()).hasSize(1);
      UnlockPreview.Named named = preview.named().get(0);
      assertThat(named.policy()).isEqualTo(Policy.ALLOWED);
      assertThat(named.endsAt()).isEqualTo(NOON);
      assertThat(named.acknowledged()).isEqualTo("-600.25 (limit -500.00)");
      assertThat(named.locksAgain()).isEqualTo("when the day's P&L falls below -600.25");
      assertThat(named.acknowledgedUntil()).isEqualTo(RESET);
      assertThat(preview.stays()).isEmpty();
      assertThat(preview.locksAtOnce()).isEmpty();
      assertThat(world.loop.state().account(ME).orElseThrow().locks().accountLocked()).isTrue();

      UnlockResult result = done(world.unlocks.unlock(ADMIN, request(null)));

      assertThat(result.ended()).hasSize(1);
      assertThat(world.loop.state().account(ME).orElseThrow().locks().accountLocked()).isFalse();
      world.send(new RiskEvent.TradeReported(world.trade(NOON, "0")));
      assertThat(world.loop.state().account(ME).orElseThrow().locks().accountLocked()).isFalse();
      world.send(new RiskEvent.TradeReported(world.trade(NOON, "-0.01")));
      assertThat(world.loop.state().account(ME).orElseThrow().locks().accountLocked())
          .as("worse than what was acknowledged")
          .isTrue();
    }
  }

  /**
   * Only what is worse than the acknowledged loss locks again, in the tier that it then reaches.
   */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          -100    | -100.00 (limit -100.00) | falls below -100.00 (for 5m), or is -200.00 or worse (for 15m)
          -120.25 | -120.25 (limit -100.00) | falls below -120.25 (for 5m), or is -200.00 or worse (for 15m)
          -200    | -200.00 (limit -200.00) | falls below -200.00 (for 15m)
          -250    | -250.00 (limit -200.00) | falls below -250.00 (for 15m)
          """)
  void aTieredCooldownNamesTheTierThatWouldComeNext(String loss, String what, String again)
      throws Exception {
    try (DeskWorld world =
        DeskWorld.running(
            directory,
            "cooldown_after_loss.enabled=true",
            "cooldown_after_loss.loss_thresholds="
                + "[{loss_amount: -100, cooldown_duration: 300},"
                + " {loss_amount: -200, cooldown_duration: 900}]")) {
      world.send(new RiskEvent.TradeReported(world.trade(NOON, loss)));

      UnlockPreview.Named named = done(world.unlocks.preview(ADMIN, request(null))).named().get(0);

      assertThat(named.acknowledged()).isEqualTo(what);
      assertThat(named.locksAgain()).isEqualTo("when a closing order's P&L " + again);

      done(world.unlocks.unlock(ADMIN, request(null)));
      world.send(new RiskEvent.TradeReported(world.trade(NOON, loss)));
      assertThat(world.loop.state().account(ME).orElseThrow().locks().accountLocked())
          .as("as bad as before")
          .isFalse();
      Money worse = Money.of(loss).plus(Money.of("-0.01"));
      world.send(new RiskEvent.TradeReported(world.trade(NOON, worse.toString())));
      assertThat(world.loop.state().account(ME).orElseThrow().locks().accountLocked()).isTrue();
    }
  }

  /** Two rules lock at the same trade; the other one's breach is not acknowledged. */
  @Test
  void whatStaysAndWhatWouldLockAtOnceIsSaid() throws Exception {
    try (DeskWorld world =
        DeskWorld.running(
            directory,
            loss(
                "daily_realized_profit.enabled=true",
                "daily_realized_profit.target=1000",
                "daily_realized_profit.timezone=America/Chicago"))) {
      world.send(new RiskEvent.LockRequested(ME, NOON.plusSeconds(600), "anna", "pause"));
      world.send(new RiskEvent.TradeReported(world.trade(NOON, "-600")));

      UnlockPreview preview = done(world.unlocks.preview(ADMIN, request("manual")));

      assertThat(preview.named()).hasSize(1);
      assertThat(preview.named().get(0).locksAgain())
          .isEqualTo("only when an admin locks it again");
      assertThat(preview.locksAtOnce())
          .extracting(record -> record.lockout().ruleId())
          .containsExactly("RULE-003");
      assertThat(preview.actions()).anySatisfy(line -> assertThat(line).contains("close all"));
      assertThat(world.loop.state().account(ME).orElseThrow().locks().active().size()).isEqualTo(1);
    }
  }

  @Test
  void aDelayIsShownAndKeptAndAskingAgainDoesNotLengthenIt() throws Exception {
    try (DeskWorld world =
        DeskWorld.running(directory, loss("daily_realized_loss.admin_unlock=30m"))) {
      world.send(new RiskEvent.TradeReported(world.trade(NOON, "-600")));

      UnlockPreview.Named named =
          done(world.unlocks.preview(ADMIN, request("RULE-003"))).named().get(0);
      assertThat(named.policy()).isEqualTo(Policy.DELAYED);
      assertThat(named.endsAt()).isEqualTo(NOON.plus(Duration.ofMinutes(30)));

      UnlockResult first = done(world.unlocks.unlock(ADMIN, request(null)));
      world.at(NOON.plusSeconds(600));
      UnlockResult again = done(world.unlocks.unlock(ADMIN, request(null)));

      assertThat(first.ended()).isEmpty();
      assertThat(first.delayed().get(0).endsAt()).isEqualTo(NOON.plusSeconds(1800));
      assertThat(again.delayed().get(0).endsAt()).isEqualTo(NOON.plusSeconds(1800));
    }
  }

  @Test
  void anUnlockThatIsUnderWayIsShownWithTheLockouts() throws Exception {
    try (DeskWorld world =
        DeskWorld.running(directory, loss("daily_realized_loss.admin_unlock=30m"))) {
      world.send(new RiskEvent.TradeReported(world.trade(NOON, "-600")));
      assertThat(unlocksAt(world, NOON)).isNull();

      done(world.unlocks.unlock(ADMIN, request(null)));

      assertThat(unlocksAt(world, NOON)).isEqualTo(NOON.plusSeconds(1800));
    }
  }

  /** The reset is sooner than the unlock: that is when it ends, and nothing else is said. */
  @Test
  void anUnlockThatWouldComeAfterTheEndIsNotShown() throws Exception {
    Instant late = RESET.minusSeconds(600);
    try (DeskWorld world =
        DeskWorld.running(directory, loss("daily_realized_loss.admin_unlock=30m"))) {
      world.at(late);
      world.send(new RiskEvent.TradeReported(world.trade(late, "-600")));

      done(world.unlocks.unlock(ADMIN, request(null)));

      assertThat(unlocksAt(world, late)).isNull();
    }
  }

  private static @Nullable Instant unlocksAt(DeskWorld world, Instant now) {
    var records = world.picture.views().active(world.loop.state(), now);
    assertThat(records).hasSize(1);
    return records.get(0).unlocksAt();
  }

  @Test
  void whatIsForbiddenIsShownAsThatAndRefused() throws Exception {
    try (DeskWorld world =
        DeskWorld.running(directory, loss("daily_realized_loss.admin_unlock=forbidden"))) {
      world.send(new RiskEvent.TradeReported(world.trade(NOON, "-600")));

      UnlockPreview.Named named = done(world.unlocks.preview(ADMIN, request(null))).named().get(0);

      assertThat(named.policy()).isEqualTo(Policy.FORBIDDEN);
      assertThat(named.endsAt()).isNull();
      assertThat(named.acknowledged()).isNull();
      assertThat(refusal(world.unlocks.unlock(ADMIN, request(null))).kind())
          .isEqualTo(Refusal.Kind.FORBIDDEN);
    }
  }

  /** The loop takes it up late: nobody was told that it did not happen, and it is on the audit. */
  @Test
  void aRequestThatTakesTooLongIsNotKnownYetAndOnTheAuditOnceItIsDone() throws Exception {
    try (DeskWorld world = new DeskWorld(directory, Duration.ofMillis(20), loss())) {
      Instant until = NOON.plusSeconds(60);

      Answer<?> answer =
          world.requests.through(
              new RiskEvent.LockRequested(ME, until, ADMIN.user(), "pause"),
              world.requests.audited(ADMIN, "lock", Optional.of(ME), "until " + until, "pause"),
              handled -> handled);

      assertThat(refusal(answer).kind()).isEqualTo(Refusal.Kind.OUTCOME_UNKNOWN);
      assertThat(refusal(answer).message()).contains("not known yet").contains("lockouts");
      assertThat(world.audit()).isEmpty();

      world.loop.start();

      Awaitility.await()
          .untilAsserted(
              () ->
                  assertThat(world.audit())
                      .containsExactly("anna | lock | until 2025-10-31T17:01:00Z | pause"));
      assertThat(world.loop.state().account(ME).orElseThrow().locks().accountLocked()).isTrue();
    }
  }

  @Test
  void nothingToEndIsSaid() throws Exception {
    try (DeskWorld world = DeskWorld.running(directory, loss())) {
      assertThat(refusal(world.unlocks.preview(ADMIN, request(null))).kind())
          .isEqualTo(Refusal.Kind.NOT_FOUND);
      assertThat(refusal(world.unlocks.unlock(ADMIN, request("RULE-099"))).field())
          .isEqualTo(Optional.of("ruleId"));
    }
  }

  private static Refusal refusal(Answer<?> answer) {
    if (answer instanceof Answer.Refused<?>(Refusal why)) {
      return why;
    }
    throw new AssertionError(answer);
  }
}
