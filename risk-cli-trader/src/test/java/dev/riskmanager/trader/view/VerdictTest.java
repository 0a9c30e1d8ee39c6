package dev.riskmanager.trader.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.riskmanager.trader.Samples;
import dev.riskmanager.wire.AccountView;
import dev.riskmanager.wire.EngineState;
import dev.riskmanager.wire.GatewayState;
import dev.riskmanager.wire.GatewayView;
import dev.riskmanager.wire.RuleState;
import dev.riskmanager.wire.RuleView;
import dev.riskmanager.wire.StatusView;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class VerdictTest {
  @Test
  void whatIsWrongWithTheAccountComesBeforeWhatIsWrongWithAnother() {
    AccountView own = Samples.free();
    StatusView status =
        Samples.status(
            Samples.engine(
                EngineState.NOT_PROTECTED,
                "account " + Samples.SECOND + ": NOT able to act",
                "account " + own.name() + ": NOT able to act either"),
            own,
            Samples.second());

    assertThat(verdict(status, own).toString())
        .containsSubsequence(own.name() + ": NOT able to act either", "" + Samples.SECOND);
  }

  @Test
  void aLossWhoseCooldownIsOverHoldsNobodyBack() {
    AccountView free = Samples.free();
    List<RuleView> rules = new ArrayList<>(free.rules());
    rules.removeIf(rule -> rule.rule().equals("cooldown_after_loss"));
    rules.removeIf(rule -> rule.state() == RuleState.DEGRADED || rule.state() == RuleState.FAILED);
    StatusView without = Samples.status(with(free, rules));
    rules.add(
        Samples.rule(7, "cooldown_after_loss", RuleState.NEAR, "-120.00", "-100.00", "1.2", null));
    StatusView over = Samples.status(with(free, rules));

    assertThat(verdict(over, over.accounts().getFirst()))
        .isEqualTo(verdict(without, without.accounts().getFirst()));
    rules.add(Samples.rule(3, "daily_realized_loss", RuleState.NEAR, "-510", "-500", "1.02", null));
    StatusView past = Samples.status(with(free, rules));
    assertThat(verdict(past, past.accounts().getFirst()).kind()).isEqualTo(Verdict.Kind.CAUTION);
  }

  /** During a lockout the engine tells of every other rule that it is blocked. */
  @Test
  void whatTheEndOfACooldownWillFindIsSaidBefore() {
    AccountView cooling = Samples.cooling();
    List<RuleView> rules = new ArrayList<>();
    rules.add(
        Samples.rule(3, "daily_realized_loss", RuleState.BLOCKED, "-784.52", "-500", "1.57", null));
    rules.add(
        Samples.rule(
            7, "cooldown_after_loss", RuleState.BREACHED, "-250.00", "-100.00", "2.5", null));
    rules.add(
        Samples.rule(6, "trade_frequency_limit", RuleState.BLOCKED, "9", "3", "3", "per_minute"));
    StatusView past = Samples.status(with(cooling, rules));

    assertThat(verdict(past, past.accounts().getFirst()).toString())
        .contains("BUT: daily_realized_loss is past its limit too");

    rules.removeFirst();
    StatusView nothing = Samples.status(with(cooling, rules));
    assertThat(verdict(nothing, nothing.accounts().getFirst()).toString())
        .doesNotContain("is past its limit too");
  }

  /** A lockout is on disk: whatever becomes of the engine, the trader sees it and its end. */
  @ParameterizedTest
  @EnumSource(
      value = EngineState.class,
      names = {"STARTING", "STOPPING", "NOT_PROTECTED"})
  void aLockoutIsNamedWhileNothingIsProtected(EngineState state) {
    AccountView locked = Samples.lockedOut();
    StatusView status = Samples.status(Samples.engine(state), locked);
    Times times = Times.of(status.clock());

    for (Link link : List.of(ScreenTest.LIVE, ScreenTest.gone(), silent(31))) {
      Verdict verdict = Verdict.of(link, status, locked, times);

      assertThat(verdict.kind()).isEqualTo(Verdict.Kind.NOT_PROTECTED);
      assertThat(verdict.details())
          .contains("Still LOCKED OUT until 17:00 by RULE-003 daily_realized_loss.");
    }
  }

  @Test
  void aLockoutWithoutAnEndIsNamedTooAndOneWhoseTimeIsOverIsNotStill() {
    AccountView held = Samples.held();
    AccountView cooling = Samples.cooling();
    Link longGone = new Link(Link.State.GONE, "gone", "", Duration.ofMinutes(5));

    assertThat(gone(ScreenTest.gone(), held))
        .isEqualTo("Still HELD by BOOKS books. Ends when the admin has looked and unlocks it.");
    assertThat(gone(ScreenTest.gone(), cooling)).startsWith("Still COOLDOWN until 12:25 by ");
    assertThat(gone(longGone, cooling))
        .startsWith("Was COOLDOWN until 12:25 by ")
        .endsWith("; the engine ends it.");
    assertThat(gone(ScreenTest.gone(), Samples.free()))
        .isEqualTo("Last known: not locked. No limit is enforced until the engine is back.");
  }

  @Test
  void aSentenceThatIsTooLongGoesOnInTheLineBelow() {
    Verdict verdict =
        new Verdict(Verdict.Kind.CAUTION, "DEGRADED", "", null, List.of("word ".repeat(40), ""));

    List<Line> lines = StateBlock.lines(verdict, Samples.NOW, 40, Glyphs.UNICODE);

    assertThat(lines.get(1).text()).isEqualTo(" word word word word word word word     ");
    assertThat(lines.get(2).text()).isEqualTo(" word word word word word word word wo… ");
  }

  @Test
  void whileItReconnectsItSaysThatNotAllIsSeen() {
    StatusView lost = ScreenTest.blind(Samples.free());
    StatusView reconnecting =
        new StatusView(
            lost.asOf(),
            lost.engine(),
            new GatewayView(GatewayState.RECONNECTING, 1_000L, 3, List.of()),
            lost.accounts(),
            lost.clock(),
            lost.lastActions());

    assertThat(verdict(reconnecting, Samples.free()).what())
        .isEqualTo("reconnecting to the venue: not all is seen");
  }

  @Test
  void anAccountThatCannotBeProtectedIsNotMistakenForTheOthers() {
    AccountView free = Samples.free();
    String why = "NOT PROTECTED: account 13298777: the venue does not list it for this login";
    AccountView alone = notProtected(free, why);
    StatusView status = Samples.status(Samples.engine(EngineState.DEGRADED, why), alone, free);

    Verdict verdict = verdict(status, alone);
    assertThat(verdict.kind()).isEqualTo(Verdict.Kind.NOT_PROTECTED);
    assertThat(verdict.what()).isEqualTo("the engine cannot protect this account");
    assertThat(verdict.details())
        .containsExactly(why, "Do not count on any limit until this is solved.");
    assertThat(verdict(status, free).kind()).isEqualTo(Verdict.Kind.CAUTION);
    Verdict locked = verdict(status, notProtected(Samples.lockedOut(), why));
    assertThat(locked.kind()).isEqualTo(Verdict.Kind.NOT_PROTECTED);
    assertThat(locked.details().getLast()).contains("RULE-003");
  }

  private static AccountView notProtected(AccountView a, String why) {
    return a.withNotProtected(why);
  }

  private static String gone(Link link, AccountView account) {
    StatusView status = Samples.status(Samples.engine(EngineState.STOPPING), account);
    return Verdict.of(link, status, account, Times.of(status.clock())).details().getLast();
  }

  private static Link silent(int seconds) {
    return ScreenTest.aged(Duration.ofSeconds(seconds));
  }

  private static Verdict verdict(StatusView status, AccountView account) {
    return Verdict.of(ScreenTest.LIVE, status, account, Times.of(status.clock()));
  }

  private static AccountView with(AccountView a, List<RuleView> rules) {
    return a.withRules(rules);
  }
}
