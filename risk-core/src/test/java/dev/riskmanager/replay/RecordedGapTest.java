package dev.riskmanager.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.riskmanager.domain.decision.Decision;
import dev.riskmanager.domain.engine.EngineState;
import dev.riskmanager.domain.engine.RiskEngine;
import dev.riskmanager.domain.engine.Step;
import dev.riskmanager.domain.event.RiskEvent;
import dev.riskmanager.domain.model.Account;
import dev.riskmanager.domain.model.AccountId;
import dev.riskmanager.domain.persistent.LongMap;
import dev.riskmanager.domain.state.AccountState;
import dev.riskmanager.domain.world.Restart;
import dev.riskmanager.domain.world.Watched;
import dev.riskmanager.recording.RecordingFormat;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * A gap of two minutes at every event of a recorded session of the real engine before the simulated
 * venue: nothing of the accounts is told, then everything is read from the venue's books of that
 * moment, and the telling goes on. Afterwards books and lockouts are those without the gap.
 *
 * <p>Recording and books are made by {@code .ci/program dev.riskmanager.e2e.BusySession 9 11
 * risk-core/src/test/resources/recordings}.
 */
class RecordedGapTest {
  private static final Path DIRECTORY = Path.of("src/test/resources/recordings");
  private static final Duration GAP = Duration.ofMinutes(2);

  /** Nothing of the accounts changes for that long before a moment at which is compared. */
  private static final Duration REST = Duration.ofMillis(400);

  /** As the engine reads the accounts while the hub does not tell. */
  private static final Duration READ_EVERY = Duration.ofSeconds(10);

  /** An event and when it arrived. */
  private record Told(Instant t, RiskEvent event) {}

  /** What else happens in the gap. */
  private enum How {
    NOTHING,
    READ_ON_THE_WAY,
    KILLED_AT_ONCE,
    KILLED_IN_THE_MIDDLE
  }

  /** A gap begins at every so many events; 1 is what was asked for, and takes minutes. */
  private static final int EVERY = Integer.getInteger("gap.every", 12);

  private static final List<Told> TAPE = new ArrayList<>();

  /** The engine that is told everything, before each event of the tape and after the last. */
  private static final List<EngineState> SEEN = new ArrayList<>();

  private static final Set<Integer> RESTS = new TreeSet<>();
  private static final Map<Instant, List<RiskEvent>> READINGS = new HashMap<>();
  private static final Set<String> LOCKED = new TreeSet<>();
  private static VenueBooks books;
  private static RiskEvent contracts = new RiskEvent.ClockTicked();

  @BeforeAll
  static void play() throws Exception {
    Playback start = new Playback(Optional.empty(), Optional.empty(), false, text -> {});
    List<Account> accounts = new ArrayList<>();
    try (EventLines lines = EventLines.of(DIRECTORY.resolve("busy-session.jsonl.gz"))) {
      for (String text = lines.next(); text != null; text = lines.next()) {
        RecordingFormat.Line line = RecordingFormat.parse(text);
        for (RiskEvent event : RecordingFormat.event(line).events()) {
          if (event instanceof RiskEvent.ContractsListed) {
            contracts = event;
          }
          if (accounts.isEmpty() && event instanceof RiskEvent.SnapshotTaken first) {
            accounts.addAll(first.accounts().orElseThrow());
          } else if (!accounts.isEmpty()) {
            TAPE.add(new Told(line.t(), event));
          }
        }
        if (TAPE.isEmpty()) {
          start.take(line);
        }
      }
    }
    books = new VenueBooks(DIRECTORY.resolve("busy-session-venue.jsonl.gz"), accounts);
    EngineState state = start.state().orElseThrow();
    for (Told told : TAPE) {
      SEEN.add(state);
      Step step = RiskEngine.step(state, told.t(), told.event());
      for (Decision decision : step.decisions()) {
        if (decision instanceof Decision.LockoutSet set) {
          LOCKED.add(set.lockout().rule() + " of " + set.account());
        }
      }
      state = step.state();
    }
    SEEN.add(state);
    for (int i = 0; i < TAPE.size(); i++) {
      Instant t = TAPE.get(i).t();
      if (TAPE.get(i).event() instanceof RiskEvent.ClockTicked && books.rest(t.minus(REST), t)) {
        RESTS.add(i);
      }
    }
  }

  private static Told last() {
    return TAPE.getLast();
  }

  /** What makes the comparisons worth something. */
  @Test
  void theSessionIsBusyAndLongAndAllFiveRulesLockInIt() {
    assertThat(Duration.between(TAPE.getFirst().t(), last().t()))
        .isGreaterThan(GAP.multipliedBy(4));
    assertThat(TAPE.size()).isGreaterThan(3_000);
    assertThat(RESTS).hasSizeGreaterThan(100);
    assertThat(books.size()).isGreaterThan(2_000);
    assertThat(LOCKED.stream().map(text -> text.substring(0, 8)))
        .contains("RULE-003", "RULE-006", "RULE-007", "RULE-010", "RULE-013");
  }

  /** The recording and the venue's ledger tell of the same session. */
  @Test
  void withoutAGapTheBooksAreThoseOfTheVenue() {
    for (int i : RESTS) {
      EngineState seen = SEEN.get(i + 1);
      RiskEvent.SnapshotTaken all = read(TAPE.get(i).t(), true, Optional.empty());
      EngineState read = RiskEngine.step(seen, TAPE.get(i).t(), all).state();
      assertThat(differences(seen, read)).as("at " + TAPE.get(i)).isEmpty();
    }
  }

