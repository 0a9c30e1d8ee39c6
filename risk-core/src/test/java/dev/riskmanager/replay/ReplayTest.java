package dev.riskmanager.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.riskmanager.payload.Recordings;
import dev.riskmanager.payload.WireJson;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class ReplayTest {
  private static final String LOSS =
      "daily_realized_loss: {limit: -500, reset_time: \"17:00\", timezone: America/Chicago}\n";

  @TempDir private Path directory;
  private Path config;
  private String out = "";
  private String err = "";

  @BeforeEach
  void rules() throws IOException {
    config = Files.createDirectory(directory.resolve("config"));
    Files.writeString(config.resolve("risk_config.yaml"), LOSS);
  }

  private Replay.Options options(String... events) {
    return new Replay.Options(
        Optional.of(config),
        List.of(events),
        Map.of(),
        OptionalLong.empty(),
        Optional.empty(),
        Optional.empty(),
        false,
        Optional.empty(),
        false,
        false);
  }

  private int run(Replay.Options options, String stdin) {
    StringWriter standard = new StringWriter();
    StringWriter error = new StringWriter();
    int code =
        Replay.run(
            options,
            new ByteArrayInputStream(stdin.getBytes(StandardCharsets.UTF_8)),
            new PrintWriter(standard),
            new PrintWriter(error));
    out = standard.toString();
    err = error.toString();
    return code;
  }

  /** Replays lines from standard input. */
  private int replay(String... lines) {
    return run(options("-"), String.join("\n", lines));
  }

  private static Replay.Options between(
      Replay.Options o, Optional<String> from, Optional<String> to) {
    return new Replay.Options(
        o.config(),
        o.events(),
        o.environment(),
        o.account(),
        from.map(Instant::parse),
        to.map(Instant::parse),
        o.keepRules(),
        o.sweep(),
        o.json(),
        o.progress());
  }

  private static Replay.Options sweeping(Replay.Options o, String sweep, boolean json) {
    return new Replay.Options(
        o.config(),
        o.events(),
        o.environment(),
        o.account(),
        o.from(),
        o.to(),
        o.keepRules(),
        Optional.of(sweep),
        json,
        o.progress());
  }

  private static String line(String time, String event, String data) {
    return "{\"t\":\"2025-10-31T" + time + "Z\",\"event\":\"" + event + "\",\"data\":" + data + "}";
  }

  /** A closing fill; ids by time. */
  private static String trade(String time, String profitAndLoss) {
    return trade(time, 7, profitAndLoss);
  }

  private static String trade(String time, long account, String profitAndLoss) {
    String id = time.replaceAll("\\D", "");
    return line(
        time,
        "GatewayUserTrade",
        "{\"id\":"
            + id
            + ",\"accountId\":"
            + account
            + ",\"contractId\":\"CON.F.US.MNQ.Z25\",\"creationTimestamp\":\"2025-10-31T"
            + time
            + "Z\",\"price\":21000,\"profitAndLoss\":"
            + profitAndLoss
            + ",\"fees\":0,\"side\":1,\"size\":1,\"voided\":false,\"orderId\":"
            + id
            + "}");
  }

  private static String clock(String time) {
    return line(time, "Clock", "{}");
  }

  private List<String> decided() {
    List<String> decisions = new ArrayList<>();
    for (String line : out.lines().toList()) {
      JsonNode json = WireJson.read(line);
      decisions.add(
          json.path("t").asString()
              + " "
              + json.path("account").asString()
              + " "
              + json.path("decision").asString());
    }
    return decisions;
  }

  @Test
  void decisionsAreLinesOfJsonAndNothingElseIsOnStandardOutput() {
    assertThat(replay(trade("14:31:05", "-499.99"), trade("14:31:06", "-0.01"))).isZero();
    assertThat(out)
        .isEqualTo(
            """
            {"t":"2025-10-31T14:31:06Z","account":7,"decision":"violation","ruleId":"RULE-003","rule":"daily_realized_loss","lockoutType":"hard","until":"2025-10-31T22:00:00Z","reason":"Daily loss limit exceeded: $-500.00 (limit: $-500.00)","tradingDay":"2025-10-31"}
            {"t":"2025-10-31T14:31:06Z","account":7,"decision":"lockout_set","ruleId":"RULE-003","rule":"daily_realized_loss","lockoutType":"hard","until":"2025-10-31T22:00:00Z","reason":"Daily loss limit exceeded: $-500.00 (limit: $-500.00)","tradingDay":"2025-10-31"}
            {"t":"2025-10-31T14:31:06Z","account":7,"decision":"cancel_all_orders","ruleId":"RULE-003","rule":"daily_realized_loss","reason":"Daily loss limit exceeded: $-500.00 (limit: $-500.00)"}
            {"t":"2025-10-31T14:31:06Z","account":7,"decision":"close_all_positions","ruleId":"RULE-003","rule":"daily_realized_loss","reason":"Daily loss limit exceeded: $-500.00 (limit: $-500.00)"}
            """);
    assertThat(err).contains("the shipped holidays hold").contains("2 lines, 4 decisions");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"t\":\"2025-10 | it is not one JSON object",
        "{\"t\":\"2025-10-31T14:31:07Z\"} | member event is missing",
        "{\"event\":\"Clock\"} | member t is not an ISO-8601 time with an offset"
      })
  void aMalformedLineIsNamedAndWhatWasDecidedStands(String broken, String why) {
    assertThat(replay(trade("14:31:06", "-500"), "", broken, trade("14:31:08", "-1"))).isEqualTo(1);
    assertThat(decided())
        .containsExactly(
            "2025-10-31T14:31:06Z 7 violation",
            "2025-10-31T14:31:06Z 7 lockout_set",
            "2025-10-31T14:31:06Z 7 cancel_all_orders",
            "2025-10-31T14:31:06Z 7 close_all_positions");
    assertThat(err).contains("standard input:3: " + why).contains("1 line, 4 decisions");
  }

  @Test
  void whatTheEngineWouldLeaveOutIsReportedAndLeftOut() {
    assertThat(
            replay(
                line("14:30:00", "Sunrise", "{}"),
                line("14:30:01", "GatewayUserTrade", "{\"id\":5,\"accountId\":7}"),
                line("14:30:02", "GatewayUserOrder", "\"text\""),
                trade("14:31:06", "-500")))
        .isZero();
    assertThat(decided()).hasSize(4);
    assertThat(err)
        .contains("standard input:1: Sunrise: an event of this name is not known; left out")
        .contains("standard input:2: GatewayUserTrade 5: member contractId is missing; left out")
        .contains("standard input:3: GatewayUserOrder: it came without a payload; left out")
        .contains("4 lines, 4 decisions; 3 left out or failed, see above");
  }

  @Test
  void aTimeThatGoesBackwardsCountsAsTheOneBefore() {
    assertThat(replay(clock("14:40:00"), trade("14:31:06", "-500"))).isZero();
    assertThat(decided()).first().isEqualTo("2025-10-31T14:40:00Z 7 violation");
  }

  @Test
  void nothingFiresAfterTheLastLine() {
    assertThat(replay(trade("14:31:06", "-500"), clock("21:59:59.999"))).isZero();
    assertThat(decided()).hasSize(4);
    assertThat(replay(trade("14:31:06", "-500"), clock("22:00:00"))).isZero();
    assertThat(decided().subList(4, 6))
        .containsExactly("2025-10-31T22:00:00Z 7 reset", "2025-10-31T22:00:00Z 7 lockout_cleared");
  }

  @Test
  void whatIsBeforeFromIsDecidedSilentlyAndToIsExclusive() {
    String day = String.join("\n", trade("14:31:06", "-500"), clock("22:00:00"), clock("22:00:01"));
    assertThat(
            run(between(options("-"), Optional.of("2025-10-31T14:31:06Z"), Optional.empty()), day))
        .isZero();
    assertThat(decided()).hasSize(6);
    assertThat(
            run(
                between(options("-"), Optional.of("2025-10-31T14:31:06.001Z"), Optional.empty()),
                day))
        .isZero();
    assertThat(decided())
        .containsExactly("2025-10-31T22:00:00Z 7 reset", "2025-10-31T22:00:00Z 7 lockout_cleared");
    assertThat(
            run(between(options("-"), Optional.empty(), Optional.of("2025-10-31T22:00:00Z")), day))
        .isZero();
    assertThat(decided()).hasSize(4);
    assertThat(
            run(
                between(options("-"), Optional.empty(), Optional.of("2025-10-31T22:00:00.001Z")),
                day))
        .isZero();
    assertThat(decided()).hasSize(6);
  }

  @Test
  void aMalformedLineBehindToIsNotReached() {
    String day = trade("14:31:06", "-500") + "\n" + clock("14:32:00") + "\nbroken";
    assertThat(
            run(between(options("-"), Optional.empty(), Optional.of("2025-10-31T14:32:00Z")), day))
        .isZero();
  }

  @Test
  void withoutAccountsEveryAccountIsWatched() {
    assertThat(replay(trade("14:31:06", 7, "-500"), trade("14:31:07", 8, "-500"))).isZero();
    assertThat(decided()).hasSize(8);
  }

  @Test
  void accountsGiveTheSetAndTheOverridesWithoutTheirCredentials() throws IOException {
    Files.writeString(
        config.resolve("accounts.yaml"),
        """
        topstepx: {username: "${NOT_SET_ANYWHERE}", api_key: "${NOT_SET_EITHER}"}
        accounts:
          - {account_id: 7, rules: {daily_realized_loss: {limit: -900}}}
          - {account_id: 9}
        """);
    assertThat(
            replay(
                trade("14:31:06", 7, "-899.99"),
                trade("14:31:07", 8, "-5000"),
                trade("14:31:08", 9, "-500")))
        .as("%s", err)
        .isZero();
    assertThat(decided()).hasSize(4).allMatch(line -> line.contains(":08Z 9 "));
  }

  @Test
  void rulesThatAreWrongAreAllListed() throws IOException {
    Files.writeString(
        config.resolve("risk_config.yaml"), "daily_realized_los: {}\nmax_contracts: {limit: -1}\n");
    assertThat(replay(clock("14:00:00"))).isEqualTo(1);
    assertThat(err)
        .contains("risk_config.yaml:1:1: daily_realized_los: unknown key (did you mean")
        .contains("risk_config.yaml:2:24: max_contracts.limit: must be");
    assertThat(out).isEmpty();
    Files.delete(config.resolve("risk_config.yaml"));
    assertThat(replay(clock("14:00:00"))).isEqualTo(1);
    assertThat(err).contains("risk_config.yaml: the file is missing");
  }

  @Test
  void withoutRulesTheRecordingMustSayThem() {
    Replay.Options none =
        new Replay.Options(
            Optional.empty(),
            List.of("-"),
            Map.of(),
            OptionalLong.empty(),
            Optional.empty(),
            Optional.empty(),
            false,
            Optional.empty(),
            false,
            false);
    assertThat(run(none, trade("14:31:06", "-500"))).isEqualTo(1);
    assertThat(err).contains("give --config DIR");
    String start =
        line(
            "14:00:00",
            "EngineStarted",
            "{\"rules\":{\"accounts\":{\"7\":{\"daily_realized_loss\":{\"limit\":-100}}},"
                + "\"holidays\":{}}}");
    String day = start + "\n" + trade("14:31:06", "-100") + "\n" + trade("14:31:07", 8, "-100");
    assertThat(run(none, day)).as("%s", err).isZero();
    assertThat(decided()).hasSize(4).allMatch(line -> line.contains(" 7 "));
  }

  @Test
  void rulesThatDifferFromTheRecordedOnesAreWarnedOf() throws IOException {
    String started =
        line(
            "14:00:00",
            "EngineStarted",
            "{\"configHash\":\"sha256:12ab\",\"rules\":{\"accounts\":{\"7\":{\"daily_realized_loss\":"
                + "{\"limit\":-100}}},\"holidays\":{}}}");
    assertThat(replay(started, clock("14:00:01"))).isZero();
    assertThat(err)
        .contains("warning: recorded under other rules than those of --config (sha256:12ab);")
        .contains("account 7: RULE-003 differ.");
    // The same rule, written in another way.
    Files.writeString(
        config.resolve("risk_config.yaml"),
        "# mine\ndaily_realized_loss:\n  enabled: true\n  limit: -100.00\n");
    assertThat(replay(started, clock("14:00:01"))).isZero();
    assertThat(err).doesNotContain("recorded under");
    Files.writeString(
        config.resolve("accounts.yaml"),
        "topstepx: {username: u, api_key: k}\naccounts: [{account_id: 8}]\n");
    assertThat(replay(started, clock("14:00:01"))).isZero();
    assertThat(err).contains("account 7: is not among the accounts of --config");
  }

  @Test
  void aRecordingThatBeginsAtARestartGoesOnFromWhatTheEngineHad() {
    String locked =
        "{\"lockouts\":[{\"id\":3,\"accountId\":7,\"ruleId\":\"RULE-003\",\"rule\":"
            + "\"daily_realized_loss\",\"type\":\"hard\",\"reason\":\"x\",\"lockedAt\":"
            + "\"2025-10-31T13:00:00Z\",\"expiresAt\":\"2025-10-31T22:00:00Z\",\"baseline\":"
            + "\"fixed\",\"tradingDay\":\"2025-10-31\"}],\"resets\":[{\"accountId\":7,\"reset\":"
            + "\"17:00 America/Chicago\",\"tradingDay\":\"2025-10-30\"}],\"lastSeen\":"
            + "\"2025-10-30T21:00:00Z\"}";
    assertThat(
            replay(
                line("14:00:00", "EngineStarted", locked),
                clock("14:00:01"),
                trade("14:31:06", "-1"),
                clock("22:00:00")))
        .as("%s", err)
        .isZero();
    assertThat(decided())
        .containsExactly(
            "2025-10-30T22:00:00Z 7 reset",
            "2025-10-31T14:31:06Z 7 precheck_blocked",
            "2025-10-31T22:00:00Z 7 reset",
            "2025-10-31T22:00:00Z 7 lockout_cleared");
  }

  @Test
  void aStartThatCannotBeReadIsLeftOut() {
    assertThat(
            replay(
                line("14:00:00", "EngineStarted", "{\"lockouts\":[{\"id\":3}]}"),
                trade("14:31:06", "-500")))
        .isZero();
    assertThat(err)
        .contains("standard input:1: EngineStarted: lockouts[0]: member accountId is missing");
    assertThat(decided()).hasSize(4);
  }

  @Test
  void aChangeOfTheConfigurationCountsUnlessTheRulesAreKept() {
    String change = line("14:32:00", "ConfigChanged", "{\"daily_realized_loss\":{\"limit\":-300}}");
    String day = trade("14:31:06", "-300") + "\n" + change + "\n";
    assertThat(run(options("-"), day)).isZero();
    assertThat(decided()).hasSize(4).allMatch(line -> line.startsWith("2025-10-31T14:32:00Z 7"));
    Replay.Options o = options("-");
    Replay.Options kept =
        new Replay.Options(
            o.config(),
            o.events(),
            o.environment(),
            o.account(),
            o.from(),
            o.to(),
            true,
            o.sweep(),
            o.json(),
            o.progress());
    assertThat(run(kept, day)).isZero();
    assertThat(out).isEmpty();
    assertThat(run(options("-"), day.replace("\"limit\"", "\"limt\""))).isZero();
    assertThat(err).contains("ConfigChanged: daily_realized_loss.limt: unknown key");
    assertThat(out).isEmpty();
  }

  @Test
  void filesMayBePackedAndSeveralAndDirectories() throws IOException {
    Path recordings = Files.createDirectory(directory.resolve("recordings"));
    try (OutputStream packed =
        new GZIPOutputStream(Files.newOutputStream(recordings.resolve("a.jsonl.gz")))) {
      packed.write((trade("14:31:06", "-250") + "\r\n").getBytes(StandardCharsets.UTF_8));
    }
    Files.writeString(recordings.resolve("b.jsonl"), trade("14:31:07", "-250"));
    Files.writeString(recordings.resolve("notes.txt"), "not a recording");
    assertThat(run(options(recordings.toString()), "")).as("%s", err).isZero();
    assertThat(decided()).hasSize(4);
    assertThat(
            run(
                options(
                    recordings.resolve("a.jsonl.gz").toString(),
                    recordings.resolve("b.jsonl").toString()),
                ""))
        .isZero();
    assertThat(decided()).hasSize(4);
    Path empty = Files.createDirectory(directory.resolve("empty"));
    assertThat(run(options(empty.toString()), "")).isEqualTo(1);
    assertThat(err).contains("there are no recordings (*.jsonl) in");
    assertThat(run(options(directory.resolve("none.jsonl").toString()), "")).isEqualTo(1);
    assertThat(err).contains("there is no file").contains("none.jsonl");
  }

  @Test
  void aSweepIsATableOfWhatEachValueWouldHaveDone() {
    String day =
        String.join(
            "\n", trade("14:31:06", "-300"), trade("14:32:06", "-220"), trade("14:33:06", "-1"));
    assertThat(run(sweeping(options("-"), "daily_realized_loss.limit=-300,-500,-800", false), day))
        .isZero();
    assertThat(out)
        .isEqualTo(
            """
            daily_realized_loss.limit   violations   lockouts   first lockout          realized P&L at it
                                 -300            1          1   2025-10-31T14:31:06Z              -300.00
                                 -500            1          1   2025-10-31T14:32:06Z              -520.00
                                 -800            0          0   -                                       -
            """);
    assertThat(run(sweeping(options("-"), "daily_realized_loss.limit=-300,-800", true), day))
        .isZero();
    assertThat(out)
        .isEqualTo(
            "{\"key\":\"daily_realized_loss.limit\",\"values\":[{\"value\":\"-300\","
                + "\"violations\":1,\"lockouts\":1,\"firstLockout\":\"2025-10-31T14:31:06Z\","
                + "\"realized\":\"-300.00\"},{\"value\":\"-800\",\"violations\":0,\"lockouts\":0,"
                + "\"firstLockout\":null,\"realized\":null}]}\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "daily_realized_loss.limit | must be key=value,value,",
        "daily_realized_loss.limit= | must be key=value,value,",
        "daily_realized_loss.limt=-3 | daily_realized_loss.limt: unknown key (did you mean limit?)",
        "daily_realized_loss.limit=3,-4 | --sweep 3:1:1: daily_realized_loss.limit: must be an"
            + " amount below 0",
        "loss=-3 | loss: unknown key"
      })
  void aSweepThatCannotBeIsRefused(String sweep, String message) {
    assertThat(run(sweeping(options("-"), sweep, false), "")).isEqualTo(1);
    assertThat(err).contains(message);
    assertThat(out).isEmpty();
  }

  @Test
  void aSweepReachesNestedKeysListsAndAccountsWithOverrides() throws IOException {
    Files.writeString(
        config.resolve("risk_config.yaml"),
        "symbol_blocks: {blocked_symbols: [RTY]}\n" + LOSS + "general: {blind: {after: 30s}}\n");
    Files.writeString(
        config.resolve("accounts.yaml"),
        "accounts: [{account_id: 7, rules: {daily_realized_loss: {limit: -900}}}]\n");
    assertThat(
            run(
                sweeping(options("-"), "daily_realized_loss.limit=-100,-200", false),
                trade("14:31:06", "-150")))
        .as("%s", err)
        .isZero();
    assertThat(out)
        .contains("-100            1          1")
        .contains("-200            0          0");
    assertThat(
            run(sweeping(options("-"), "symbol_blocks.blocked_symbols=[RTY,BTC],[MNQ]", false), ""))
        .as("%s", err)
        .isZero();
    assertThat(out).contains("[RTY,BTC]").contains("[MNQ]");
    assertThat(run(sweeping(options("-"), "general.blind.after=30s,1m", false), ""))
        .as("%s", err)
        .isZero();
  }

  @Test
  void aRuleThatIsOffIsSaidToBeWhenItIsSwept() throws IOException {
    Files.writeString(
        config.resolve("risk_config.yaml"), "daily_realized_loss: {enabled: false, limit: -5}\n");
    assertThat(run(sweeping(options("-"), "daily_realized_loss.limit=-1", false), "")).isZero();
    assertThat(err).contains("daily_realized_loss: is not enabled, so no value of it changes");
  }

  @Test
  void whatWasRecordedFromTheVenueReplays() throws IOException {
    Files.writeString(
        config.resolve("risk_config.yaml"),
        LOSS.replace("-500", "-20")
            + "max_contracts: {limit: 1}\ntrade_frequency_limit: {limits: {per_hour: 10}}\n");
    List<String> lines = new ArrayList<>();
    for (JsonNode row : rows("trades_search_24h.json")) {
      lines.add(recorded(row.path("creationTimestamp").asString(), "GatewayUserTrade", row));
    }
    for (JsonNode row : rows("orders_search_24h.json")) {
      lines.add(recorded(row.path("updateTimestamp").asString(), "GatewayUserOrder", row));
    }
    lines.sort(Comparator.naturalOrder());
    Map<String, String> hub =
        Map.of(
            "account", "GatewayUserAccount",
            "order", "GatewayUserOrder",
            "position", "GatewayUserPosition",
            "trade", "GatewayUserTrade");
    for (Map.Entry<String, String> event : hub.entrySet()) {
      lines.add(
          recorded("2026-08-20T00:00:00Z", event.getValue(), Recordings.hubEvent(event.getKey())));
    }
    for (String market : List.of("quote", "market_trade")) {
      JsonNode event = Recordings.hubEvent(market);
      JsonNode both = event.has("payload") ? event.path("payload") : event;
      lines.add(
          "{\"t\":\"2026-08-20T00:00:01Z\",\"event\":\""
              + (market.equals("quote") ? "GatewayQuote" : "GatewayTrade")
              + "\",\"contractId\":\"CON.F.US.MNQ.U26\",\"data\":"
              + both
              + "}");
    }
    assertThat(replay(lines.toArray(String[]::new))).as("%s", err).isZero();
    assertThat(err).doesNotContain("left out");
    assertThat(out).contains("\"decision\":\"lockout_set\"").contains("\"decision\":\"reset\"");
  }

  private static String recorded(String t, String event, JsonNode data) {
    return "{\"t\":\"" + t + "\",\"event\":\"" + event + "\",\"data\":" + data + "}";
  }

  private static List<JsonNode> rows(String file) {
    JsonNode json = Recordings.read(file);
    for (JsonNode member : json.values()) {
      if (member.isArray()) {
        return List.copyOf(member.values());
      }
    }
    return List.copyOf(json.values());
  }

  @Test
  void anExportOfTradesBecomesFills() {
    String csv =
        """
        Id,ContractName,EnteredAt,ExitedAt,EntryPrice,ExitPrice,Fees,PnL,Size,Type,TradeDay,TradeDuration,Commissions
        1,MNQZ5,10/31/2025 09:31:05 -05:00,10/31/2025 09:33:05 -05:00,21000.25,20876.25,1.48,-496.00,2,Long,10/31/2025 00:00:00 -05:00,00:02:00,
        2,ESZ5,10/31/2025 09:40:00 -05:00,10/31/2025 09:41:00 -05:00,6800.25,6800.25,2.80,0.00,1,Short,10/31/2025 00:00:00 -05:00,00:01:00,0.5
        """;
    // -496 - 1.48 - 3.30 + 0.78 is -500: half of the second row's fees came with its entry.
    assertThat(run(options("-"), csv.replace("0.00,1,Short", "0.79,1,Short"))).isZero();
    assertThat(decided()).isEmpty();
    assertThat(run(options("-"), csv.replace("0.00,1,Short", "0.78,1,Short"))).isZero();
    assertThat(decided().subList(0, 4))
        .allMatch(line -> line.startsWith("2025-10-31T14:41:00Z 1 "));
    assertThat(decided()).last().isEqualTo("2025-10-31T14:41:00Z 1 precheck_blocked");
    assertThat(err)
        .contains("an export of trades, taken as those of account 1")
        .contains("open P&L, quotes, stops and other orders, cancelled orders")
        .contains("exact partial fills are unknown");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "MNQZ5 | XYZZ5 | the contract XYZZ5 is not known",
        "Long | Sideways | Type must be Long or Short, not Sideways",
        ",2,Long | ,0,Long | Size must be a number of contracts, not 0",
        "-496.00 | lots | PnL must be a number, not lots",
        "10/31/2025 09:31:05 -05:00 | yesterday | EnteredAt must be a time such as",
        "09:33:05 | 09:30:05 | it ends before it begins"
      })
  void aRowThatCannotBeUsedIsNamed(String from, String to, String why) {
    String csv =
        """
        Id,ContractName,EnteredAt,ExitedAt,EntryPrice,ExitPrice,Fees,PnL,Size,Type,TradeDay,TradeDuration
        1,MNQZ5,10/31/2025 09:31:05 -05:00,10/31/2025 09:33:05 -05:00,21000.25,20876.25,1.48,-496.00,2,Long,10/31/2025 00:00:00 -05:00,00:02:00
        """;
    assertThat(run(options("-"), csv.replaceFirst(java.util.regex.Pattern.quote(from), to)))
        .isEqualTo(1);
    assertThat(err).contains("standard input:2: " + why);
    assertThat(run(options("-"), csv.replace("PnL", "Profit"))).isEqualTo(1);
    assertThat(err).contains("the column PnL is missing");
  }

  @Test
  void whenNobodyReadsAnyMoreItEnds() {
    PrintWriter gone =
        new PrintWriter(
            new Writer() {
              @Override
              public void write(char[] text, int from, int length) throws IOException {
                throw new IOException("broken pipe");
              }

              @Override
              public void flush() {}

              @Override
              public void close() {}
            });
    int[] read = {0};
    InputStream endless =
        new InputStream() {
          private byte[] rest = new byte[0];
          private int at;

          @Override
          public int read() {
            if (at == rest.length) {
              String time = String.format("%02d:%02d:%02d", 1, read[0] / 60 % 60, read[0] % 60);
              read[0]++;
              rest = (trade(time, 100 + read[0], "-500") + "\n").getBytes(StandardCharsets.UTF_8);
              at = 0;
            }
            return rest[at++];
          }
        };
    int code = Replay.run(options("-"), endless, gone, new PrintWriter(new StringWriter()));
    assertThat(code).isEqualTo(1);
    assertThat(read[0]).isLessThan(1_000);
  }

  @Test
  void progressIsShownToWhoWatchesAndLeavesNoTrace() {
    String day = (clock("14:00:00") + "\n").repeat(100_000);
    Replay.Options o = options("-");
    Replay.Options watched =
        new Replay.Options(
            o.config(),
            o.events(),
            o.environment(),
            o.account(),
            o.from(),
            o.to(),
            false,
            o.sweep(),
            false,
            true);
    assertThat(run(watched, day)).isZero();
    assertThat(err).contains("\r50,000 lines").endsWith("\r\u001b[K100000 lines, 0 decisions\n");
    assertThat(run(o, day)).isZero();
    assertThat(err).doesNotContain("\r");
  }

  @Test
  void aLineThatNeverEndsIsRefused() {
    InputStream endless =
        new InputStream() {
          @Override
          public int read() {
            return 'x';
          }

          @Override
          public int read(byte[] to, int from, int length) {
            java.util.Arrays.fill(to, from, from + length, (byte) 'x');
            return length;
          }
        };
    StringWriter error = new StringWriter();
    int code =
        Replay.run(
            options("-"),
            endless,
            new PrintWriter(new ByteArrayOutputStream()),
            new PrintWriter(error));
    assertThat(code).isEqualTo(1);
    assertThat(error.toString()).contains("line 1 is longer than 64 MiB");
  }
}
