package dev.riskmanager.domain.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.riskmanager.domain.world.World;
import dev.riskmanager.domain.world.WorldTest;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Whether an entry made now would be left standing, rule by rule: {@code *} is any other symbol.
 */
class EntryOutlookTest extends WorldTest {
  private static final String FREE = "open: ; undone: ";

  /** A world that has begun, at 14:00 UTC, which is 9:00 in Chicago and 10:00 in New York. */
  private static World begun(String rules) {
    return new World(rules).clock("14:00");
  }

  private static String outlook(World world) {
    EntryOutlook outlook = EntryOutlook.of(world.state(), world.now(), world.books()).orElseThrow();
    List<String> undone = new ArrayList<>();
    outlook.undone().forEach((symbol, who) -> undone.add(symbol + " " + text(who)));
    outlook.others().ifPresent(who -> undone.add("* " + text(who)));
    return "open: " + String.join(" ", outlook.open()) + "; undone: " + String.join(", ", undone);
  }

  private static String text(EntryOutlook.Undone who) {
    String rule = who.rule().toString().replace("RULE-", "");
    return rule + who.until().map(t -> " until " + t).orElse("");
  }

  // ---- nothing in the way

  @Test
  void withoutRulesEveryEntryStands() {
    assertThat(outlook(begun(""))).isEqualTo(FREE);
  }

  @Test
  void beforeTheBooksAreReadNobodyCanTell() {
    World world = begun("max_contracts: {limit: 0}\n").restart();
    assertThat(EntryOutlook.of(world.state(), world.now(), world.books())).isEmpty();
  }

  @Test
  void beingAskedChangesNothing() {
    World world = begun("max_contracts: {limit: 0}\n");
    EngineState before = world.state();
    outlook(world);
    assertThat(world.state()).isSameAs(before);
    world.trade("MNQ", 1).send();
    world.position("MNQ", 1).expect("violation 001", "cancel all 001", "close all 001");
  }

  // ---- the thirteen rules

  @Test
  void rule001UndoesWhatGoesBeyondItsLimit() {
    World world = begun("max_contracts: {limit: 2}\n");
    world.position("MNQ", 1);
    assertThat(outlook(world)).isEqualTo("open: MNQ; undone: ");
    world.position("MNQ", 2);
    assertThat(outlook(world)).isEqualTo("open: ; undone: MNQ 001, * 001");
    world.position("MNQ", -2);
    assertThat(outlook(world)).isEqualTo("open: ; undone: MNQ 001, * 001");
  }

  @Test
  void aRuleThatOnlyTellsUndoesNothing() {
    assertThat(outlook(begun("max_contracts: {limit: 0, mode: shadow}\n"))).isEqualTo(FREE);
    assertThat(outlook(begun("max_contracts: {limit: 0, close_all: false}\n"))).isEqualTo(FREE);
    assertThat(outlook(begun("max_contracts: {limit: 0}\n"))).isEqualTo("open: ; undone: * 001");
  }

  @Test
  void rule002UndoesSymbolBySymbol() {
    World world = begun("max_contracts_per_instrument: {limits: {mnq: 2, ES: 1, NQ: 0}}\n");
    assertThat(outlook(world)).isEqualTo("open: ES MNQ; undone: NQ 002, * 002");
    world.position("MNQ", -2);
    assertThat(outlook(world)).isEqualTo("open: ES; undone: MNQ 002, NQ 002, * 002");
    assertThat(
            outlook(
                begun(
                    "max_contracts_per_instrument:"
                        + " {limits: {ES: 1}, unknown_symbol_action: allow}\n")))
        .isEqualTo("open: ES; undone: ");
  }

  @Test
  void rule003UndoesAlsoWithoutALockUntilItsReset() {
    String rule =
        "daily_realized_loss: {limit: -500, reset_time: \"16:00\","
            + " timezone: America/Chicago, enforcement: ";
    World world = begun(rule + "close_all}\n");
    world.loss("-499.99");
    assertThat(outlook(world)).isEqualTo(FREE);
    world.loss("-0.01").expect("violation 003", "cancel all 003", "close all 003");
    assertThat(outlook(world)).isEqualTo("open: ; undone: * 003 until 2025-10-31T21:00:00Z");
    world.clock("21:00").expect("reset 16:00 America/Chicago begins 2025-11-01");
    assertThat(outlook(world)).isEqualTo(FREE);
  }

