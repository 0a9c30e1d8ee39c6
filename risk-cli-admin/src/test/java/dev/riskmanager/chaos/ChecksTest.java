package dev.riskmanager.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.riskmanager.wire.StatusView;
import dev.riskmanager.wire.WireJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The checks find each thing they are there for, and nothing in a world where all is well. */
class ChecksTest {
  private static final Instant T = Instant.parse("2026-01-05T10:00:00Z");
  private static final long LOSER = 1;
  private static final long PAUSED = 2;
  private static final String MNQ = "CON.F.US.MNQ.H26";

  @TempDir private Path directory;
  private final List<String> lines = new ArrayList<>();
  private final Timeline timeline = new Timeline();
  private long order = 100;

  @BeforeEach
  void healthy() {
    // The engine answers every second for two minutes, and shows what the ledger asks for.
    for (int second = 0; second <= 120; second++) {
      said(second, 0, second >= 11 ? lockout(7, "RULE-003", null) : "");
    }
  }

  private void said(int second, int millis, String lockoutsOfLoser) {
    Instant at = T.plusSeconds(second).plusMillis(millis);
    timeline.add(new Timeline.Sample(at, at, 1, status(account(LOSER, lockoutsOfLoser))));
  }

  private static StatusView status(String... accounts) {
    return WireJson.mapper()
        .readValue(
            """
            {"asOf":"%s","engine":{"state":"PROTECTING","problems":[],"pid":1,"version":"1",
            "startedAt":"%s","uptimeSeconds":1},"gateway":{"state":"CONNECTED","reconnects":0,
            "blindWindows":[]},"accounts":[%s],"lastActions":[]}
            """
                .formatted(T, T, String.join(",", accounts)),
            StatusView.class);
  }

  private static String account(long id, String lockouts) {
    return """
    {"accountId":%d,"name":"x","canTrade":true,"locked":%s,"lockouts":[%s],"positions":[],
    "orders":[],"rules":[]}
    """
        .formatted(id, !lockouts.isEmpty(), lockouts);
  }

  private static String lockout(long id, String rule, @Nullable Instant end) {
    return """
    {"id":%d,"ruleId":"%s","rule":"x","type":"hard","reason":"x","lockedAt":"%s",
    "expiresAt":%s,"unlock":"x"}
    """
        .formatted(id, rule, T, end == null ? "null" : "\"" + end + "\"");
  }

  private static String at(int second) {
    return "{\"at\":\"" + T.plusSeconds(second) + "\",";
  }

  private void trade(int second, long account, long orderId, String profit) {
    lines.add(
        at(second)
            + "\"trade\":{\"accountId\":%d,\"contractId\":\"%s\",\"orderId\":%d,\"fees\":0,"
                .formatted(account, MNQ, orderId)
            + (profit.isEmpty() ? "" : "\"profitAndLoss\":" + profit + ",")
            + "\"creationTimestamp\":\""
            + T.plusSeconds(second)
            + "\"}}");
  }

  private void held(int second, long account, int signed) {
    lines.add(
        at(second)
            + "\"position\":{\"accountId\":%d,\"contractId\":\"%s\",\"type\":%d,\"size\":%d}}"
                .formatted(account, MNQ, signed < 0 ? 2 : 1, Math.abs(signed)));
  }

  private long ordered(int second, long account, int status, String tag) {
    long id = order++;
    ordered(second, account, id, status, tag);
    return id;
  }

  private void ordered(int second, long account, long id, int status, String tag) {
    lines.add(
        at(second)
            + ("\"order\":{\"accountId\":%d,\"contractId\":\"%s\",\"id\":%d,\"status\":%d,\"type\":2,"
                   + "\"size\":1,\"fillVolume\":1%s}}")
                .formatted(
                    account,
                    MNQ,
                    id,
                    status,
                    tag.isEmpty() ? "" : ",\"customTag\":\"" + tag + "\""));
  }

  private void asked(int second, String operation, long account) {
    lines.add(
        at(second)
            + "\"nanos\":1,\"request\":\"%s\",\"body\":{\"accountId\":%d}}"
                .formatted(operation, account));
  }

  private List<String> findings() throws IOException {
    Path file = Files.write(directory.resolve("ledger.jsonl"), lines);
    return new Checks(
            Ledger.read(file, Set.of(PAUSED)),
            timeline,
            Set.of(LOSER, PAUSED),
            Set.of(PAUSED),
            Duration.ofSeconds(5))
        .findings();
  }

  /** A breach at 10 s, a position closed 3 s later by the engine. */
  private void breach() {
    trade(1, LOSER, 50, "");
    held(1, LOSER, 2);
    trade(10, LOSER, 51, "-500");
    asked(11, "Position/closeContract", LOSER);
    trade(13, LOSER, ordered(13, LOSER, 2, ""), "0");
    held(13, LOSER, 0);
  }

  @Test
  void aBreachThatIsAnsweredInTimeIsNoFinding() throws IOException {
    breach();
    assertThat(findings()).isEmpty();
  }

