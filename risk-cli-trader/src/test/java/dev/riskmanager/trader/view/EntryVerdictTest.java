package dev.riskmanager.trader.view;

import static dev.riskmanager.trader.Samples.undone;
import static org.assertj.core.api.Assertions.assertThat;

import dev.riskmanager.trader.Samples;
import dev.riskmanager.wire.AccountView;
import dev.riskmanager.wire.EngineState;
import dev.riskmanager.wire.EntriesState;
import dev.riskmanager.wire.EntryBlockView;
import dev.riskmanager.wire.RuleState;
import dev.riskmanager.wire.StatusView;
import java.util.List;
import org.junit.jupiter.api.Test;

/** It is OK to trade only where an entry made now would be left standing. */
class EntryVerdictTest {
  private static final String SESSION = "session_block_outside";
  private static final String OF_SYMBOL = "max_contracts_per_instrument";
  private static final String MONDAY = "2025-11-03T14:30:00Z";

  private static Verdict verdict(AccountView account) {
    StatusView status = Samples.status(account);
    return Verdict.of(ScreenTest.LIVE, status, account, Times.of(status.clock()));
  }

  private static String headline(AccountView account) {
    Verdict verdict = verdict(account);
    return verdict.kind() + " " + (verdict.word() + " " + verdict.what()).strip();
  }

  /** With rules that are not degraded, and the blocks given; without any it is all open. */
  private static AccountView account(String open, EntryBlockView... blocked) {
    AccountView quiet =
        Samples.account(
            false,
            List.of(),
            Samples.pnl("0.00", "0.00", "0.00"),
            List.of(),
            List.of(),
            Samples.rules(RuleState.OK, "-310.00", "0.62"));
    List<String> symbols = open.isEmpty() ? List.of() : List.of(open.split(" ", -1));
    boolean others = blocked.length > 0 && blocked[blocked.length - 1].symbol() == null;
    EntriesState state =
        blocked.length == 0
            ? EntriesState.OPEN
            : others && symbols.isEmpty() ? EntriesState.BLOCKED : EntriesState.PARTLY;
    return Samples.with(quiet, state, symbols, blocked);
  }

  @Test
  void whereNothingIsUndoneItIsOk() {
    assertThat(headline(account(""))).isEqualTo("OK OK TO TRADE");
    assertThat(headline(account("ES MNQ"))).isEqualTo("OK OK TO TRADE");
  }

  @Test
  void outsideEverySessionThereAreNoNewTradesUntilTheFirstOpens() {
    Verdict verdict = verdict(Samples.outside());

    assertThat(headline(Samples.outside()))
        .isEqualTo("LOCKED NO NEW TRADES until Sun 17:00 Chicago: session hours (RULE-009)");
    assertThat(verdict.ends()).isEqualTo("2025-11-02T23:00:00Z");
    assertThat(verdict.details())
        .containsExactly(
            "Outside your hours: new trades are undone; closing is allowed.",
            "ES until Sun 17:00; MNQ until Mon 08:30; any other: limit of contracts.");
  }

  @Test
  void whatIsWrongWithTheEngineIsSaidToo() {
    AccountView outside = Samples.outside();
    StatusView status =
        Samples.status(Samples.engine(EngineState.DEGRADED, "the disk is full"), outside);

    Verdict verdict = Verdict.of(ScreenTest.LIVE, status, outside, Times.of(status.clock()));

    assertThat(verdict.word()).isEqualTo("NO NEW TRADES");
    assertThat(verdict.details()).contains("BUT: the disk is full");
  }

  @Test
  void withoutTheWordsOkToTradeTheExceptionsAreASentence() {
    AccountView except = account("ES", undone("BTC", 11, "symbol_blocks", null));
    AccountView only =
        account("ES", undone("MNQ", 9, SESSION, MONDAY), undone(null, 2, OF_SYMBOL, null));

    assertThat(degraded(except).details())
        .containsExactly("the disk is full", "Allowed symbols: all except BTC.");
    assertThat(degraded(only).details())
        .containsExactly("the disk is full", "Allowed symbols: only ES; MNQ from Mon 08:30.");
    assertThat(degraded(account("ES")).details()).containsExactly("the disk is full", "");
  }

  private static Verdict degraded(AccountView account) {
    StatusView status =
        Samples.status(Samples.engine(EngineState.DEGRADED, "the disk is full"), account);
    return Verdict.of(ScreenTest.LIVE, status, account, Times.of(status.clock()));
  }

