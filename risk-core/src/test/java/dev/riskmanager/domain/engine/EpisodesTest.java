package dev.riskmanager.domain.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.riskmanager.domain.model.ContractId;
import dev.riskmanager.domain.model.RuleId;
import dev.riskmanager.domain.persistent.Table;
import dev.riskmanager.domain.state.AccountState;
import dev.riskmanager.domain.state.Episode;
import dev.riskmanager.domain.state.MemoryRow;
import dev.riskmanager.domain.world.World;
import dev.riskmanager.domain.world.WorldTest;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A breach that was answered is not answered again while it lasts, unless it grows. */
class EpisodesTest extends WorldTest {
  private static final String CONTRACTS = "max_contracts: {limit: 2%s}\n";
  private static final String[] FLATTEN = {"violation 001", "cancel all 001", "close all 001"};

  @Test
  void itIsAnsweredOnceUntilTheStateNoLongerViolates() {
    World world = new World(CONTRACTS.formatted(""));
    world.position("MNQ", 4).expect(FLATTEN);
    world.position("MNQ", 3);
    world.position("MNQ", 4, "20001");
    world.position("MNQ", 2);
    world.position("MNQ", 3).expect(FLATTEN);
  }

  @ParameterizedTest
  @CsvSource({"MNQ,5", "MNQ,-3", "ES,1"})
  void growthIsAnsweredAgain(String symbol, long size) {
    World world = new World(CONTRACTS.formatted(""));
    world.position("MNQ", 4).expect(FLATTEN);
    world.position(symbol, size).expect(FLATTEN);
    world.position(symbol, size, "20001");
  }

  @Test
  void growthIsMeasuredFromTheLastAnswer() {
    World world = new World(CONTRACTS.formatted(""));
    world.position("MNQ", 4).expect(FLATTEN);
    world.position("MNQ", 6).expect(FLATTEN);
    world.position("MNQ", 3);
    world.position("MNQ", 5);
  }

  @Test
  void aDailyLossIsAnsweredOnceADayAlsoWithoutALockout() {
    World world =
        new World(
            """
            daily_realized_loss:
              {limit: -500, reset_time: "17:00", timezone: America/Chicago, enforcement: close_all}
            """);
    world.loss("-500").expect("violation 003", "cancel all 003", "close all 003");
    world.loss("-500");
    world.trade("MNQ", -1).pnl("900").send();
    world.loss("-900");
    world.clock("22:00").expect("reset 17:00 America/Chicago begins 2025-11-01");
    world.loss("-500").expect("violation 003", "cancel all 003", "close all 003");
  }

  @Test
  void newExposureAfterADailyLossWithoutALockoutIsFlattened() {
    World world = new World("daily_realized_loss: {limit: -500, enforcement: close_all}");
    world.trade("MNQ", 2).send();
    world.position("MNQ", 2);
    world
        .trade("MNQ", -2)
        .pnl("-500")
        .send()
        .expect("violation 003", "cancel all 003", "close all 003");
    // Realized by the fill already: the position that the venue still shows is not new exposure.
    world.loss("-1");
    world.position("MNQ", 0);
    world.trade("MNQ", 1).send();
    world.position("MNQ", 1).expect("violation 003", "cancel all 003", "close all 003");
    world.position("MNQ", 1, "20001");
  }

  @Test
  void aShadowRuleTellsOnceAnEpisodeAndDoesNothing() {
    World world = new World(CONTRACTS.formatted(", mode: shadow, lockout: 10m"));
    world.position("MNQ", 3).expect("violation 001 shadow");
    world.position("MNQ", 9);
    world.position("MNQ", 2);
    world.position("MNQ", 3).expect("violation 001 shadow");
    assertThat(world.books().locks().active().isEmpty()).isTrue();
  }

  @Test
  void aRuleThatLeavesTheShadowAnswersAtOnce() {
    World world = new World(CONTRACTS.formatted(", mode: shadow"));
    world.position("MNQ", 3).expect("violation 001 shadow");
    world.configure(CONTRACTS.formatted("")).expect(FLATTEN);
    world.configure(CONTRACTS.formatted(""));
  }

  @Test
  void aTighterLimitIsAnsweredAtOnce() {
    World world = new World(CONTRACTS.formatted(""));
    world.position("MNQ", 2);
    world.configure(CONTRACTS.replace("2", "1").formatted("")).expect(FLATTEN);
  }

  @Test
  void anEpisodeOutlivesARestartAndABriefBlindness() {
    World world = new World(CONTRACTS.formatted(""));
    world.position("MNQ", 4).expect(FLATTEN);
    world.restart().clock("14:01");
    world.loss("-1");
    world.snapshot().listed(true).position("MNQ", 4, "20000").noOrders().send();
    world.position("MNQ", 5).expect(FLATTEN);
  }

  // ---- as text

  @ParameterizedTest
  @ValueSource(
      strings = {
        "WITH_POSITION 300000000000 CON.F.US.MNQ.Z25=-2",
        "AT_RESET -5 CON.F.US.EP.Z25=1;CON.F.US.MNQ.Z25=2;order 77=-3",
        "WHEN_CLEARED 0 "
      })
  void episodesAreReadBackAsTheyWereWritten(String text) {
    Episode.Key key = Episode.Key.parse("4:daily_unrealized_loss/CON.F.US.MNQ.Z25");
    Episode episode = Episode.parse(key, text);
    assertThat(episode.text()).isEqualTo(text);
    assertThat(Episode.parse(key, episode.text())).isEqualTo(episode);
    assertThat(key)
        .isEqualTo(
            new Episode.Key(
                new RuleId(4, "daily_unrealized_loss"),
                new ContractId("CON.F.US.MNQ.Z25").value()));
    assertThat(Episode.Key.parse(key.text())).isEqualTo(key);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "AT_RESET", "AT_RESET 5", "NEVER 5 ", "AT_RESET x ", "AT_RESET 5 MNQ"})
  void whatIsNoEpisodeIsRefused(String text) {
    Episode.Key key = Episode.Key.parse("4:daily_unrealized_loss/");
    org.assertj.core.api.Assertions.assertThatThrownBy(() -> Episode.parse(key, text))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void theRowsOfAChangeAreOnlyWhatChanged() {
    AccountState empty = AccountState.empty(World.ME);
    Episode.Key key = Episode.Key.parse("1:max_contracts/");
    Episode small = Episode.parse(key, "WHEN_CLEARED 3 CON.F.US.MNQ.Z25=3");
    Episode large = Episode.parse(key, "WHEN_CLEARED 4 CON.F.US.MNQ.Z25=4");
    AccountState one =
        empty
            .withEpisodes(Table.<Episode.Key, Episode>empty().with(key, small))
            .withAcknowledged(Table.<Episode.Key, Long>empty().with(key, 7L))
            .withMemory(Table.<String, Long>empty().with("RULE-008/x", 9L));
    AccountState two =
        one.withEpisodes(one.episodes().with(key, large)).withAcknowledged(Table.empty());
    assertThat(MemoryRow.changes(empty, one))
        .containsExactly(
            new MemoryRow("episode", "1:max_contracts/", Optional.of(small.text())),
            new MemoryRow("acknowledged", "1:max_contracts/", Optional.of("7")),
            new MemoryRow("number", "RULE-008/x", Optional.of("9")));
    assertThat(MemoryRow.changes(one, two))
        .containsExactly(
            new MemoryRow("episode", "1:max_contracts/", Optional.of(large.text())),
            new MemoryRow("acknowledged", "1:max_contracts/", Optional.empty()));
    assertThat(MemoryRow.changes(two, two)).isEmpty();
  }
}
