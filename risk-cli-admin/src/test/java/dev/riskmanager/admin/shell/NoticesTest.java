package dev.riskmanager.admin.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.riskmanager.wire.JsonText;
import dev.riskmanager.wire.StatusView;
import org.junit.jupiter.api.Test;

/** What is told of two pictures that follow one another. */
class NoticesTest {
  private static final String LOCKOUT =
      "{\"id\":7,\"ruleId\":\"RULE-003\",\"rule\":\"daily_realized_loss\",\"type\":\"hard\","
          + "\"reason\":\"too much\",\"lockedAt\":\"2025-10-31T17:00:00Z\","
          + "\"expiresAt\":\"2025-10-31T22:00:00Z\"}";
  private static final String VIOLATION =
      "{\"seq\":4,\"t\":\"2025-10-31T17:00:00Z\",\"kind\":\"VIOLATION\",\"accountId\":1,"
          + "\"text\":\"VIOLATION: too much\"}";
  private static final String REQUEST =
      "{\"seq\":5,\"t\":\"2025-10-31T17:00:00Z\",\"kind\":\"ENFORCEMENT\",\"text\":\"closing\"}";

  private static StatusView status(
      String engine, String gateway, String problems, String lockouts, String actions) {
    return new JsonText(
            "{\"asOf\":\"2025-10-31T17:00:00Z\",\"engine\":{\"state\":\""
                + engine
                + "\",\"problems\":["
                + problems
                + "]},\"gateway\":{\"state\":\""
                + gateway
                + "\",\"blindWindows\":[]},\"accounts\":[{\"accountId\":1,\"name\":\"a\",\"lockouts\":["
                + lockouts
                + "],\"positions\":[],\"orders\":[],\"rules\":[]}],\"lastActions\":["
                + actions
                + "]}")
        .as(StatusView.class);
  }

  private static final StatusView CALM = status("PROTECTING", "CONNECTED", "", "", "");
  private static final StatusView LOCKED =
      status("PROTECTING", "CONNECTED", "", LOCKOUT, VIOLATION + "," + REQUEST);

  @Test
  void aBreachIsToldAsViolationAndLockoutOnce() {
    assertThat(Notices.between(CALM, LOCKED))
        .containsExactly(
            "1 VIOLATION: too much",
            "LOCKED account 1 by RULE-003: too much (until 2025-10-31T22:00:00Z)");
    assertThat(Notices.between(LOCKED, LOCKED)).isEmpty();
  }

  @Test
  void theEndOfALockoutIsTold() {
    StatusView free = status("PROTECTING", "CONNECTED", "", "", VIOLATION + "," + REQUEST);
    assertThat(Notices.between(LOCKED, free))
        .containsExactly("UNLOCKED account 1 by RULE-003: too much (until 2025-10-31T22:00:00Z)");
  }

  /** A row that is written anew, as after a repair of the books, ends nothing. */
  @Test
  void theSameLockoutUnderAnotherNumberIsNoNews() {
    assertThat(Notices.between(LOCKED, locked(LOCKOUT.replace("\"id\":7", "\"id\":8")))).isEmpty();
  }

  @Test
  void whoseLockoutEndsIsToldByRuleAndSymbol() {
    String symbol = LOCKOUT.replace("\"id\":7", "\"id\":8").replace("RULE-003", "RULE-011");
    StatusView mnq = locked(symbol.replace("\"type\"", "\"symbol\":\"MNQ\",\"type\""));
    StatusView es = locked(symbol.replace("\"type\"", "\"symbol\":\"ES\",\"type\""));

    assertThat(Notices.between(LOCKED, mnq))
        .containsExactly(
            "LOCKED account 1 MNQ by RULE-011: too much (until 2025-10-31T22:00:00Z)",
            "UNLOCKED account 1 by RULE-003: too much (until 2025-10-31T22:00:00Z)");
    assertThat(Notices.between(mnq, es))
        .containsExactly(
            "LOCKED account 1 ES by RULE-011: too much (until 2025-10-31T22:00:00Z)",
            "UNLOCKED account 1 MNQ by RULE-011: too much (until 2025-10-31T22:00:00Z)");
  }

  @Test
  void aLockoutThatLastsLongerThanBeforeIsToldAgainAndNotCalledEnded() {
    StatusView longer = locked(LOCKOUT.replace("T22:00:00Z", "T23:00:00Z"));
    assertThat(Notices.between(LOCKED, longer))
        .containsExactly("LOCKED account 1 by RULE-003: too much (until 2025-10-31T23:00:00Z)");
  }

  private static StatusView locked(String lockouts) {
    return status("PROTECTING", "CONNECTED", "", lockouts, VIOLATION + "," + REQUEST);
  }

  @Test
  void troubleIsToldAndThatItIsOver() {
    StatusView trouble = status("DEGRADED", "RECONNECTING", "\"no venue\"", "", "");
    assertThat(Notices.between(CALM, trouble))
        .containsExactly(
            "ENGINE DEGRADED (was PROTECTING)",
            "PROBLEM no venue",
            "GATEWAY RECONNECTING (was CONNECTED)");
    assertThat(Notices.between(trouble, CALM))
        .containsExactly(
            "ENGINE PROTECTING (was DEGRADED)", "GATEWAY CONNECTED (was RECONNECTING)");
  }
}