  @Test
  void aLimitOfContractsThatIsUsedUpIsACaution() {
    AccountView full =
        account(
            "", undone("MNQ", 1, "max_contracts", null), undone(null, 1, "max_contracts", null));

    assertThat(headline(full)).isEqualTo("CAUTION NO NEW TRADES limit of contracts (RULE-001)");
    assertThat(verdict(full).details().getFirst())
        .isEqualTo("One contract more: too much of it. Closing is allowed.");
    assertThat(
            headline(
                account("", undone("MNQ", 2, OF_SYMBOL, null), undone(null, 2, OF_SYMBOL, null))))
        .isEqualTo("CAUTION NO NEW TRADES limit of contracts (RULE-002)");
  }

  @Test
  void aLossThatIsFlattenedWithoutALockIsNoReasonToTrade() {
    AccountView lost = account("", undone(null, 3, "daily_realized_loss", "2025-10-31T22:00:00Z"));

    assertThat(headline(lost))
        .isEqualTo("LOCKED NO NEW TRADES until 17:00 Chicago: daily loss (RULE-003)");
  }

  @Test
  void symbolsThatTheConfigurationLeavesOutAreNamedAndItIsOk() {
    assertThat(
            headline(
                account(
                    "",
                    undone("BTC", 11, "symbol_blocks", null),
                    undone("M*", 11, "symbol_blocks", null))))
        .isEqualTo("OK OK TO TRADE except BTC, M*");
    assertThat(headline(account("ES MNQ", undone(null, 2, OF_SYMBOL, null))))
        .isEqualTo("OK OK TO TRADE only ES, MNQ");
    assertThat(
            headline(
                account("ES", undone("MNQ", 9, SESSION, MONDAY), undone("NQ", 2, OF_SYMBOL, null))))
        .isEqualTo("OK OK TO TRADE except MNQ until Mon 08:30; NQ");
    assertThat(
            headline(
                account("ES", undone("MNQ", 9, SESSION, MONDAY), undone(null, 2, OF_SYMBOL, null))))
        .isEqualTo("OK OK TO TRADE only ES; MNQ from Mon 08:30");
  }

  @Test
  void whereMostSymbolsAreClosedForNowItIsNoGreenLight() {
    assertThat(headline(account("ES", undone(null, 9, SESSION, MONDAY))))
        .isEqualTo("CAUTION OK TO TRADE only ES");
  }

  @Test
  void whereEverySymbolThatIsNamedIsClosedOnlyStrangeOnesAreLeft() {
    AccountView strange =
        account("", undone("ES", 9, SESSION, MONDAY), undone("MNQ", 9, SESSION, MONDAY));

    assertThat(headline(strange))
        .isEqualTo(
            "CAUTION NO NEW TRADES in ES, MNQ until Mon 08:30 Chicago: session hours (RULE-009)");
    assertThat(verdict(strange).details()).contains("Symbols that no rule names may be traded.");
  }

  @Test
  void aLockoutOfTheAccountComesFirst() {
    AccountView locked =
        Samples.with(
            Samples.lockedOut(),
            EntriesState.BLOCKED,
            List.of(),
            undone(null, 3, "daily_realized_loss", null));

    assertThat(verdict(locked).word()).isEqualTo("LOCKED OUT");
  }

  @Test
  void thePromptSaysIt() {
    assertThat(prompt(Samples.outside()))
        .isEqualTo(
            "NO NEW TRADES until Sun 17:00 Chicago: session hours (RULE-009) 2d 05:38:40"
                + " | -322.50 | MNQ +1");
    assertThat(prompt(account("", undone("BTC", 11, "symbol_blocks", null))))
        .isEqualTo("OK TO TRADE except BTC | 0.00 | flat");
  }

  private static String prompt(AccountView account) {
    return OneLine.of(ScreenTest.LIVE, Samples.status(account), Samples.NOW).text();
  }

  @Test
  void whatWasKnownIsSaidWhenTheEngineIsGone() {
    StatusView status = Samples.status(Samples.outside());
    Verdict verdict =
        Verdict.of(ScreenTest.gone(), status, Samples.outside(), Times.of(status.clock()));

    assertThat(verdict.details().getLast())
        .isEqualTo("Last known: no new trades. No limit is enforced until the engine is back.");
  }
}
