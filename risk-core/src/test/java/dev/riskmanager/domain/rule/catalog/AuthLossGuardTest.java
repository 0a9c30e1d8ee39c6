package dev.riskmanager.domain.rule.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.riskmanager.domain.lockout.LockoutType;
import dev.riskmanager.domain.world.RuleFile;
import dev.riskmanager.domain.world.World;
import dev.riskmanager.domain.world.WorldTest;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** RULE-010: the venue's word on whether the account may trade, however it comes. */
class AuthLossGuardTest extends WorldTest {
  private static final String RULE = "auth_loss_guard: {%s}\n";

  private static World world(String more) {
    World world = new World(RULE.formatted(more));
    world.canTrade(true);
    return world.at("14:01");
  }

  private static void expectLocked(World world) {
    world.expect(
        "violation 010 condition", "lock 010 condition open", "cancel all 010", "close all 010");
  }

  private static World locked(String more) {
    World world = world(more);
    world.canTrade(false);
    expectLocked(world);
    assertThat(world.lockout("010").type()).isEqualTo(LockoutType.CONDITION);
    assertThat(world.lockout("010").expiresAt()).isEmpty();
    return world;
  }

  // ---- what it sees

  @Test
  void anEventThatForbidsTradingFlattensAndLocksLongAndShort() {
    World world = world("");
    world.position("MNQ", 2);
    world.position("ES", -1, "6000");
    world.canTrade(false);
    expectLocked(world);
  }

  @Test
  void itLocksAFlatAccountToo() {
    World world = locked("");
    world.position("MNQ", 1).expect("blocked 010", "close MNQ long 1 010 guard");
    world.order(5, "ES").buy(1).limit("1").send().expect("blocked 010", "cancel 5 010 guard");
  }

  @Test
  void aReadOfTheListThatForbidsTradingIsTheSame() {
    World world = world("");
    world.snapshot().listed(false).send();
    expectLocked(world);
  }

  @Test
  void aReconciliationWithPositionsIsTheSame() {
    World world = world("");
    world.snapshot().listed(false).position("MNQ", 2, "20000").noOrders().send();
    expectLocked(world);
  }

  @Test
  void anAccountThatIsNotListedAnyMoreIsTheSame() {
    World world = world("");
    world.position("MNQ", 2);
    world.snapshot().nobody().send();
    expectLocked(world);
    assertThat(world.lockout("010").reason()).contains("does not list the account");
  }

  @Test
  void itIsFoundAtTheStart() {
    World world = new World(RULE.formatted(""));
    world.canTrade(false);
    expectLocked(world);
  }

  @Test
  void anAccountOfWhichTheVenueHasSaidNothingIsNotTakenForForbidden() {
    World world = new World(RULE.formatted(""));
    world.position("MNQ", 1);
    world.snapshot().position("MNQ", 1, "20000").noOrders().send();
    world.restart().at("14:10").snapshot().position("MNQ", 1, "20000").noOrders().send();
  }

  // ---- once

  @Test
  void itIsToldOnceHoweverOftenTheVenueSaysSo() {
    World world = locked("");
    world.at("14:02").canTrade(false);
    world.snapshot().listed(false).flat().noOrders().send();
    world.snapshot().nobody().send();
    world.snapshot().listed(false).send();
  }

  @Test
  void itIgnoresEverythingElse() {
    World world = world("");
    world.trade("MNQ", -1).pnl("-9000").send();
    world.position("MNQ", 9);
    world.quote("MNQ", "1");
    world.order(5, "ES").buy(9).limit("1").send();
    world.canTrade(true);
    world.snapshot().listed(true).position("MNQ", 9, "20000").send();
    world.clock("16:00");
  }

  @Test
  void anotherAccountIsNotConcerned() {
    World world = locked("");
    world.account(2).canTrade(true);
    world.position("MNQ", 2);
    assertThat(world.books().locks().accountLocked()).isFalse();
  }

  // ---- how it ends

  @Test
  void anEventThatAllowsTradingEndsIt() {
    World world = locked("");
    world.at("15:00").canTrade(true).expect("unlock 010 by condition");
    world.position("MNQ", 1);
  }

  @Test
  void aReadThatAllowsTradingEndsIt() {
    World world = locked("");
    world.at("15:00").snapshot().listed(true).send().expect("unlock 010 by condition");
  }

  @Test
  void anAccountThatIsListedAgainAndAllowedEndsIt() {
    World world = world("");
    world.snapshot().nobody().send();
    expectLocked(world);
    world.snapshot().listed(false).send();
    world.snapshot().listed(true).send().expect("unlock 010 by condition");
  }

  @Test
  void itsEndHasEverythingElseEvaluated() {
    World world = new World(RULE.formatted("") + "max_contracts: {limit: 1, close_all: true}\n");
    world.canTrade(false);
    expectLocked(world);
    world.position("MNQ", 2).expect("blocked 010", "close MNQ long 2 010 guard");
    world
        .canTrade(true)
        .expect("unlock 010 by condition", "violation 001", "cancel all 001", "close all 001");
  }

  @Test
  void neitherTimeNorAResetNorARestartNorAReloadEndsIt() {
    World world = locked("");
    world
        .clock("2025-11-02T12:00:00Z")
        .expect(
            "@2025-10-31T22:00:00Z reset 17:00 America/Chicago begins 2025-11-01",
            "@2025-11-01T22:00:00Z reset 17:00 America/Chicago begins 2025-11-02");
    world.snapshot().flat().noOrders().send();
    world.restart().clock("2025-11-02T12:01:00Z");
    // After a restart silence is not consent: positions were read, the list of accounts was not.
    world.snapshot().flat().noOrders().send();
    world.configure(RULE.formatted("check_interval_seconds: 10"));
    assertThat(world.lockout("010").expiresAt()).isEmpty();
    world.at("2025-11-02T12:02:00Z").canTrade(true).expect("unlock 010 by condition");
  }

