package dev.riskmanager.daemon.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.riskmanager.daemon.port.Store;
import dev.riskmanager.daemon.port.VenueReply;
import dev.riskmanager.domain.model.AccountId;
import dev.riskmanager.wire.EngineState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StandingTest {
  private static final Instant NOW = Instant.parse("2025-10-31T17:21:19Z");
  private static final AccountId ACCOUNT = new AccountId(13_298_777);
  private static final AccountId OTHER = new AccountId(555);
  private static final VenueReply<Void> REFUSED =
      new VenueReply.Refused<>(
          8, "AccountRejected", "Live accounts not supported", false, true, Duration.ofMillis(3));
  private static final VenueReply<Integer> DONE = new VenueReply.Done<>(0, Duration.ofMillis(4));

  private final Health health = new Health(NOW);
  private final List<Store.MetaSaved> rows = new ArrayList<>();
  private final Standing standing = standing(health);

  private Standing standing(Health shown) {
    return new Standing(
        shown, changes -> changes.forEach(change -> rows.add((Store.MetaSaved) change)));
  }

  @Test
  void anAccountThatRefusesIsNotProtectedUntilItTakesWhatItRefused() {
    standing.answered(ACCOUNT, "closeContract", REFUSED);
    standing.answered(ACCOUNT, "cancelOrder", REFUSED);
    standing.refused(ACCOUNT, "the venue refuses to close MNQ");
    standing.answered(OTHER, "closeContract", DONE);
    standing.answered(ACCOUNT, "readPositions", DONE);
    standing.answered(ACCOUNT, "cancelOrder", DONE);
    assertThat(health.state()).isEqualTo(EngineState.NOT_PROTECTED);
    assertThat(health.view(NOW).problems())
        .containsExactly("NOT PROTECTED: account 13298777: the venue refuses to close MNQ");
    standing.answered(ACCOUNT, "partialCloseContract", DONE);
    assertThat(health.state()).isEqualTo(EngineState.STARTING);
    assertThat(health.view(NOW).problems()).isEmpty();
  }

  @Test
  void anAlarmThatIsToldAnewAfterTheVenueHasTakenACloseDoesNotTakeThatBack() {
    standing.answered(ACCOUNT, "closeContract", REFUSED);
    assertThat(standing.refused(ACCOUNT, "the venue refuses to close MNQ")).isTrue();
    standing.answered(ACCOUNT, "closeContract", DONE);

    assertThat(standing.refused(ACCOUNT, "the venue refuses to close MNQ")).isFalse();
    assertThat(health.view(NOW).problems()).isEmpty();
    assertThat(rows.getLast().value()).isEmpty();

    standing.answered(ACCOUNT, "closeContract", REFUSED);
    assertThat(standing.refused(ACCOUNT, "the venue refuses to close MNQ")).isTrue();
    assertThat(health.state()).isEqualTo(EngineState.NOT_PROTECTED);
  }

  @Test
  void aRestartDoesNotMakeItLookProtected() {
    standing.answered(ACCOUNT, "closeContract", REFUSED);
    standing.refused(ACCOUNT, "once");
    standing.refused(ACCOUNT, "twice");
    assertThat(rows).hasSize(1);

    Health after = new Health(NOW);
    standing(after).restore(List.of(new Store.MetaSaved("last_seen", ""), rows.getFirst()));
    assertThat(after.view(NOW).problems()).containsExactly("NOT PROTECTED: account 13298777: once");

    standing.answered(ACCOUNT, "closeContract", DONE);
    Health healed = new Health(NOW);
    standing(healed).restore(rows.subList(1, 2));
    assertThat(healed.view(NOW).problems()).isEmpty();
  }

  /** Listed or not is told by the list (ADR 0022), and ends with it. */
  @Test
  void anAccountThatTheVenueDoesNotKnowIsNotOneThatRefuses() {
    standing.answered(
        ACCOUNT,
        "closeContract",
        new VenueReply.Refused<>(1, "AccountNotFound", "", false, true, Duration.ofMillis(3)));

    assertThat(standing.refused(ACCOUNT, "the venue refuses to close MNQ")).isFalse();
    assertThat(rows).isEmpty();
    assertThat(health.view(NOW).problems()).isEmpty();
  }
}
