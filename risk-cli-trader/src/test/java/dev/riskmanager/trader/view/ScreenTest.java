package dev.riskmanager.trader.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.riskmanager.trader.Golden;
import dev.riskmanager.trader.Samples;
import dev.riskmanager.trader.diary.Shift;
import dev.riskmanager.wire.AccountView;
import dev.riskmanager.wire.EngineState;
import dev.riskmanager.wire.GatewayState;
import dev.riskmanager.wire.GatewayView;
import dev.riskmanager.wire.LockoutRecord;
import dev.riskmanager.wire.LockoutsView;
import dev.riskmanager.wire.LogEntry;
import dev.riskmanager.wire.LogKind;
import dev.riskmanager.wire.LogView;
import dev.riskmanager.wire.StatusView;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScreenTest {
  static final Link LIVE =
      new Link(Link.State.LIVE, "", "/home/risk/run/view.sock", Duration.ofMillis(300));

  static Link gone() {
    return new Link(
        Link.State.GONE,
        "the engine is not running (nobody listens at /home/risk/run/view.sock); start it with:"
            + " risk-admin engine start",
        "/home/risk/run/view.sock",
        Duration.ofSeconds(12));
  }

  private static final int[][] SIZES = {{80, 24}, {120, 40}, {250, 80}};

  static Ui ui(Tab tab) {
    return new Ui(tab, 0, 0, "", false, Ui.Overlay.NONE, null, false);
  }

  static Model model(
      int columns, int rows, Link link, @Nullable StatusView status, Ui ui, Glyphs glyphs) {
    return new Model(columns, rows, glyphs, link, status, Samples.NOW, ui, details());
  }

  static Details details() {
    List<CurvePoint> curve = new ArrayList<>();
    int[] totals = {0, 40, 85, 60, 20, -30, -90, -120, -180, -240, -322};
    for (int i = 0; i < totals.length; i++) {
      curve.add(
          new CurvePoint(
              Samples.NOW.minus(Duration.ofMinutes(10L * (totals.length - i))),
              BigDecimal.valueOf(totals[i])));
    }
    return new Details(
        Samples.lockouts(),
        new LogView(Samples.actions()),
        Samples.receipts().receipts(),
        Samples.receipt(),
        Samples.hours(),
        List.of(
            new Shift(
                Samples.NOW.minus(Duration.ofHours(26)),
                Samples.NOW.minus(Duration.ofHours(24)),
                7,
                new BigDecimal("120.50"),
                "kept to the plan"),
            new Shift(Samples.NOW.minus(Duration.ofMinutes(95)), null, null, null, "")),
        curve,
        Map.of());
  }

  static StatusView free() {
    return Samples.status(Samples.free());
  }

  static Stream<Arguments> pages() {
    List<Arguments> pages = new ArrayList<>();
    for (int[] size : SIZES) {
      for (Tab tab : Tab.values()) {
        pages.add(Arguments.of(size[0], size[1], tab));
      }
    }
    return pages.stream();
  }

  @ParameterizedTest
  @MethodSource("pages")
  void eachPageAtEachSize(int columns, int rows, Tab tab) throws IOException {
    Frame frame = Screen.draw(model(columns, rows, LIVE, free(), ui(tab), Glyphs.UNICODE));

    Golden.check(
        "screen/" + tab.name().toLowerCase(Locale.ROOT) + "-" + columns + "x" + rows,
        frame.lines(),
        columns);
  }

  static Stream<Arguments> states() {
    return Stream.of(
        Arguments.of("ok", LIVE, free()),
        Arguments.of("locked", LIVE, Samples.status(Samples.lockedOut())),
        Arguments.of("cooldown", LIVE, Samples.status(Samples.cooling())),
        Arguments.of("gone-free", gone(), free()),
        Arguments.of("gone-locked", gone(), Samples.status(Samples.lockedOut())),
        Arguments.of("gone-before-anything", gone(), null),
        Arguments.of(
            "connecting",
            new Link(Link.State.CONNECTING, "", "/home/risk/run/view.sock", Duration.ZERO),
            null),
        Arguments.of("stale", aged(Duration.ofSeconds(7)), free()),
        Arguments.of("no-data", aged(Duration.ofSeconds(31)), free()),
        Arguments.of(
            "not-protected",
            LIVE,
            Samples.status(
                Samples.engine(
                    EngineState.NOT_PROTECTED,
                    "cancel is refused for account 13298777: it is a follower account"),
                Samples.free())),
        Arguments.of(
            "degraded",
            LIVE,
            Samples.status(
                Samples.engine(
                    EngineState.DEGRADED, "the disk is full: a lockout is held in memory"),
                Samples.free())),
        Arguments.of(
            "starting", LIVE, Samples.status(Samples.engine(EngineState.STARTING), Samples.free())),
        Arguments.of("two-accounts", LIVE, Samples.status(Samples.free(), Samples.second())),
        Arguments.of("outside-session", LIVE, Samples.status(Samples.outside())),
        Arguments.of("one-symbol-open", LIVE, Samples.status(Samples.onlyOne())),
        Arguments.of("no-account", LIVE, Samples.status()),
        Arguments.of("held", LIVE, Samples.status(Samples.held())),
        Arguments.of("blind", LIVE, blind(Samples.free())),
        Arguments.of("blind-locked", LIVE, blind(Samples.lockedOut())),
        Arguments.of("blind-at-start", LIVE, blind(Samples.unread())));
  }

  /** The venue is lost. */
  static StatusView blind(AccountView account) {
    StatusView status =
        Samples.status(
            Samples.engine(EngineState.DEGRADED, "the connection to the venue is lost"), account);
    return new StatusView(
        status.asOf(),
        status.engine(),
        new GatewayView(GatewayState.DISCONNECTED, 41_000L, 3, List.of()),
        status.accounts(),
        status.clock(),
        status.lastActions());
  }

  static Link aged(Duration age) {
    return new Link(Link.State.LIVE, "", "/home/risk/run/view.sock", age);
  }

  @ParameterizedTest
  @MethodSource("states")
  void eachState(String name, Link link, @Nullable StatusView status) throws IOException {
    for (int[] size : SIZES) {
      Frame frame = Screen.draw(model(size[0], size[1], link, status, Ui.START, Glyphs.UNICODE));

      Golden.check("state/" + name + "-" + size[0] + "x" + size[1], frame.lines(), size[0]);
    }
  }

  @Test
  void allAccountsAtAGlance() throws IOException {
    Ui accounts = new Ui(Tab.RULES, 1, 0, "", false, Ui.Overlay.ACCOUNTS, null, false);
    StatusView both = Samples.status(Samples.lockedOut(), Samples.second());

    for (int[] size : SIZES) {
      Golden.check(
          "screen/accounts-" + size[0] + "x" + size[1],
          Screen.draw(model(size[0], size[1], LIVE, both, accounts, Glyphs.UNICODE)).lines(),
          size[0]);
    }
  }

  @Test
  void ofManyAccountsTheChosenOneIsInSight() {
    List<AccountView> many = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      AccountView one = Samples.free();
      many.add(
          new AccountView(
              1000 + i,
              "Account " + i,
              true,
              false,
              List.of(),
              one.pnl(),
              one.positions(),
              one.orders(),
              one.rules(),
              true,
              null));
    }
    StatusView status = Samples.status(many.toArray(AccountView[]::new));
    for (int chosen = 0; chosen < 30; chosen++) {
      Ui accounts = new Ui(Tab.RULES, chosen, 0, "", false, Ui.Overlay.ACCOUNTS, null, false);

      List<Line> lines = Screen.draw(model(80, 24, LIVE, status, accounts, Glyphs.UNICODE)).lines();

      assertThat(lines).hasSize(24);
      assertThat(lines)
          .filteredOn(line -> line.text().contains("> "))
          .singleElement()
          .asString()
          .contains("Account " + chosen);
    }
  }

  @Test
  void anEmptyAccountOnEachPage() throws IOException {
    AccountView free = Samples.free();
    AccountView empty =
        new AccountView(
            Samples.MAIN,
            "Main Trading Account",
            true,
            false,
            List.of(),
            Samples.pnl("0.00", "0.00", "0.00"),
            List.of(),
            List.of(),
            free.rules(),
            true,
            null);
    Details nothing =
        new Details(
            new LockoutsView(Samples.NOW, List.of()),
            new LogView(List.of()),
            List.of(),
            null,
            Samples.hours(),
            List.of(),
            List.of(),
            Map.of(Tab.WHY, "nothing has been enforced yet, so there is no receipt"));
    for (Tab tab : Tab.values()) {
      Model model = model(80, 24, LIVE, Samples.status(empty), ui(tab), Glyphs.UNICODE);

      Golden.check(
          "empty/" + tab.name().toLowerCase(Locale.ROOT),
          Screen.draw(model.with(nothing)).lines(),
          80);
    }
  }

  @Test
  void theSecondAccountHasWideCharactersAndLinesUp() throws IOException {
    Ui second = new Ui(Tab.OVERVIEW, 1, 0, "", false, Ui.Overlay.NONE, null, false);
    StatusView both = Samples.status(Samples.lockedOut(), Samples.second());

    Golden.check(
        "screen/second-account-80x24",
        Screen.draw(model(80, 24, LIVE, both, second, Glyphs.UNICODE)).lines(),
        80);
  }

  /** What is worst is what a trader has to see first. */
  @Test
  void itOpensOnTheAccountThatIsWorstOff() {
    AccountView free = Samples.second();
    assertThat(opens(LIVE, free, Samples.free())).isZero();
    assertThat(opens(LIVE, free, Samples.cooling(), Samples.lockedOut())).isEqualTo(2);
    assertThat(opens(LIVE, free, Samples.outside(), Samples.cooling())).isEqualTo(1);
    assertThat(opens(LIVE, free, Samples.cooling())).isEqualTo(1);
    assertThat(opens(gone(), free, Samples.cooling())).isEqualTo(1);
    assertThat(opens(LIVE, free, Samples.unread())).isEqualTo(1);
    assertThat(opens(LIVE)).isZero();
  }

  private static int opens(Link link, AccountView... accounts) {
    return model(80, 24, link, Samples.status(accounts), Ui.START, Glyphs.UNICODE).mostSevere();
  }

  @Test
  void anUnlockThatIsUnderWayIsShown() {
    LockoutRecord record =
        new LockoutRecord(
            Samples.MAIN, "Main", Samples.hard(), true, null, null, 0, Samples.NOW.plusSeconds(90));

    assertThat(
            LockoutsPanel.active(
                List.of(record), Samples.NOW, Times.of(Samples.clock(Samples.NOW)), 76))
        .extracting(Line::text)
        .contains("  unlocks    2025-10-31 12:22:49 Chicago, in 00:01:30: an admin asked for it");
  }

  @Test
  void otherAccountsThatAreLockedAreNamed() {
    Ui second = new Ui(Tab.OVERVIEW, 1, 0, "", false, Ui.Overlay.NONE, null, false);
    StatusView both = Samples.status(Samples.lockedOut(), Samples.second());

    assertThat(text(model(80, 24, LIVE, both, second, Glyphs.UNICODE)))
        .contains("also locked: Main Trading Account   q quit");
    assertThat(text(model(80, 24, LIVE, both, Ui.START, Glyphs.UNICODE)))
        .doesNotContain("also locked");
  }

  @Test
  void asciiHasNothingElse() throws IOException {
    Ui second = new Ui(Tab.OVERVIEW, 1, 0, "", false, Ui.Overlay.NONE, null, false);
    StatusView both = Samples.status(Samples.free(), Samples.second());
    List<Line> lines = Screen.draw(model(80, 24, LIVE, both, second, Glyphs.ASCII)).lines();

    Golden.check("screen/ascii-80x24", lines, 80);
    assertThat(lines)
        .allSatisfy(line -> assertThat(line.text().chars()).allMatch(c -> c >= 32 && c < 127));
  }

  @Test
  void helpExplainsTheKeys() throws IOException {
    Ui help = new Ui(Tab.OVERVIEW, 0, 0, "", false, Ui.Overlay.HELP, null, false);

    Golden.check(
        "screen/help-80x24",
        Screen.draw(model(80, 24, LIVE, free(), help, Glyphs.UNICODE)).lines(),
        80);
  }

  @ParameterizedTest
  @ValueSource(strings = {"79x24", "80x23", "40x10", "10x3", "1x1"})
  void tooSmallATerminalIsToldWhatItNeeds(String size) throws IOException {
    int columns = Integer.parseInt(size.split("x", 2)[0]);
    int rows = Integer.parseInt(size.split("x", 2)[1]);
    Frame frame = Screen.draw(model(columns, rows, LIVE, free(), Ui.START, Glyphs.UNICODE));

    assertThat(frame.lines()).hasSize(rows).allMatch(line -> line.width() == columns);
    Golden.check("small/" + size, frame.lines(), columns);
  }

  /** A lockout writes one for each event: they would push everything else off the page. */
  @Test
  void linesOfThePrecheckAreShownWhenTheyAreAskedFor() {
    LogEntry check =
        new LogEntry(
            99,
            Samples.NOW,
            LogKind.PRECHECK_BLOCKED,
            Samples.MAIN,
            "RULE-003",
            "daily_realized_loss",
            null,
            "LOCKOUT ACTIVE",
            null);
    List<LogEntry> entries = new ArrayList<>(Samples.actions());
    entries.add(check);
    entries.add(check);
    Details details =
        new Details(null, new LogView(entries), List.of(), null, null, null, List.of(), Map.of());
    Ui filtered = new Ui(Tab.LOG, 0, 0, "precheck", false, Ui.Overlay.NONE, null, false);

    assertThat(text(model(100, 30, LIVE, free(), ui(Tab.LOG), Glyphs.UNICODE).with(details)))
        .contains("Log without 2 pre-check lines: /precheck shows them", "FLAT: proven")
        .doesNotContain("LOCKOUT ACTIVE");
    assertThat(text(model(100, 30, LIVE, free(), filtered, Glyphs.UNICODE).with(details)))
        .contains("LOCKOUT ACTIVE")
        .doesNotContain("Log without", "FLAT: proven");
  }

  /** Nobody was asked before the engine went: the picture knows what is in force. */
  @Test
  void withoutAnEngineThePagesSayWhatTheyKnow() {
    StatusView locked = Samples.status(Samples.lockedOut());

    assertThat(text(model(80, 24, gone(), locked, ui(Tab.LOCKOUTS), Glyphs.UNICODE).with(NOTHING)))
        .contains("RULE-003 daily_realized_loss  hard", "remaining  04:38:40")
        .contains("not known: there is no engine to ask")
        .doesNotContain("asking the engine", "undone");
    assertThat(text(model(80, 24, gone(), locked, ui(Tab.LOG), Glyphs.UNICODE).with(NOTHING)))
        .contains("not known: there is no engine to ask")
        .doesNotContain("asking the engine");
    assertThat(text(model(80, 24, LIVE, locked, ui(Tab.LOG), Glyphs.UNICODE).with(NOTHING)))
        .contains("asking the engine");
  }

  private static final Details NOTHING =
      new Details(null, null, List.of(), null, null, null, List.of(), Map.of());

  private static String text(Model model) {
    return String.join("\n", Screen.draw(model).lines().stream().map(Line::text).toList());
  }

  /** One column short of the least is no reason to hide how long a lockout lasts. */
  @ParameterizedTest
  @ValueSource(strings = {"79x24", "40x10", "15x6", "10x3", "1x1"})
  void aLockoutIsToldInAnySize(String size) throws IOException {
    int columns = Integer.parseInt(size.split("x", 2)[0]);
    int rows = Integer.parseInt(size.split("x", 2)[1]);
    StatusView locked = Samples.status(Samples.lockedOut());
    Frame frame = Screen.draw(model(columns, rows, LIVE, locked, Ui.START, Glyphs.UNICODE));

    assertThat(frame.lines()).hasSize(rows).allMatch(line -> line.width() == columns);
    Golden.check("small/locked-" + size, frame.lines(), columns);
  }

  @Test
  void everySizeFromTheSmallestOnIsFilledExactly() {
    for (int columns = 80; columns <= 250; columns += 17) {
      for (int rows = 24; rows <= 80; rows += 7) {
        for (Tab tab : Tab.values()) {
          Frame frame =
              Screen.draw(
                  model(
                      columns,
                      rows,
                      LIVE,
                      Samples.status(Samples.free()),
                      ui(tab),
                      Glyphs.UNICODE));
          int width = columns;
          assertThat(frame.lines())
              .as("%s at %dx%d", tab, columns, rows)
              .hasSize(rows)
              .allMatch(line -> line.width() == width);
        }
      }
    }
  }
}
