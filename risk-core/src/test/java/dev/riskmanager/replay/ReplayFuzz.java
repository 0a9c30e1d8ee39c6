package dev.riskmanager.replay;

import dev.riskmanager.fuzz.Mutator;
import dev.riskmanager.fuzz.Target;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** Recordings and scenario files: they are played, or it is said what is wrong with them. */
public final class ReplayFuzz implements Target {
  private static final int MOST_SAID = 20_000_000;

  private static final String CONFIG =
      """
      general: {reset_time: "17:00", timezone: America/Chicago}
      max_contracts: {enabled: true, limit: 5}
      daily_realized_loss: {enabled: true, limit: -500}
      trade_frequency_limit: {enabled: true, limits: {per_minute: 3}}
      no_stop_loss_grace: {enabled: true, grace_period_seconds: 10}
      """;

  private static final String RECORDING =
      """
      {"t":"2025-10-31T14:30:00Z","event":"EngineStarted","data":{"lockouts":[],"timers":[]}}
      {"t":"2025-10-31T14:30:00Z","event":"Contracts","data":[{"id":"CON.F.US.MNQ.Z25","name":"MNQZ5","tickSize":0.25,"tickValue":0.5,"activeContract":true,"symbolId":"F.US.MNQ"}]}
      {"t":"2025-10-31T14:30:00Z","event":"Snapshot","data":{"accounts":[{"id":1,"name":"PRAC-1","balance":50000,"canTrade":true,"isVisible":true}],"positions":[],"orders":[],"trades":[]}}
      {"t":"2025-10-31T14:30:05Z","event":"GatewayUserPosition","data":{"id":8,"accountId":1,"contractId":"CON.F.US.MNQ.Z25","creationTimestamp":"2025-10-31T14:30:05+00:00","type":1,"size":6,"averagePrice":20000.25}}
      {"t":"2025-10-31T14:30:06Z","event":"GatewayQuote","contractId":"CON.F.US.MNQ.Z25","data":{"lastPrice":20001.5,"bestBid":20001.25,"bestAsk":20001.75}}
      {"t":"2025-10-31T14:30:07Z","event":"GatewayUserTrade","data":{"id":9,"accountId":1,"contractId":"CON.F.US.MNQ.Z25","creationTimestamp":"2025-10-31T14:30:07+00:00","price":20000.25,"profitAndLoss":-600,"fees":0.37,"side":1,"size":2,"voided":false,"orderId":7}}
      {"t":"2025-10-31T14:30:08Z","event":"Disconnected","data":{}}
      {"t":"2025-10-31T14:31:08Z","event":"Reconnected","data":{}}
      {"t":"2025-10-31T14:32:00Z","event":"Admin","data":{"method":"unlock","accountId":1,"reason":"x"}}
      {"t":"2025-10-31T23:00:00Z","event":"Clock","data":{}}
      """;

  private static final String SCENARIO =
      """
      - name: the third losing trade ends the day
        config: {daily_realized_loss: {enabled: true, limit: -500, reset_time: "17:00", timezone: America/Chicago}}
        date: 2025-10-31
        zone: America/Chicago
        given: {positions: [{contractId: CON.F.US.MNQ.Z25, type: 1, size: 2, averagePrice: 21000}]}
        when:
          - {at: "09:31:05", event: GatewayUserTrade, data: {contractId: CON.F.US.MNQ.Z25, profitAndLoss: -550, size: 2, side: 1, price: 20862.5}}
        then:
          - {decision: violation, ruleId: RULE-003}
          - {decision: lockout_set, ruleId: RULE-003, lockoutType: hard, until: "2025-10-31T22:00:00Z"}
          - {decision: cancel_all_orders}
          - {decision: close_all_positions}
      """;

  private final boolean scenario;
  private final Path directory;

  private ReplayFuzz(boolean scenario) throws IOException {
    this.scenario = scenario;
    this.directory = Files.createTempDirectory("rm-fuzz");
    Files.writeString(directory.resolve("risk_config.yaml"), CONFIG);
  }

  /** Of {@code risk-admin replay}. */
  public static ReplayFuzz recordings() throws IOException {
    return new ReplayFuzz(false);
  }

  /** Of {@code risk-admin check}. */
  public static ReplayFuzz scenarios() throws IOException {
    return new ReplayFuzz(true);
  }

  @Override
  public void attempt(Mutator input) throws Exception {
    Path file = directory.resolve(scenario ? "spoiled.yaml" : "spoiled.jsonl");
    Files.write(file, input.bytes(scenario ? SCENARIO : RECORDING));
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code = scenario ? check(file, out, err) : replay(file, out, err);
    if (code != 0 && code != 1) {
      throw new IllegalStateException("exit code " + code);
    }
    if (code == 1 && err.toString().isBlank() && out.toString().isBlank()) {
      throw new IllegalStateException("it failed without a word");
    }
    if (out.getBuffer().length() + err.getBuffer().length() > MOST_SAID) {
      throw new IllegalStateException("it says too much");
    }
  }

  private int replay(Path file, StringWriter out, StringWriter err) {
    return Replay.run(
        new Replay.Options(
            Optional.of(directory),
            List.of(file.toString()),
            Map.of(),
            OptionalLong.empty(),
            Optional.empty(),
            Optional.empty(),
            false,
            Optional.empty(),
            false,
            false),
        new ByteArrayInputStream(new byte[0]),
        new PrintWriter(out),
        new PrintWriter(err));
  }

  private static int check(Path file, StringWriter out, StringWriter err) {
    return ScenarioCheck.run(
        new ScenarioCheck.Options(List.of(file), Optional.empty(), Map.of(), false, false, false),
        new PrintWriter(out),
        new PrintWriter(err));
  }

  @Override
  public void close() throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path path : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }
}