  @Test
  void rule003UndoesUntilItsLockEndsAndNotWhatAnAdminAcknowledged() {
    World world =
        begun(
            "daily_realized_loss:"
                + " {limit: -500, reset_time: \"17:00\", timezone: America/Chicago}\n");
    world.loss("-500").takePrinted();
    assertThat(outlook(world)).isEqualTo("open: ; undone: * 003 until 2025-10-31T22:00:00Z");
    world.unlock().takePrinted();
    assertThat(outlook(world)).isEqualTo(FREE);
  }

  @Test
  void rule004And005UndoWhatIsAddedToThePositionTheyClose() {
    for (String rule :
        List.of("daily_unrealized_loss: {limit: -10}\n", "max_unrealized_profit: {target: 10}\n")) {
      World world = begun(rule);
      world.position("MNQ", rule.contains("loss") ? 1 : -1);
      assertThat(outlook(world)).isEqualTo("open: MNQ; undone: ");
      world.quote("MNQ", "19994").takePrinted();
      String number = rule.contains("loss") ? "004" : "005";
      assertThat(outlook(world)).isEqualTo("open: ; undone: MNQ " + number);
    }
  }

  @Test
  void rule006LetsTheTradeStandThatStartsTheCooldown() {
    String rule = "trade_frequency_limit: {limits: {per_minute: 2}";
    World world = begun(rule + "}\n");
    world.trade("MNQ", 1).send();
    assertThat(outlook(world)).isEqualTo(FREE);
    world.trade("MNQ", 1).send().takePrinted();
    assertThat(outlook(world)).isEqualTo("open: ; undone: * 006 until 2025-10-31T14:01:00Z");

    World closing = begun(rule + ", action: close_all}\n");
    assertThat(outlook(closing)).isEqualTo(FREE);
    closing.trade("MNQ", 1).send();
    assertThat(outlook(closing)).isEqualTo("open: ; undone: * 006 until 2025-10-31T14:01:00Z");
  }

  @Test
  void rule007UndoesUntilTheCooldownIsOver() {
    World world =
        begun(
            "cooldown_after_loss: {loss_thresholds: [{loss_amount: -100, cooldown_duration:"
                + " 300}]}\n");
    world.loss("-100").takePrinted();
    assertThat(outlook(world)).isEqualTo("open: ; undone: * 007 until 2025-10-31T14:05:00Z");
    world.clock("14:05").takePrinted();
    assertThat(outlook(world)).isEqualTo(FREE);
  }

  @Test
  void rule008GivesAnEntryItsGrace() {
    assertThat(outlook(begun("no_stop_loss_grace: {grace_period_seconds: 1}\n"))).isEqualTo(FREE);
  }

  @Test
  void rule009UndoesOutsideTheSessionWithALockAndWithoutOne() {
    String rule =
        "session_block_outside: {global_session:"
            + " {start: \"09:30\", end: \"16:00\", timezone: America/New_York}";
    for (String lock : List.of("}\n", ", lockout_outside_session: false}\n")) {
      World world = begun(rule + lock);
      assertThat(outlook(world)).isEqualTo(FREE);
      world.clock("20:00").takePrinted();
      assertThat(outlook(world)).isEqualTo("open: ; undone: * 009 until 2025-11-03T14:30:00Z");
    }
    World world = begun(rule + ", action: none, lockout_outside_session: false}\n");
    world.clock("20:00").takePrinted();
    assertThat(outlook(world)).isEqualTo(FREE);
  }

