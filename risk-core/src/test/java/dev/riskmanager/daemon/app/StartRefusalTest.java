package dev.riskmanager.daemon.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.riskmanager.wire.HomeDir;
import dev.riskmanager.wire.RefusedStart;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartRefusalTest {
  private static final Instant NOW = Instant.parse("2025-10-31T14:00:00Z");
  private static final StartException FULL = new StartException("the disk is full. Free space");

  @TempDir Path directory;
  private final List<String> heard = Collections.synchronizedList(new ArrayList<>());
  private HttpServer target;
  private HomeDir home;

  @BeforeEach
  void aHomeThatTellsAWebhook() throws IOException {
    target = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    target.createContext(
        "/",
        exchange -> {
          heard.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    target.start();
    home = new HomeDir(directory.resolve("home"));
    Files.createDirectories(home.config());
    Files.createDirectories(home.run());
    webhook("http://127.0.0.1:" + target.getAddress().getPort());
    Files.writeString(
        home.accountsYaml(),
        "topstepx: {username: demo, api_key: demo}\naccounts:\n  - account_id: 501\n");
    Files.writeString(home.riskConfigYaml(), "max_contracts: {enabled: true, limit: 5}\n");
    Files.writeString(home.holidaysYaml(), "holidays:\n  - \"2025-12-25\"\n");
  }

  @AfterEach
  void stop() {
    target.stop(0);
  }

  private void webhook(String url) throws IOException {
    Files.writeString(
        home.engineYaml(), "notifications:\n  webhook: {url: \"" + url + "\", events: [alarm]}\n");
  }

  private StartRefusal at(Instant now) {
    return new StartRefusal(home, Map.of(), now, directory.resolve("elsewhere"));
  }

  @Test
  void thoseWhoAreNotifiedAreTold() {
    at(NOW).happened(FULL);

    assertThat(heard)
        .singleElement()
        .asString()
        .contains("\"kind\":\"alarm\"")
        .contains("the engine cannot start: the disk is full. Free space")
        .contains("NOT PROTECTED");
  }

  @Test
  void theSameIsToldOnceAnHourAndSomethingElseAtOnce() {
    at(NOW).happened(FULL);
    at(NOW.plusSeconds(2)).happened(FULL);
    at(NOW.plus(Duration.ofHours(1)).minusSeconds(1)).happened(FULL);
    assertThat(heard).hasSize(1);

    at(NOW.plus(Duration.ofHours(1))).happened(FULL);
    assertThat(heard).hasSize(2);
    at(NOW.plus(Duration.ofHours(1)).plusSeconds(2)).happened(new StartException("read-only"));
    assertThat(heard).hasSize(3);
  }

  @Test
  void whoeverAsksForTheEngineFindsWhy() {
    at(NOW).happened(FULL);
    assertThat(RefusedStart.read(home.run()))
        .contains(new RefusedStart(NOW, "the disk is full. Free space"));

    at(NOW.plusSeconds(2)).over();
    assertThat(RefusedStart.read(home.run())).isEmpty();
    at(NOW.plusSeconds(4)).happened(FULL);
    assertThat(heard).as("after it ran it is news again").hasSize(2);
  }

  /** The disk of the home takes nothing: a service would tell it every two seconds. */
  @Test
  void whereTheHomeCannotBeWrittenItIsRememberedElsewhere() throws IOException {
    Files.delete(home.run());
    Files.writeString(home.run(), "no directory");

    at(NOW).happened(FULL);
    at(NOW.plusSeconds(2)).happened(FULL);

    assertThat(heard).hasSize(1);
  }

  @Test
  void nobodyIsToldThatAnotherEngineRuns() {
    at(NOW).happened(StartException.anotherRuns("another engine (pid 7) already runs"));

    assertThat(heard).isEmpty();
    assertThat(RefusedStart.read(home.run())).isEmpty();
  }

  @Test
  void withoutAConfigurationThatCanBeReadItIsKeptAllTheSame() throws IOException {
    Files.writeString(home.engineYaml(), "notifications: [");

    at(NOW).happened(FULL);

    assertThat(heard).isEmpty();
    assertThat(RefusedStart.read(home.run())).isPresent();
  }

  @Test
  void aTargetThatDoesNotAnswerHoldsItUpForAFewSecondsAtMost() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
      webhook("http://127.0.0.1:" + silent.getLocalPort());
      long began = System.nanoTime();

      at(NOW).happened(FULL);

      assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(8));
    }
  }
}
