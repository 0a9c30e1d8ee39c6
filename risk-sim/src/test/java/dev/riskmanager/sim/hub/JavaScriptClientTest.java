package dev.riskmanager.sim.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.riskmanager.sim.SimVenue;
import dev.riskmanager.sim.exchange.OrderSide;
import dev.riskmanager.sim.json.Json;
import dev.riskmanager.sim.testing.HubClient;
import dev.riskmanager.sim.testing.RestClient;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/**
 * Microsoft's own JavaScript client, as npm delivers it, against the venue. Skipped, with the
 * reason, where there is no Node or npm cannot fetch the package.
 */
class JavaScriptClientTest {
  private static final String PACKAGE = "@microsoft/signalr@9.0.6";
  private static final Path DIRECTORY = Path.of("target", "javascript-client").toAbsolutePath();
  private static final long ACCOUNT = 13_298_777L;
  private static final String MNQ = "CON.F.US.MNQ.U26";

  private final SimVenue venue = SimVenue.builder(InstantSource.system()).instant().start();
  private final String token = RestClient.loggedIn(venue).token();
  private final List<JsonNode> lines = new CopyOnWriteArrayList<>();

  @BeforeAll
  static void install() throws IOException, InterruptedException {
    assumeTrue(
        runs("node", "--version"), "node is not installed: the JavaScript client is not tried");
    Files.createDirectories(DIRECTORY);
    // Once fetched it stays in target/, so that only the first run needs the network.
    if (!Files.exists(DIRECTORY.resolve("node_modules/@microsoft/signalr/package.json"))) {
      Files.writeString(DIRECTORY.resolve("package.json"), "{\"private\":true}");
      assumeTrue(
          runs("npm", "install", "--no-audit", "--no-fund", "--ignore-scripts", PACKAGE),
          "npm could not install " + PACKAGE + ": the JavaScript client is not tried");
    }
    try (InputStream script = JavaScriptClientTest.class.getResourceAsStream("/hub-client.mjs")) {
      assertThat(script).isNotNull();
      Files.copy(script, DIRECTORY.resolve("hub-client.mjs"), StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private static boolean runs(String... command) throws InterruptedException {
    try {
      Process process =
          new ProcessBuilder(command)
              .directory(Files.isDirectory(DIRECTORY) ? DIRECTORY.toFile() : null)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (!process.waitFor(120, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        return false;
      }
      return process.exitValue() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  @AfterEach
  void stop() {
    venue.close();
  }

  private Process client(String mode) throws IOException {
    Process process =
        new ProcessBuilder(
                "node",
                "hub-client.mjs",
                venue.userHubUrl(),
                venue.marketHubUrl(),
                token,
                "" + ACCOUNT,
                MNQ,
                mode)
            .directory(DIRECTORY.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    Thread.ofVirtual().start(() -> read(process));
    return process;
  }

  private void read(Process process) {
    try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
      reader.lines().map(Json::parse).forEach(lines::add);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<JsonNode> heard(String event) {
    return lines.stream()
        .filter(l -> l.get("event").stringValue().equals(event))
        .map(l -> l.get("args"))
        .toList();
  }

  private void await(String event, int count) {
    HubClient.soon()
        .alias(count + " " + event + " among " + lines)
        .atMost(20, TimeUnit.SECONDS)
        .until(() -> heard(event).size() >= count);
  }

  @ParameterizedTest
  @ValueSource(strings = {"skip", "negotiate"})
  void hearsBothHubs(String mode) throws IOException, InterruptedException {
    Process process = client(mode);
    try {
      await("ready", 1);
      assertThat(heard("result")).extracting(a -> a.get(0).intValue()).containsExactly(0, 0, 0);
      assertThat(heard("refused").getFirst().get(0).stringValue())
          .contains("Method does not exist");
      assertThat(heard("GatewayUserAccount")).hasSize(1);
      venue.roundTrip(
          ACCOUNT, "MNQ", OrderSide.SELL, 1, new BigDecimal("29500.25"), new BigDecimal("29504"));
      await("GatewayUserAccount", 3);
      await("GatewayTrade", 2);
      assertThat(
              lines.stream()
                  .filter(l -> l.get("hub").stringValue().equals("user"))
                  .map(l -> l.get("event").stringValue())
                  .filter(e -> e.startsWith("Gateway"))
                  .skip(1))
          .containsExactly(
              "GatewayUserOrder",
              "GatewayUserOrder",
              "GatewayUserTrade",
              "GatewayUserPosition",
              "GatewayUserAccount",
              "GatewayUserOrder",
              "GatewayUserOrder",
              "GatewayUserTrade",
              "GatewayUserPosition",
              "GatewayUserAccount");
      JsonNode loss = heard("GatewayUserTrade").get(1).get(0);
      assertThat(loss.get("action").intValue()).isZero();
      assertThat(loss.get("data").get("profitAndLoss").decimalValue()).isEqualByComparingTo("-7.5");
      assertThat(heard("GatewayTrade").get(1).get(0).stringValue()).isEqualTo(MNQ);
      assertThat(heard("GatewayTrade").get(1).get(1).get(0).get("price").decimalValue())
          .isEqualByComparingTo("29504");
      process.getOutputStream().close();
      assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isZero();
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void aCloseRecordReachesItInTheRecordedWords() throws IOException {
    Process process = client("skip");
    try {
      await("ready", 1);
      venue.knob("close_hubs", "Connection closed with an error.");
      await("closed", 2);
      assertThat(heard("closed").getFirst().get(0).stringValue())
          .contains("Server returned an error on close: Connection closed with an error.");
    } finally {
      process.destroyForcibly();
    }
  }
}
