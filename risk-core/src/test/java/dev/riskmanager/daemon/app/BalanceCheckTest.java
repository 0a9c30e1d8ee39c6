package dev.riskmanager.daemon.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.riskmanager.daemon.app.BalanceCheck.Base;
import dev.riskmanager.daemon.app.BalanceCheck.Finding;
import dev.riskmanager.daemon.app.BalanceCheck.Sums;
import dev.riskmanager.domain.model.Money;
import dev.riskmanager.wire.BalanceState;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When a balance is what the trades make it, and what is done when it is not. */
class BalanceCheckTest {
  private static final Instant DAY = Instant.parse("2025-10-30T22:00:00Z");
  private static final BalanceCheck.Patience PATIENCE =
      new BalanceCheck.Patience(Duration.ofSeconds(5), Duration.ofSeconds(45));

  private Instant now = Instant.parse("2025-10-31T14:00:00Z");
  private BalanceCheck check =
      BalanceCheck.from(new Base(Money.of("50000"), sums("0", "0", 0), now.minusSeconds(5)));
  private Money balance = Money.of("50000");
  private Sums known = sums("0", "0", 0);

  private static Sums sums(String gross, String fees, long trades) {
    return new Sums(DAY, Money.of(gross), Money.of(fees), trades);
  }

  private Finding look() {
    BalanceCheck.Look look = check.look(balance, known, now, PATIENCE);
    check = look.check();
    return look.finding();
  }

  private Finding lookAfter(long millis) {
    now = now.plusMillis(millis);
    return look();
  }

  private BalanceState state() {
    return check.view(balance, known).state();
  }

  // Net is -102.96, gross -100: with two trades two cents are rounding.
  @ParameterizedTest
  @CsvSource({
    "49897.01,CHECKING",
    "49897.02,AGREES",
    "49897.04,AGREES",
    "49898.52,AGREES",
    "49900,AGREES",
    "49900.02,AGREES",
    "49900.03,CHECKING",
    "50000,CHECKING"
  })
  void feesMayBeInTheBalanceOrNot(String told, BalanceState expected) {
    known = sums("-100", "2.96", 2);
    balance = Money.of(told);

    assertThat(look()).isEqualTo(Finding.NOTHING);

    assertThat(state()).isEqualTo(expected);
  }

  @Test
  void whatIsUnderWayIsWaitedForThenReadThenTold() {
    known = sums("-600", "0", 1);
    assertThat(look()).isEqualTo(Finding.NOTHING);
    assertThat(lookAfter(4_999)).isEqualTo(Finding.NOTHING);
    assertThat(lookAfter(1)).isEqualTo(Finding.READ);
    assertThat(lookAfter(1)).isEqualTo(Finding.NOTHING);
    assertThat(lookAfter(39_998)).isEqualTo(Finding.NOTHING);
    assertThat(state()).isEqualTo(BalanceState.CHECKING);
    assertThat(lookAfter(1)).isEqualTo(Finding.MISMATCH);
    assertThat(state()).isEqualTo(BalanceState.MISMATCH);
    assertThat(lookAfter(3_600_000)).as("said once").isEqualTo(Finding.NOTHING);

    balance = Money.of("49400");
    assertThat(look()).isEqualTo(Finding.SOLVED);
    assertThat(state()).isEqualTo(BalanceState.AGREES);
    assertThat(look()).isEqualTo(Finding.NOTHING);
  }

  @Test
  void aBalanceThatComesInTimeIsNoDifference() {
    known = sums("-600", "0", 1);
    look();
    balance = Money.of("49400");
    assertThat(lookAfter(4_999)).isEqualTo(Finding.NOTHING);

    known = sums("-700", "0", 2);
    assertThat(lookAfter(1)).as("counted anew").isEqualTo(Finding.NOTHING);
    assertThat(lookAfter(4_999)).isEqualTo(Finding.NOTHING);
    assertThat(lookAfter(1)).isEqualTo(Finding.READ);
  }

  @Test
  void aTradeThatIsFoundByReadingExplainsIt() {
    balance = Money.of("49400");
    look();
    assertThat(lookAfter(5_000)).isEqualTo(Finding.READ);
    known = sums("-600", "0", 1);
    assertThat(lookAfter(1_000)).isEqualTo(Finding.NOTHING);
    assertThat(state()).isEqualTo(BalanceState.AGREES);
  }

  @Test
  void aBalanceThatMovedWithoutATradeIsSaidOnceAndIsTheNewBase() {
    known = sums("-600", "0", 1);
    balance = Money.of("49400");
    look();
    balance = Money.of("50000");
    look();
    assertThat(lookAfter(5_000)).isEqualTo(Finding.READ);
    assertThat(lookAfter(39_999)).isEqualTo(Finding.NOTHING);
    assertThat(lookAfter(1)).isEqualTo(Finding.MOVED);
    assertThat(state()).isEqualTo(BalanceState.AGREES);
    assertThat(look()).isEqualTo(Finding.NOTHING);

    known = sums("-700", "0", 2);
    balance = Money.of("49900");
    assertThat(look()).isEqualTo(Finding.NOTHING);
    assertThat(state()).isEqualTo(BalanceState.AGREES);
    assertThat(check.view(balance, known).base()).isEqualTo("50000.00");
    assertThat(check.view(balance, known).computed()).isEqualTo("-100.00");
  }

  @Test
  void aTradingDayBeginsWithTheBalanceItHas() {
    known = sums("-600", "0", 1);
    look();
    assertThat(lookAfter(45_000)).isEqualTo(Finding.MISMATCH);

    known = new Sums(DAY.plusSeconds(86_400), Money.ZERO, Money.ZERO, 0);
    assertThat(look()).isEqualTo(Finding.BASE);
    assertThat(state()).isEqualTo(BalanceState.AGREES);
  }

  @Test
  void aBaseBetweenATradeAndItsBalanceIsTakenAgain() {
    known = sums("-150", "0.72", 2);
    check = BalanceCheck.from(new Base(balance, known, now));
    balance = Money.of("49849.28");

    assertThat(lookAfter(4_999)).isEqualTo(Finding.BASE);
    assertThat(state()).isEqualTo(BalanceState.AGREES);
    assertThat(check.view(balance, known).base()).isEqualTo("49849.28");

    balance = Money.of("49700");
    assertThat(lookAfter(5_000)).as("the new base has held").isEqualTo(Finding.NOTHING);
    assertThat(state()).isEqualTo(BalanceState.CHECKING);
  }

  @Test
  void bothNumbersAreShown() {
    known = sums("-100", "1.5", 1);
    balance = Money.of("49950");
    look();

    var view = check.view(balance, known);

    assertThat(view.expected()).isEqualTo("49898.50");
    assertThat(view.balance()).isEqualTo("49950.00");
    assertThat(view.difference()).isEqualTo("51.50");
    assertThat(view.computed()).isEqualTo("-101.50");
    assertThat(view.differsSince()).isEqualTo(now);
  }
}