  @Test
  void aGapOfTwoMinutesAnywhereChangesNothing() {
    everywhere(How.NOTHING);
  }

  /** As the engine does it where the venue still answers. */
  @Test
  void norWhenTheAccountsAreReadOnTheWay() {
    everywhere(How.READ_ON_THE_WAY);
  }

  @Test
  void norWhenTheEngineIsDownAllTheTime() {
    everywhere(How.KILLED_AT_ONCE);
  }

  @Test
  void norWhenTheEngineIsKilledInTheGap() {
    everywhere(How.KILLED_IN_THE_MIDDLE);
  }

  /** Else the comparison compares nothing. */
  @Test
  void aReadingThatLeavesOutTheNewestTradeIsNoticed() {
    int noticed = 0;
    for (int from = 0; from < lastStart(); from += 25) {
      List<String> found = new ArrayList<>();
      gap(from, How.NOTHING, Duration.ofSeconds(20), found);
      noticed += found.isEmpty() ? 0 : 1;
    }
    assertThat(noticed).isGreaterThan(20);
  }

  private static int lastStart() {
    int from = 0;
    while (TAPE.get(from).t().plus(GAP).isBefore(last().t())) {
      from++;
    }
    return from;
  }

  private static void everywhere(How how) {
    List<String> found = new ArrayList<>();
    for (int from = 0; from < lastStart() && found.size() < 5; from += EVERY) {
      gap(from, how, Duration.ZERO, found);
    }
    assertThat(found).isEmpty();
  }

  /**
   * A gap, and what is different afterwards.
   *
   * @param forgotten trades of that last time of the gap are left out of the reading
   */
  private static void gap(int from, How how, Duration forgotten, List<String> found) {
    Instant began = TAPE.get(from).t();
    Instant end = began.plus(GAP);
    Instant killed = how == How.KILLED_IN_THE_MIDDLE ? began.plus(GAP.dividedBy(2)) : began;
    boolean kill = how == How.KILLED_AT_ONCE || how == How.KILLED_IN_THE_MIDDLE;
    boolean down = false;
    EngineState blind =
        RiskEngine.step(SEEN.get(from), began, new RiskEvent.Disconnected("test")).state();
    Instant reading = began.plus(READ_EVERY);
    int i = from;
    for (; TAPE.get(i).t().isBefore(end); i++) {
      Told told = TAPE.get(i);
      if (kill && !down && !told.t().isBefore(killed)) {
        blind = Restart.of(blind);
        blind = RiskEngine.step(blind, told.t(), new RiskEvent.Disconnected("start")).state();
        down = true;
      }
      if (told.event() instanceof RiskEvent.ClockTicked) {
        blind = RiskEngine.step(blind, told.t(), told.event()).state();
      }
      if (how == How.READ_ON_THE_WAY && !told.t().isBefore(reading)) {
        blind = readEach(blind, told.t());
        reading = told.t().plus(READ_EVERY);
      }
    }
    Instant read = TAPE.get(i).t().minusNanos(1);
    RiskEvent.SnapshotTaken all = books.at(read, !kill, Optional.empty(), read.minus(forgotten));
    blind = RiskEngine.step(blind, read, contracts).state();
    if (!kill) {
      blind = RiskEngine.step(blind, read, new RiskEvent.Reconnected()).state();
    }
    blind = RiskEngine.step(blind, read, all).state();
    // To the end now and then; a difference shows soon.
    Instant enough = from % 40 == 0 ? Instant.MAX : end.plus(READ_EVERY);
    for (; i < TAPE.size() && TAPE.get(i).t().isBefore(enough) && found.size() < 5; i++) {
      Told told = TAPE.get(i);
      blind = RiskEngine.step(blind, told.t(), told.event()).state();
      if (RESTS.contains(i)) {
        for (String difference : differences(SEEN.get(i + 1), blind)) {
          found.add(how + " from " + began + ", at " + told.t() + ": " + difference);
        }
      }
    }
  }

  private static RiskEvent.SnapshotTaken read(
      Instant t, boolean reconciliation, Optional<AccountId> only) {
    return books.at(t, reconciliation, only, Instant.MAX);
  }

  private static EngineState readEach(EngineState state, Instant t) {
    EngineState now = state;
    for (RiskEvent one : READINGS.computeIfAbsent(t, RecordedGapTest::readings)) {
      now = RiskEngine.step(now, t, one).state();
    }
    return now;
  }

  /** Each account by itself. */
  private static List<RiskEvent> readings(Instant t) {
    List<RiskEvent> all = new ArrayList<>();
    for (LongMap.Entry<AccountState> entry : SEEN.getFirst().accounts()) {
      all.add(read(t, true, Optional.of(entry.value().id())));
    }
    return all;
  }

  private static List<String> differences(EngineState seen, EngineState other) {
    List<String> all = new ArrayList<>();
    for (LongMap.Entry<AccountState> entry : seen.accounts()) {
      AccountState a = entry.value();
      AccountState b = other.accounts().get(entry.key()).orElseThrow();
      if (!Watched.lockouts(a).equals(Watched.lockouts(b))) {
        all.add(a.id() + " lockouts " + Watched.lockouts(a) + ", not " + Watched.lockouts(b));
      }
      Map<String, Object> now = Watched.books(b);
      Watched.books(a)
          .forEach(
              (what, value) -> {
                if (!value.equals(now.get(what))) {
                  all.add(a.id() + " " + what + " " + value + ", not " + now.get(what));
                }
              });
    }
    return all;
  }
}
