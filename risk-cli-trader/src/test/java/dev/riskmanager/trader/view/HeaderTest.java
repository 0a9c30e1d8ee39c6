package dev.riskmanager.trader.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.riskmanager.trader.Samples;
import dev.riskmanager.wire.AccountView;
import dev.riskmanager.wire.EngineState;
import dev.riskmanager.wire.GatewayState;
import dev.riskmanager.wire.GatewayView;
import dev.riskmanager.wire.StatusView;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HeaderTest {
  /** The age is marked whatever the reason; the reason is beside it. */
  @ParameterizedTest
  @CsvSource({
    "CONNECTED, true, 5000, 0, 5.0 s old, GOOD",
    "CONNECTED, true, 5001, 0, '5.0 s, STALE: quiet', WARN",
    "CONNECTED, true, 2500, 2501, '5.0 s, STALE: quiet', WARN",
    "CONNECTED, true, 30000, 0, '30 s, STALE: quiet', WARN",
    "CONNECTED, true, 30001, 0, '30 s, NO DATA: quiet', WARN",
    "CONNECTED, , 30001, 0, '30 s, NO DATA: quiet', WARN",
    "CONNECTED, false, 5000, 0, 5.0 s old, GOOD",
    "CONNECTED, false, 5001, 0, '5.0 s, market closed', DIM",
    "CONNECTED, false, 30001, 0, '30 s, market closed', DIM",
    "CONNECTED, true, 100, 5001, '5.1 s, STALE', WARN",
    "CONNECTED, false, 100, 30001, '30 s, NO DATA', BAD",
    "DISCONNECTED, false, 5001, 0, '5.0 s, STALE', WARN",
    "DISCONNECTED, true, 5000, 0, 5.0 s old, GOOD",
    "DISCONNECTED, true, 5001, 0, '5.0 s, STALE', WARN",
    "RECONNECTING, true, 30000, 0, '30 s, STALE', WARN",
    "DISCONNECTED, true, 30001, 0, '30 s, NO DATA', BAD",
  })
  void ageOfWhatIsKnown(
      GatewayState state,
      @Nullable Boolean open,
      long atReport,
      long since,
      String shown,
      Style style) {
    GatewayView gateway = new GatewayView(state, atReport, 0, List.of(), List.of(), open);
    Link link = ScreenTest.aged(Duration.ofMillis(since));

    assertThat(Header.age(gateway, link)).isEqualTo(Line.of(shown, style));
  }

  @Test
  void theMarkIsExplainedInASentence() {
    Link live = ScreenTest.aged(Duration.ZERO);
    assertThat(why(GatewayState.CONNECTED, 5000, true, live)).isEmpty();
    assertThat(why(GatewayState.CONNECTED, 5001, true, live)).contains("connected and silent: it");
    assertThat(why(GatewayState.CONNECTED, 5001, false, live)).contains("the market is closed");
    assertThat(why(GatewayState.RECONNECTING, 5001, false, live))
        .isEqualTo("the connection to the venue is lost");
    assertThat(why(GatewayState.CONNECTED, 5001, true, ScreenTest.gone()))
        .isEqualTo("there is no engine that would tell of the venue");
  }

  private static String why(GatewayState state, long age, boolean open, Link link) {
    return Header.whyOld(new GatewayView(state, age, 0, List.of(), List.of(), open), link);
  }

  /** Nobody tells any more how the venue is. */
  @Test
  void withoutAnEngineWhatIsKnownBecomesOldAtOnce() {
    GatewayView gateway = new GatewayView(GatewayState.CONNECTED, 5001L, 0, List.of());
    Link gone = new Link(Link.State.GONE, "", "", Duration.ZERO);

    assertThat(Header.age(gateway, gone).text()).isEqualTo("5.0 s, STALE");
  }

  /** The longest of everything: what is said of the engine and the data is never cut. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 20})
  void theAgeOfTheDataSurvivesTheNarrowestScreen(int accounts) {
    List<AccountView> all = new ArrayList<>(List.of(Samples.lockedOut()));
    while (all.size() < accounts) {
      all.add(Samples.second());
    }
    StatusView status =
        Samples.status(Samples.engine(EngineState.NOT_PROTECTED), all.toArray(AccountView[]::new));
    StatusView lost =
        new StatusView(
            status.asOf(),
            status.engine(),
            new GatewayView(GatewayState.DISCONNECTED, 3_599_000L, 3, List.of()),
            status.accounts(),
            status.clock(),
            status.lastActions());
    Model model =
        ScreenTest.model(
            80, 24, ScreenTest.LIVE, lost, ScreenTest.ui(Tab.OVERVIEW), Glyphs.UNICODE);

    List<Line> lines = Header.lines(model);

    assertThat(lines.get(0).text())
        .contains("Main Trading Account (13298777)  PRACTICE", "12:21:19 Chicago");
    assertThat(lines.get(1).text())
        .startsWith(" engine NOT PROTECTED · gateway DISCONNECTED · data 59m 59s, NO DATA")
        .hasSize(80);
    if (accounts > 1) {
      assertThat(lines.get(1).text()).endsWith(" 1 of " + accounts + " ");
    }
  }

  /** That another account is locked is worth more than the word for what is counted. */
  @Test
  void howManyAreLockedIsSaidInTheNarrowestScreen() {
    StatusView status = Samples.status(Samples.lockedOut(), Samples.second());
    Model model =
        ScreenTest.model(
            80, 24, ScreenTest.LIVE, status, ScreenTest.ui(Tab.OVERVIEW), Glyphs.UNICODE);

    assertThat(Header.lines(model).get(1).text()).endsWith(" 1 locked, 1 of 2 ").hasSize(80);
  }
}