  @Test
  void aPositionThatStandsTooLongInALockout() throws IOException {
    breach();
    held(20, LOSER, 1);
    held(26, LOSER, 0);
    assertThat(findings()).singleElement().asString().contains("a position stood");
  }

  @Test
  void butNotWhileSomethingIsInTheWay() throws IOException {
    breach();
    held(20, LOSER, 1);
    held(26, LOSER, 0);
    timeline.add(new Timeline.Window("x", T.plusSeconds(22), T.plusSeconds(24)));
    assertThat(findings()).isEmpty();
  }

  @Test
  void anOrderThatStaysInALockout() throws IOException {
    breach();
    long id = ordered(20, LOSER, 1, "chaos-1");
    ordered(86, LOSER, id, 3, "chaos-1");
    assertThat(findings()).singleElement().asString().contains("order " + id + " worked");
  }

  @Test
  void enforcementWithoutABreachAndOnOthers() throws IOException {
    asked(9, "Order/cancel", LOSER);
    breach();
    asked(12, "Position/closeContract", 99);
    asked(12, "Position/searchOpen", 99);
    asked(12, "Order/place", LOSER);
    assertThat(findings())
        .hasSize(3)
        .anyMatch(f -> f.startsWith("enforced where nothing was breached"))
        .anyMatch(f -> f.startsWith("an account that is not watched was touched"))
        .anyMatch(f -> f.startsWith("an order was placed"));
  }

  @Test
  void aFillOfTheEnginesThatOpens() throws IOException {
    breach();
    trade(15, LOSER, ordered(15, LOSER, 2, ""), "");
    assertThat(findings()).singleElement().asString().contains("exposure was increased");
  }

  @Test
  void aLockoutThatIsNotThereIsGoneOrWithoutABreach() throws IOException {
    trade(10, LOSER, 51, "-499");
    assertThat(findings()).singleElement().asString().contains("locked without a breach");
    lines.clear();
    breach();
    said(121, 0, "");
    assertThat(findings()).singleElement().asString().contains("was gone");
    lines.clear();
    trade(2, LOSER, 51, "-500");
    assertThat(findings()).singleElement().asString().contains("is not locked");
  }

  @Test
  void aPauseThatEndsEarlyOrAtATimeThatNoTradeGives() throws IOException {
    breach();
    for (int i = 0; i < 4; i++) {
      trade(20 + i, PAUSED, 60 + i, "");
      held(20 + i, PAUSED, i + 1);
    }
    Instant end = T.plusSeconds(35);
    timeline.add(pause(24, lockout(9, "RULE-006", end)));
    timeline.add(pause(36, ""));
    assertThat(findings()).isEmpty();

    timeline.add(pause(34, ""));
    assertThat(findings()).singleElement().asString().contains("was over");
    timeline.add(pause(24, lockout(10, "RULE-006", end.plusSeconds(1))));
    assertThat(findings()).anyMatch(f -> f.contains("which no trade explains"));
  }

  private static Timeline.Sample pause(int second, String lockouts) {
    Instant at = T.plusSeconds(second);
    String loser = account(LOSER, lockout(7, "RULE-003", null));
    return new Timeline.Sample(at, at, 2, status(loser, account(PAUSED, lockouts)));
  }

  @Test
  void aCloseBelowWhatMayStayUnderAPause() throws IOException {
    breach();
    held(0, PAUSED, 3);
    for (int i = 0; i < 4; i++) {
      trade(60 + i, PAUSED, 60 + i, "");
      held(60 + i, PAUSED, 4 + i);
    }
    trade(70, PAUSED, ordered(70, PAUSED, 2, ""), "0");
    held(70, PAUSED, 4);
    assertThat(findings()).isEmpty();
    trade(71, PAUSED, ordered(71, PAUSED, 2, ""), "0");
    held(71, PAUSED, 2);
    assertThat(findings()).singleElement().asString().contains("closed below what may stay (3)");
  }

  /** The trader sells while the engine's request is on its way: it was right when it was asked. */
  @Test
  void aCloseThatTheTraderOvertakesIsNoneBelowWhatMayStay() throws IOException {
    breach();
    held(0, PAUSED, 3);
    for (int i = 0; i < 4; i++) {
      trade(60 + i, PAUSED, 60 + i, "");
      held(60 + i, PAUSED, 4 + i);
    }
    asked(70, "Position/partialCloseContract", PAUSED);
    trade(71, PAUSED, 71, "0");
    held(71, PAUSED, 3);
    trade(72, PAUSED, ordered(72, PAUSED, 2, ""), "0");
    held(72, PAUSED, 2);
    assertThat(findings()).isEmpty();
    asked(73, "Position/partialCloseContract", PAUSED);
    trade(74, PAUSED, ordered(74, PAUSED, 2, ""), "0");
    held(74, PAUSED, 1);
    assertThat(findings()).singleElement().asString().contains("closed below what may stay");
  }
}
