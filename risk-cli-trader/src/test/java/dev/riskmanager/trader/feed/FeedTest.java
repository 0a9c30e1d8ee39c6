package dev.riskmanager.trader.feed;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.riskmanager.trader.FakeEngine;
import dev.riskmanager.trader.Samples;
import dev.riskmanager.wire.ControlException;
import dev.riskmanager.wire.HoursView;
import dev.riskmanager.wire.LogView;
import dev.riskmanager.wire.RuleState;
import dev.riskmanager.wire.RuleView;
import dev.riskmanager.wire.StatusView;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class FeedTest {
  private static final StatusView FREE = Samples.status(Samples.free());
  private static final StatusView LOCKED =
      Samples.at(Samples.NOW.plusSeconds(1), Samples.status(Samples.lockedOut()));

  private final AtomicLong nanos = new AtomicLong(1_000);
  private final Semaphore changes = new Semaphore(0);
  private Path home;
  private FakeEngine engine;
  private Feed feed;

  @BeforeEach
  void start() throws IOException {
    // Socket paths are short: not under the build directory.
    home = Files.createTempDirectory(Path.of("/tmp"), "rf");
    engine = new FakeEngine(home, FREE);
    feed =
        new Feed(
            home.resolve("run").resolve("view.sock"),
            "risk-trader/test",
            OptionalLong.empty(),
            nanos::get,
            changes::release);
  }

  @AfterEach
  void stop() throws IOException {
    feed.close();
    engine.close();
    try (Stream<Path> files = Files.walk(home)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  /** The first state of which this is true; the feed says of each change that there is one. */
  private FeedState await(String what, Predicate<FeedState> wanted) throws InterruptedException {
    for (FeedState state = feed.state(); ; state = feed.state()) {
      if (wanted.test(state)) {
        return state;
      }
      assertThat(changes.tryAcquire(20, TimeUnit.SECONDS))
          .as("never: %s; %s", what, feed.state())
          .isTrue();
    }
  }

  private static boolean shows(FeedState state, StatusView status) {
    Picture picture = state.picture();
    return picture != null && picture.status().equals(status);
  }

  @Test
  void picturesArePushedAndKnowWhenTheyArrived() throws InterruptedException {
    assertThat(feed.state()).isEqualTo(FeedState.START);
    feed.start();
    FeedState first = await("a picture", state -> state.connected() && shows(state, FREE));
    assertThat(requireNonNull(first.picture()).atNanos()).isEqualTo(1_000);

    nanos.set(5_000);
    engine.show(LOCKED);
    FeedState second = await("the lockout", state -> shows(state, LOCKED));
    assertThat(second.trouble()).isNull();
    assertThat(requireNonNull(second.picture()).atNanos()).isEqualTo(5_000);
  }

  @Test
  void thatTheEngineStoppedIsSaidAtOnceAndThePictureKeepsItsAge() throws Exception {
    feed.start();
    await("a picture", state -> state.connected() && shows(state, FREE));
    changes.drainPermits();

    engine.close();

    FeedState gone = await("that it is gone", state -> !state.connected());
    assertThat(gone.connected()).isFalse();
    assertThat(gone.trouble()).isInstanceOf(ControlException.ConnectionLost.class);
    assertThat(shows(gone, FREE)).isTrue();
    assertThat(requireNonNull(gone.picture()).atNanos()).isEqualTo(1_000);
  }

  @Test
  void itConnectsByItselfWhenTheEngineIsBack() throws Exception {
    feed.start();
    await("a picture", state -> state.connected() && shows(state, FREE));
    engine.close();
    await("not running", state -> state.trouble() instanceof ControlException.EngineNotRunning);

    engine = new FakeEngine(home, LOCKED);

    FeedState back = await("the new engine", state -> state.connected() && shows(state, LOCKED));
    assertThat(back.trouble()).isNull();
  }

  @Test
  void withoutAnEngineItSaysSoAndWaitsForOne() throws Exception {
    engine.close();
    feed.start();
    FeedState none = await("no engine", state -> state.trouble() != null);
    assertThat(none.trouble()).isInstanceOf(ControlException.EngineNotRunning.class);
    assertThat(none.picture()).isNull();

    engine = new FakeEngine(home, FREE);
    await("an engine", state -> state.connected() && shows(state, FREE));
  }

  @Test
  void questionsAreAnsweredAndAskedAgainOnlyWhenTheAnswerMayHaveChanged() throws Exception {
    engine.lockouts(Samples.lockouts());
    feed.want(wish(null, Question.LOCKOUTS, Question.LOG));
    feed.start();
    await("lockouts", state -> Samples.lockouts().equals(state.answers().lockouts()));
    await("the log", state -> new LogView(Samples.actions()).equals(state.answers().log()));
    long asked = count("\"lockouts\"");

    engine.show(Samples.at(Samples.NOW.plusSeconds(1), FREE));
    await("the same again", state -> !shows(state, FREE));
    engine.show(LOCKED);
    await("the lockout", state -> shows(state, LOCKED) && count("\"lockouts\"") == asked + 1);
  }

  @Test
  void theHoursAreAskedForAgainAsSoonAsASessionOpensOrCloses() throws Exception {
    feed.want(wish(null, Question.HOURS));
    feed.start();
    await("the hours", state -> state.answers().hours() != null);
    assertThat(count("\"hours\"")).isEqualTo(1);

    engine.show(LOCKED);
    await("the lockout", state -> shows(state, LOCKED));
    RuleView session =
        Samples.rule(
            9, "session_block_outside", RuleState.OK, "closed until Monday", null, "1", null);
    StatusView closed =
        Samples.at(
            Samples.NOW.plusSeconds(2), Samples.status(Samples.free().withRules(List.of(session))));
    HoursView others =
        new HoursView(closed.asOf(), closed.clock(), List.of(), List.of(), List.of(), List.of());
    engine.hours(others);
    engine.show(closed);

    await("the hours of now", state -> others.equals(state.answers().hours()));
    assertThat(count("\"hours\"")).isEqualTo(2);
  }

  @Test
  void aRefusedQuestionSaysWhyAndTheRestGoesOn() throws Exception {
    feed.want(wish("r-99", Question.RECEIPT));
    feed.start();

    FeedState state = await("a refusal", s -> !s.answers().problems().isEmpty());
    assertThat(state.answers().problems())
        .containsEntry(Question.RECEIPT, "there is no receipt r-99");
    assertThat(state.connected()).isTrue();
    engine.show(LOCKED);
    await("the lockout", s -> shows(s, LOCKED));
  }

  /** A defect anywhere: it is shown, and the feed goes on. */
  @ParameterizedTest
  @ValueSource(strings = {"feed", "control-client"})
  void aDefectIsShownAndTheConnectionMadeAnew(String where) throws Exception {
    AtomicBoolean defect = new AtomicBoolean(where.equals("feed"));
    feed.close();
    feed =
        new Feed(
            home.resolve("run").resolve("view.sock"),
            "risk-trader/test",
            OptionalLong.empty(),
            () -> {
              if (defect.get() && Thread.currentThread().getName().equals(where)) {
                throw new IllegalStateException("on purpose");
              }
              return 1_000;
            },
            changes::release);
    feed.start();
    if (where.equals("control-client")) {
      await("a picture", state -> shows(state, FREE));
      defect.set(true);
      engine.show(LOCKED);
      // The picture that was pushed fell over; the feed's own thread asks for it.
      await("the lockout", state -> shows(state, LOCKED));
      return;
    }
    FeedState state = await("the defect", s -> s.trouble() instanceof ControlException.NotTakenIn);
    assertThat(requireNonNull(state.trouble()).getMessage()).contains("on purpose");
    assertThat(state.connected()).isFalse();

    defect.set(false);

    await("the next connection", s -> s.connected() && s.trouble() == null && shows(s, FREE));
  }

  @Test
  void afterTheEndNothingIsToldAnyMore() throws Exception {
    feed.start();
    await("a picture", state -> state.connected() && shows(state, FREE));
    feed.close();
    changes.drainPermits();
    engine.show(LOCKED);
    engine.close();

    assertThat(changes.tryAcquire(200, TimeUnit.MILLISECONDS)).isFalse();
  }

  private static Wish wish(@Nullable String receipt, Question... questions) {
    return new Wish(Set.of(questions), OptionalLong.empty(), receipt);
  }

  private long count(String method) {
    List<String> requests = engine.requests();
    return requests.stream().filter(line -> line.contains(method)).count();
  }
}