  @Test
  void aReloadWithoutTheRuleDoesNotEndItEither() {
    World world = locked("");
    world.configure("");
    world.position("MNQ", 1).expect("blocked 010", "close MNQ long 1 010 guard");
    world.position("MNQ", 0).expect("blocked 010");
    world.restart().at("14:30").snapshot().flat().noOrders().send();
    world.canTrade(true).expect("unlock 010 by condition");
  }

  @Test
  void aRestartBetweenKeepsItsIdAndItsTime() {
    World world = locked("");
    long id = world.lockout("010").id();
    world.restart().at("15:00").snapshot().listed(false).flat().noOrders().send();
    assertThat(world.lockout("010").id()).isEqualTo(id);
    assertThat(world.lockout("010").lockedAt()).isEqualTo(world.instant("14:01"));
    world.restart().at("15:10").flatSnapshot().send().expect("unlock 010 by condition");
  }

  @Test
  void anUnlockLastsUntilTheVenueAllowsTradingAndNotBeyond() {
    World world = locked("");
    world.unlock().expect("unlock 010 by admin:root");
    world.at("14:05").canTrade(false);
    world.snapshot().listed(false).flat().noOrders().send();
    world.restart().at("14:06").snapshot().listed(false).flat().noOrders().send();
    world.at("14:10").canTrade(true);
    world.at("14:20").canTrade(false);
    expectLocked(world);
  }

  @Test
  void anUnlockCanBeForbidden() {
    World world = locked("admin_unlock: forbidden");
    world.unlock();
    assertThat(world.lockout("010").expiresAt()).isEmpty();
  }

  // ---- together with others

  @Test
  void underTheLockOfAnotherRuleItIsFoundWhenThatEnds() {
    World world =
        new World(RULE.formatted("") + "daily_realized_loss: {limit: -500, lockout: 10m}\n");
    world
        .loss("-500")
        .expect(
            "violation 003 cooldown until 2025-10-31T14:10:00Z",
            "lock 003 cooldown until 2025-10-31T14:10:00Z",
            "cancel all 003",
            "close all 003");
    world.at("14:05").canTrade(false);
    world
        .clock("14:10")
        .expect(
            "unlock 003 by expired",
            "violation 010 condition",
            "lock 010 condition open",
            "cancel all 010",
            "close all 010");
  }

  @Test
  void whatACooldownLetStayIsClosed() {
    World world =
        new World(RULE.formatted("") + "max_contracts: {limit: 1, action: none, lockout: 10m}\n");
    world.trade("MNQ", 2).send();
    world
        .position("MNQ", 2)
        .expect(
            "violation 001 cooldown until 2025-10-31T14:10:00Z",
            "lock 001 cooldown until 2025-10-31T14:10:00Z");
    world
        .canTrade(false)
        .expect(
            "violation 010 condition guard",
            "lock 010 condition open guard",
            "cancel all 010 guard",
            "close all 010 guard");
    world.clock("14:10").expect("unlock 001 by expired");
    assertThat(world.lockout("010").baseline().isZero()).isTrue();
  }

  @Test
  void aLockWithoutAnEndSpeaksForTheGuardBeforeOneThatHasOne() {
    World world = locked("");
    world.lockUntil("23:00").expect("lock MANUAL manual until 2025-10-31T23:00:00Z");
    world.position("MNQ", 1).expect("blocked 010", "close MNQ long 1 010 guard");
    world.position("MNQ", 0).expect("blocked 010");
    world.canTrade(true).expect("unlock 010 by condition");
    world.position("MNQ", 1).expect("blocked MANUAL", "close MNQ long 1 MANUAL guard");
  }

  // ---- shadow and overrides

  @Test
  void inShadowItOnlyTellsOnceAnEpisode() {
    World world = world("mode: shadow");
    world.canTrade(false).expect("violation 010 shadow");
    world.position("MNQ", 1);
    world.snapshot().listed(false).send();
    world.canTrade(true);
    world.canTrade(false).expect("violation 010 shadow");
  }

  @Test
  void anActionOfNoneLocksAndLetsStay() {
    World world = world("action: none");
    world.trade("MNQ", 2).send();
    world.position("MNQ", 2);
    world.canTrade(false).expect("violation 010 condition", "lock 010 condition open");
    assertThat(world.lockout("010").baseline().of(World.id("MNQ"))).isEqualTo(2);
  }

  @Test
  void aLockoutOfItsOwnLengthEndsByTime() {
    World world = world("lockout: 5m");
    world
        .canTrade(false)
        .expect(
            "violation 010 cooldown until 2025-10-31T14:06:00Z",
            "lock 010 cooldown until 2025-10-31T14:06:00Z",
            "cancel all 010",
            "close all 010");
    world.at("14:02").canTrade(true);
    assertThat(world.books().locks().accountLocked()).isTrue();
    world.clock("14:06").expect("unlock 010 by expired");
  }

  @Test
  void howOftenToAskIsThirtySecondsUnlessToldOtherwise() {
    assertThat(interval("{}")).isEqualTo(Duration.ofSeconds(30));
    assertThat(interval("{check_interval_seconds: 5}")).isEqualTo(Duration.ofSeconds(5));
    assertThat(RuleFile.problems("auth_loss_guard: {check_interval_seconds: 0}"))
        .singleElement()
        .asString()
        .startsWith("auth_loss_guard.check_interval_seconds: ");
  }

  private static Duration interval(String section) {
    var rule = RuleFile.rules("auth_loss_guard: " + section).rule(AuthLossGuard.ID).orElseThrow();
    return ((AuthLossGuard) rule).checkInterval();
  }
}
