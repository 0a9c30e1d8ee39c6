package dev.riskmanager.sim.knob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.riskmanager.sim.api.Operation;
import dev.riskmanager.sim.json.Json;
import dev.riskmanager.sim.knob.TradingKnobs.BracketMode;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Setting knobs: what they take, what they refuse, and how they go back. */
class KnobsTest {
  private final Knobs knobs = new Knobs();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          latency_ms=50            | 50
          latency_ms=0             | 0
          latency_ms=600000        | 600000
          """)
  void numbersWithinTheirBounds(String text, long expected) {
    knobs.setText(text);
    assertThat(knobs.get(RestKnobs.LATENCY_MS)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          latency_ms=-1                              | a whole number from 0 to 600000
          latency_ms=600001                          | a whole number from 0 to 600000
          latency_ms=1.5                             | a whole number
          latency_ms=fast                            | a whole number
          payload=folded                             | one of wrapped, flat, array, spread
          duplicate_events=1                         | true or false
          hang=Position/close                        | Position/closeContract
          drop_hubs=both                             | user, market
          status={"op":"Trade/find","code":500}      | Trade/search
          status={"code":500}                        | {"op":OPERATION
          status={"op":"*","code":20}                | code from 100 to 599
          status={"op":"*","code":500,"times":-1}    | times as a whole number
          execute_then_fail=5                        | {"op":OPERATION
          rate_limit=-1                              | whole numbers from 0
          rate_limit={"seconds":0}                   | whole numbers from 1
          rate_limit=many                            | requests per minute
          clock_skew=soon                            | 500ms, 90s, -2m
          can_trade=maybe                            | true or false
          can_trade={"accountId":"1","value":false}  | {"accountId":N,"value":V}
          fees={"MNQ":"cheap"}                       | an amount
          fees=5                                     | {"MNQ":0.37}
          commission=x                               | a number
          holidays=["christmas"]                     | 2025-12-25
          close_hubs={"error":5}                     | {"error":TEXT
          reject_orders={"times":1}                  | {"text":TEXT
          nothing=1                                  | no knob is named nothing; valid: latency_ms,
          latency_ms                                 | NAME=VALUE
          =5                                         | NAME=VALUE
          """)
  void whatIsRefusedSaysWhatIsAllowed(String text, String allowed) {
    assertThatThrownBy(() -> knobs.setText(text))
        .isInstanceOf(KnobException.class)
        .hasMessageContaining(allowed)
        .message()
        .doesNotContain("\n");
    assertThat(knobs.current().isEmpty()).isTrue();
  }

  @Test
  void severalAreSetTogetherOrNotAtAll() {
    assertThatThrownBy(
            () -> knobs.set(Json.of(Map.of("latency_ms", 5, "payload", "flat", "ping_ms", 1))))
        .hasMessageContaining("ping_ms");
    assertThat(knobs.get(RestKnobs.LATENCY_MS)).isZero();
    assertThat(knobs.get(HubKnobs.PAYLOAD)).isEqualTo(HubKnobs.Payload.WRAPPED);
  }

  @Test
  void nullGoesBackToTheInitialValue() {
    knobs.set("ping_ms", 10);
    knobs.set("ping_ms", null);
    assertThat(knobs.get(HubKnobs.PING_MS)).isEqualTo(15_000);
    knobs.setText("hang=Position/closeContract");
    knobs.setText("hang=null");
    assertThat(knobs.get(RestKnobs.HANG)).isEmpty();
  }

  @Test
  void namesAreOneAListAllOrNone() {
    knobs.setText("hang=[\"Trade/search\",\"Order/place\"]");
    assertThat(knobs.get(RestKnobs.HANG)).isEqualTo(Set.of("Trade/search", "Order/place"));
    knobs.setText("hang=true");
    assertThat(Knob.covers(knobs.get(RestKnobs.HANG), "Order/cancel")).isTrue();
    knobs.setText("hang=");
    assertThat(Knob.covers(knobs.get(RestKnobs.HANG), "Order/cancel")).isFalse();
    knobs.setText("hang=*");
    assertThat(Knob.covers(knobs.get(RestKnobs.HANG), "Order/cancel")).isTrue();
    knobs.setText("hang=false");
    assertThat(knobs.get(RestKnobs.HANG)).isEmpty();
  }

  @Test
  void accountsCanDiffer() {
    knobs.set("bracket_mode", Map.of("accountId", 7, "value", "position"));
    knobs.set("bracket_mode", Map.of("accountId", 8, "value", "position"));
    assertThat(knobs.get(TradingKnobs.BRACKET_MODE).of(6)).isEqualTo(BracketMode.AUTO_OCO);
    assertThat(knobs.get(TradingKnobs.BRACKET_MODE).of(7)).isEqualTo(BracketMode.POSITION);
    assertThat(knobs.get(TradingKnobs.BRACKET_MODE).of(8)).isEqualTo(BracketMode.POSITION);
    knobs.set("bracket_mode", "auto_oco");
    assertThat(knobs.get(TradingKnobs.BRACKET_MODE).of(7)).isEqualTo(BracketMode.AUTO_OCO);
  }

  @Test
  void faultsAreUsedUp() {
    knobs.set(
        "status",
        List.of(
            Map.of("op", "Order/place", "code", 500, "times", 2),
            Map.of("op", "*", "code", 429, "times", 1)));
    Faults faults = knobs.get(RestKnobs.STATUS);
    List<Integer> statuses = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      statuses.add(faults.take(Operation.ORDER_PLACE).map(Faults.Fault::status).orElse(0));
    }
    assertThat(statuses).containsExactly(500, 500, 429, 0);
    assertThat(faults.take(Operation.TRADE_SEARCH)).isEmpty();
  }

  @Test
  void starMeansRestOperationsAndNotHubs() {
    knobs.setText("status={\"op\":\"*\",\"code\":500}");
    assertThat(knobs.get(RestKnobs.STATUS).take(Operation.USER_HUB)).isEmpty();
    assertThat(knobs.get(RestKnobs.STATUS).take(Operation.PING)).isPresent();
  }

  @ParameterizedTest
  @CsvSource({
    "90, PT1M30S",
    "-1.5, PT-1.5S",
    "500ms, PT0.5S",
    "-250ms, PT-0.25S",
    "90s, PT1M30S",
    "-2m, PT-2M",
    "1h30m, PT1H30M"
  })
  void skewsAreSecondsOrDurations(String text, String expected) {
    knobs.setText("clock_skew=" + text);
    assertThat(knobs.get(RestKnobs.CLOCK_SKEW)).isEqualTo(Duration.parse(expected));
  }

  @Test
  void aRateLimitKeepsWhatIsNotSaid() {
    knobs.setText("rate_limit={\"barRequests\":5}");
    assertThat(knobs.get(RestKnobs.RATE_LIMIT)).isEqualTo(new RateLimit(200, 60, 5, 30));
    knobs.setText("rate_limit=0");
    assertThat(knobs.get(RestKnobs.RATE_LIMIT)).isEqualTo(new RateLimit(0, 60, 0, 30));
  }

  @Test
  void listenersHearEachSetting() {
    List<BigDecimal> heard = new ArrayList<>();
    knobs.onChange(TradingKnobs.COMMISSION, heard::add);
    knobs.setText("commission=0.25");
    knobs.setText("commission=0.25");
    knobs.setText("latency_ms=1");
    knobs.setText("commission=null");
    assertThat(heard)
        .containsExactly(new BigDecimal("0.25"), new BigDecimal("0.25"), new BigDecimal("0"));
  }

  @Test
  void theDocumentationNamesEveryKnobAsItIs() throws IOException {
    String page = Files.readString(Path.of("..", "docs", "venue.md"));
    for (Knob<?> knob : Knobs.known()) {
      assertThat(page).contains("| `" + knob.name() + "` | ");
    }
    assertThat(page.lines().filter(l -> l.startsWith("| `")).count())
        .isGreaterThanOrEqualTo(Knobs.known().size());
  }
}