  @Test
  void rule009UndoesSymbolBySymbolAndWhateverFollowsTheGlobalSession() {
    String rule =
        "session_block_outside: {global_session:"
            + " {start: \"09:30\", end: \"16:00\", timezone: America/New_York},"
            + " per_instrument_sessions: {sessions: {ES:"
            + " {start: \"18:00\", end: \"17:00\", timezone: America/Chicago}, MNQ:"
            + " {start: \"09:30\", end: \"15:00\", timezone: America/New_York}}}}\n";
    World world = begun(rule);
    assertThat(outlook(world)).isEqualTo("open: ES MNQ; undone: ");
    world.clock("20:00").takePrinted();
    assertThat(outlook(world))
        .isEqualTo(
            "open: ES; undone: MNQ 009 until 2025-11-03T14:30:00Z,"
                + " * 009 until 2025-11-03T14:30:00Z");
    world.unlockSymbol("MNQ").takePrinted();
    assertThat(outlook(world)).isEqualTo("open: ES MNQ; undone: * 009 until 2025-11-03T14:30:00Z");
    world.clock("22:00").takePrinted();
    assertThat(outlook(world))
        .isEqualTo(
            // The reset forgets what was acknowledged.
            "open: ; undone: ES 009 until 2025-11-03T00:00:00Z,"
                + " MNQ 009 until 2025-11-03T14:30:00Z,"
                + " * 009 until 2025-11-03T14:30:00Z");
  }

  @Test
  void rule010UndoesWhileTheVenueForbids() {
    World world = begun("auth_loss_guard: {}\n");
    world.canTrade(false).takePrinted();
    assertThat(outlook(world)).isEqualTo("open: ; undone: * 010");
    world.canTrade(true).takePrinted();
    assertThat(outlook(world)).isEqualTo(FREE);
    // It is not asked about positions: the venue itself refuses them.
    World unlocked = begun("auth_loss_guard: {lockout: none}\n");
    unlocked.canTrade(false).takePrinted();
    assertThat(outlook(unlocked)).isEqualTo(FREE);
  }

  @Test
  void rule011UndoesWhatIsBlockedBeforeAnybodyHasTriedIt() {
    assertThat(outlook(begun("symbol_blocks: {blocked_symbols: [rty, \"M?S*\"]}\n")))
        .isEqualTo("open: ; undone: M?S* 011, RTY 011");
    assertThat(outlook(begun("symbol_blocks: {blocked_symbols: [\"*\"]}\n")))
        .isEqualTo("open: ; undone: * 011");
    World world = begun("symbol_blocks: {blocked_symbols: [RTY]}\n");
    world.position("RTY", 1).takePrinted();
    world.position("RTY", 0).takePrinted();
    assertThat(outlook(world)).isEqualTo("open: ; undone: RTY 011");
  }

  @Test
  void rule012UndoesNothing() {
    assertThat(outlook(begun("trade_management: {auto_stop_loss: {enabled: true, ticks: 40}}\n")))
        .isEqualTo(FREE);
  }

  @Test
  void rule013UndoesAlsoWithoutALock() {
    World world = begun("daily_realized_profit: {target: 1000, lockout: none}\n");
    world.trade("MNQ", -1).pnl("999.99").send();
    assertThat(outlook(world)).isEqualTo(FREE);
    world.trade("MNQ", -1).pnl("0.01").send().takePrinted();
    assertThat(outlook(world)).isEqualTo("open: ; undone: * 013 until 2025-10-31T22:00:00Z");
  }

  // ---- what no rule set

  @Test
  void locksOfAnAdminAndHoldsUndoTheLot() {
    World manual = begun("");
    manual.lockUntil("15:00").takePrinted();
    assertThat(outlook(manual)).isEqualTo("open: ; undone: * MANUAL until 2025-10-31T15:00:00Z");
    World held = begun("");
    held.hold("test").takePrinted();
    assertThat(outlook(held)).isEqualTo("open: ; undone: * BOOKS");
    World blind = begun("general: {blind: {policy: hold, after: 30s}}\n");
    blind.disconnected();
    assertThat(outlook(blind)).isEqualTo(FREE);
    blind.clock("14:00:30").takePrinted();
    assertThat(outlook(blind)).isEqualTo("open: ; undone: * BLIND");
  }

  /** A profit that is merely hoped for does not hide behind a contract without a price. */
  @Test
  void anEntryThatHasNoPriceYetMakesNothingWorse() {
    World world = begun("daily_realized_loss: {limit: -500, include_open: true}\n");
    world.position("MNQ", 1);
    world.quote("MNQ", "20200");
    world.trade("ES", -1).pnl("-600").send();
    assertThat(outlook(world)).isEqualTo("open: MNQ; undone: ");
  }
}
