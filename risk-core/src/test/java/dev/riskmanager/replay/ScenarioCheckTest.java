package dev.riskmanager.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.riskmanager.payload.WireJson;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class ScenarioCheckTest {
  private static final String LIMIT =
      "config: {daily_realized_loss: {enabled: true, limit: -500, reset_time: \"17:00\","
          + " timezone: America/Chicago}}";

  /** As in the documentation. */
  private static final String ENDS_THE_DAY =
      """
      - name: the third losing trade ends the day
        %s
        given: {positions: [{contractId: CON.F.US.MNQ.Z25, type: 1, size: 2, averagePrice: 21000}]}
        when:
          - {at: "09:31:05", event: GatewayUserTrade, data: {contractId: CON.F.US.MNQ.Z25, profitAndLoss: -550, size: 2, side: 1, price: 20862.5}}
        then:
          - {decision: violation, ruleId: RULE-003}
          - {decision: lockout_set, ruleId: RULE-003, lockoutType: hard, until: "2025-10-31T22:00:00Z"}
          - {decision: cancel_all_orders}
          - {decision: close_all_positions}
      """
          .formatted(LIMIT);

  @TempDir private Path directory;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private Path file(String name, String text) throws IOException {
    Path file = directory.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  private int check(ScenarioCheck.Options options) {
    return ScenarioCheck.run(options, new PrintWriter(out), new PrintWriter(err));
  }

  private int check(Path... files) {
    return check(options(false, files));
  }

  private static ScenarioCheck.Options options(boolean json, Path... files) {
    return new ScenarioCheck.Options(
        List.of(files), Optional.empty(), Map.of(), json, false, false);
  }

  /** A scenario of one trade at 09:31:05 Chicago with this P&L, and what must be decided. */
  private static String trade(String profitAndLoss, String then) {
    return """
    - name: a trade
      %s
      when:
        - {at: "9:31:05", event: GatewayUserTrade, data: {contractId: CON.F.US.MNQ.Z25, profitAndLoss: %s, size: 2, side: 1, price: 1}}
      then: %s
    """
        .formatted(LIMIT, profitAndLoss, then);
  }

  @Test
  void theDocumentedScenarioIsGreen() throws IOException {
    assertThat(check(file("a.yaml", ENDS_THE_DAY))).isZero();
    assertThat(out)
        .hasToString(
            """
            green  the third losing trade ends the day
            1 scenario: 1 green, 0 red
            """);
    assertThat(err).hasToString("");
  }

  @Test
  void silenceIsGreenOnlyWhenNothingIsDecided() throws IOException {
    assertThat(check(file("a.yaml", trade("-499.99", "[]")))).isZero();
    assertThat(check(file("b.yaml", trade("-500", "[]")))).isEqualTo(1);
    assertThat(out.toString())
        .contains("red    a trade (b.yaml:1)\n")
        .contains(
            "+ {\"t\":\"2025-10-31T14:31:05Z\",\"account\":13298777,\"decision\":\"violation\"")
        .endsWith("1 scenario: 0 green, 1 red\n");
  }

  @Test
  void aRedOneShowsWhatDiffersAndWhere() throws IOException {
    String then =
        """

            - {decision: violation, ruleId: RULE-003, reason: other}
            - {decision: lockout_set, until: "16:59"}
            - {decision: alert}
            - {decision: close_all_positions}
        """;
    assertThat(check(file("a.yaml", trade("-550", then)))).isEqualTo(1);
    assertThat(out)
        .hasToString(
            """
            red    a trade (a.yaml:1)
                     ! violation t=2025-10-31T14:31:05Z RULE-003 lockoutType=hard until=2025-10-31T22:00:00Z "Daily loss limit exceeded: $-550.00 (limit: $-500.00)"
                         reason: expected other, decided Daily loss limit exceeded: $-550.00 (limit: $-500.00)
                     ! lockout_set t=2025-10-31T14:31:05Z RULE-003 lockoutType=hard until=2025-10-31T22:00:00Z "Daily loss limit exceeded: $-550.00 (limit: $-500.00)"
                         until: expected 2025-10-31T21:59:00Z, decided 2025-10-31T22:00:00Z
                     - alert   (expected, not decided; line 8)
                     + {"t":"2025-10-31T14:31:05Z","account":13298777,"decision":"cancel_all_orders","ruleId":"RULE-003","rule":"daily_realized_loss","reason":"Daily loss limit exceeded: $-550.00 (limit: $-500.00)"}   (decided, not expected)
                     = close_all_positions t=2025-10-31T14:31:05Z RULE-003 "Daily loss limit exceeded: $-550.00 (limit: $-500.00)"
            1 scenario: 0 green, 1 red
            """);
  }

  @Test
  void theOrderCounts() throws IOException {
    String swapped =
        "[{decision: violation}, {decision: lockout_set}, {decision: close_all_positions},"
            + " {decision: cancel_all_orders}]";
    assertThat(check(file("a.yaml", trade("-550", swapped)))).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{decision: violation, symbol: null, guard: false, until: \"17:00\", account: 13298777} |"
            + " 0",
        "{decision: violation, ruleId: null} | 1",
        "{decision: violation, symbol: MNQ} | 1",
        "{decision: violation, shadow: true} | 1",
        "{decision: violation, account: 13298778} | 1",
        "{decision: violation, t: \"2025-10-31 09:31:05\"} | 0",
        "{decision: violation, t: \"2025-10-31T15:31:05+01:00\"} | 0",
        "{decision: violation, t: \"09:31:06\"} | 1",
        "{decision: violation, tradingDay: 2025-10-31} | 0"
      })
  void namedMembersAreCompared(String violation, int code) throws IOException {
    String then =
        "["
            + violation
            + ", {decision: lockout_set}, {decision: cancel_all_orders},"
            + " {decision: close_all_positions}]";
    assertThat(check(file("a.yaml", trade("-550", then)))).as("%s", out).isEqualTo(code);
  }

  @Test
  void whatThePrecheckBlockedIsComparedOnlyWhenNamed() throws IOException {
    String two =
        trade("-550", "%s")
            .replace(
                "then:",
                "  - {at: \"09:32\", event: GatewayUserTrade, data: {contractId:"
                    + " CON.F.US.MNQ.Z25, profitAndLoss: -1, size: 1, side: 1, price: 1}}\n"
                    + "  then:");
    String locking =
        "{decision: violation}, {decision: lockout_set}, {decision: cancel_all_orders},"
            + " {decision: close_all_positions}";
    assertThat(check(file("a.yaml", two.formatted("[" + locking + "]")))).isZero();
    assertThat(
            check(file("b.yaml", two.formatted("[" + locking + ", {decision: precheck_blocked}]"))))
        .isZero();
    assertThat(
            check(file("c.yaml", two.formatted("[{decision: precheck_blocked}, " + locking + "]"))))
        .isEqualTo(1);
  }

  @Test
  void theDefaultAccountNamedByItselfIsWatchedFromTheStart() throws IOException {
    String text =
        """
        name: the day ends before anything is told of the account
        config: {auth_loss_guard: {enabled: true}}
        when:
          - {at: "16:59", event: Clock}
          - {at: "17:00", event: Clock}
          - {at: "17:01", event: Reconciled, data: {accounts: [{id: 13298777, name: x}]}}
        then: [{decision: reset, account: 13298777, t: "17:00"}]
        """;
    assertThat(check(file("a.yaml", text))).as("%s%s", out, err).isZero();
    // Another one is not, before it turns up.
    Path other =
        file(
            "b.yaml", text.replace("13298777, name", "7, name").replaceAll("then: .*", "then: []"));
    assertThat(check(other)).as("%s%s", out, err).isZero();
  }

  @Test
  void accountsAndTheirOverridesAndHolidaysMayBeNamed() throws IOException {
    String text =
        """
        name: two accounts
        config: {daily_realized_loss: {limit: -500}, session_block_outside: {enabled: false}}
        accounts: [{account_id: 1, rules: {daily_realized_loss: {limit: -100}}}, {account_id: 2}]
        holidays: {holidays: ["2025-10-31"]}
        zone: America/New_York
        date: 2025-10-31
        when:
          - {at: "10:00", event: GatewayUserTrade, data: {contractId: CON.F.US.MNQ.Z25, profitAndLoss: -150, size: 2, side: 1, price: 1}}
          - {at: "10:00", event: GatewayUserTrade, data: {accountId: 2, contractId: CON.F.US.MNQ.Z25, profitAndLoss: -150, size: 2, side: 1, price: 1}}
          - {at: "10:00", event: GatewayUserTrade, data: {accountId: 3, contractId: CON.F.US.MNQ.Z25, profitAndLoss: -900, size: 2, side: 1, price: 1}}
        then:
          - {decision: violation, account: 1, t: "2025-10-31T14:00:00Z"}
          - {decision: lockout_set, account: 1}
          - {decision: cancel_all_orders, account: 1}
          - {decision: close_all_positions, account: 1}
        """;
    assertThat(check(file("a.yml", text))).as("%s%s", out, err).isZero();
  }

  @Test
  void aRestartInTheMiddleKeepsTheLockout() throws IOException {
    String text =
        ENDS_THE_DAY.replace(
                "  then:",
                "    - {at: \"10:00\", event: EngineStarted}\n"
                    + "    - {at: \"10:00:01\", event: Snapshot, data: {positions:"
                    + " [{contractId: CON.F.US.MNQ.Z25, type: 2, size: 1, averagePrice: 21000}]}}\n"
                    + "  then:")
            + "    - {decision: close_position, guard: true, ruleId: RULE-003, side: SHORT}\n";
    assertThat(check(file("a.yaml", text))).as("%s%s", out, err).isZero();
  }

  @Test
  void aChangeOfTheConfigurationTakesEffect() throws IOException {
    String text =
        trade(
                "-400",
                "[{decision: violation, t: \"09:40\"}, {decision: lockout_set},"
                    + " {decision: cancel_all_orders}, {decision: close_all_positions}]")
            .replace(
                "  then:",
                "    - {at: \"09:40\", event: ConfigChanged, data: {daily_realized_loss:"
                    + " {limit: -300}}}\n"
                    + "  then:");
    assertThat(check(file("a.yaml", text))).as("%s%s", out, err).isZero();
  }

  @Test
  void aPayloadThatTheEngineLeavesOutIsRedUnlessItIsExpected() throws IOException {
    String text = trade("\"much\"", "[]");
    assertThat(check(file("a.yaml", text))).isEqualTo(1);
    assertThat(out.toString())
        .contains(
            "? a.yaml:4:7: GatewayUserTrade 1001: member profitAndLoss is a text, not a number");
    String skipped =
        text.replace("event: GatewayUserTrade", "event: GatewayUserTrade, skipped: true");
    assertThat(check(file("b.yaml", skipped))).isZero();
    assertThat(check(file("c.yaml", skipped.replace("\"much\"", "-1")))).isEqualTo(1);
    assertThat(out.toString()).contains("was to be left out, but was taken");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "whn: [] | a.yaml:2:1: whn: unknown key (did you mean when?)",
        "date: tomorrow | a.yaml:2:7: date: must be a date such as 2025-10-31, not \"tomorrow\"",
        "zone: America/Chikago | a.yaml:2:7: zone: must be a time zone such as America/Chicago",
        "when: [{at: noon, event: Clock}] | a.yaml:2:13: when[0].at: must be a time such as",
        "when: [{event: Clock}] | a.yaml:2:8: when[0].at: is missing; add it",
        "when: [{at: 9:30, event: Clok}] | (did you mean Clock?)",
        "when: [{at: 9:30, evnt: Clock}] | a.yaml:2:19: when[0].evnt: unknown key (did you mean"
            + " event?)",
        "when: [{at: 9:30, event: Clock, data: {x: 1}}] | a.yaml:2:40: Clock.x: unknown member",
        "given: {positions: [{sise: 2}]} | a.yaml:2:22: Snapshot.positions.sise: unknown member"
            + " (did you mean size?)",
        "given: {postions: []} | a.yaml:2:9: given.postions: unknown key (did you mean positions?)",
        "holidays: {holiday: []} | unknown key (did you mean holidays?)",
        "accounts: [{id: 1}] | a.yaml:2:12: accounts[0].account_id: is missing; add it"
      })
  void mistakesAreNamedWithTheirPlace(String line, String message) throws IOException {
    String text = "name: x\n" + line + "\nconfig: {daily_realized_loss: {limit: -1}}\nthen: []\n";
    assertThat(check(file("a.yaml", text))).isEqualTo(1);
    assertThat(err.toString()).contains(message);
    assertThat(out.toString())
        .endsWith("0 scenarios: 0 green, 0 red; 1 file not run, see the errors\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{decison: violation} | then[0].decison: no decision has such a member (did you mean"
            + " decision?)",
        "{decision: violaton} | (did you mean violation?)",
        "{decision: violation, until: soon} | then[0].until: must be a time such as",
        "{decision: violation, rulId: RULE-003} | then[0].rulId: no decision has such a member (did"
            + " you mean ruleId?)"
      })
  void expectationsAreChecked(String expected, String message) throws IOException {
    assertThat(check(file("a.yaml", trade("-1", "[" + expected + "]")))).isEqualTo(1);
    assertThat(err.toString()).contains(message);
  }

  @Test
  void aFileThatIsWrongStopsNoOther() throws IOException {
    Path wrong = file("wrong.yaml", "- name: [");
    Path missing = directory.resolve("missing.yaml");
    assertThat(check(wrong, missing, file("a.yaml", ENDS_THE_DAY))).isEqualTo(1);
    assertThat(err.toString())
        .contains("wrong.yaml:1:10: not valid YAML")
        .contains("missing.yaml: there is no such file");
    assertThat(out.toString())
        .contains("green  the third losing trade ends the day")
        .endsWith("1 scenario: 1 green, 0 red; 2 files not run, see the errors\n");
  }

  @Test
  void aDirectoryStandsForItsFiles() throws IOException {
    file("s/b.yaml", trade("-1", "[]").replace("a trade", "second"));
    file("s/a/x.yml", trade("-1", "[]").replace("a trade", "first"));
    file("s/readme.txt", "no scenario");
    assertThat(check(directory.resolve("s"))).isZero();
    assertThat(out).hasToString("green  first\ngreen  second\n2 scenarios: 2 green, 0 red\n");
    Path empty = Files.createDirectory(directory.resolve("empty"));
    assertThat(check(empty)).isEqualTo(1);
    assertThat(err.toString()).contains("no scenario files");
  }

  @Test
  void theRulesOfADirectoryCanBeTested() throws IOException {
    file("config/risk_config.yaml", "daily_realized_loss: {limit: -100}\n");
    Path scenario =
        file(
            "a.yaml",
            trade(
                    "-100",
                    "[{decision: violation}, {decision: lockout_set},"
                        + " {decision: cancel_all_orders}, {decision: close_all_positions}]")
                .replace(LIMIT, "zone: America/Chicago"));
    ScenarioCheck.Options plain = options(false, scenario);
    assertThat(check(plain)).isEqualTo(1);
    assertThat(err.toString()).contains("config: is missing; add it");
    assertThat(
            check(
                new ScenarioCheck.Options(
                    plain.files(),
                    Optional.of(directory.resolve("config")),
                    Map.of(),
                    false,
                    false,
                    false)))
        .as("%s%s", out, err)
        .isZero();
  }

  @Test
  void jsonIsOneObject() throws IOException {
    Path file = file("a.yaml", ENDS_THE_DAY + trade("-550", "[]"));
    assertThat(check(options(true, file))).isEqualTo(1);
    JsonNode all = WireJson.read(out.toString());
    assertThat(all.path("green").asInt()).isEqualTo(1);
    assertThat(all.path("red").asInt()).isEqualTo(1);
    assertThat(all.path("scenarios").path(0).path("result").asString()).isEqualTo("green");
    assertThat(all.path("scenarios").path(0).path("decided")).hasSize(4);
    assertThat(all.path("scenarios").path(1).path("differences")).hasSize(4);
    assertThat(all.path("scenarios").path(1).path("differences").path(0).path("kind").asString())
        .isEqualTo("unexpected");
  }
}
