package dev.riskmanager.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.riskmanager.sim.json.Json;
import dev.riskmanager.sim.testing.HubClient;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** The venue as a program. */
class VenueTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private int run(List<String> args) {
    return Venue.run(
        args,
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8),
        InstantSource.system());
  }

  private static JsonNode get(String url) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest request = HttpRequest.newBuilder(URI.create(url)).build();
      return Json.parse(client.send(request, HttpResponse.BodyHandlers.ofString()).body());
    }
  }

  @Test
  void printsItsAddressFirstAndRunsUntilInterrupted() throws Exception {
    CompletableFuture<Integer> ended = new CompletableFuture<>();
    Thread thread =
        Thread.ofPlatform()
            .start(
                () ->
                    ended.complete(
                        run(
                            List.of(
                                "--port=0",
                                "--account",
                                "501",
                                "--account=502",
                                "--seed",
                                "9",
                                "--knob",
                                "latency_ms=3",
                                "--knob=bracket_mode=position"))));
    HubClient.soon().until(() -> out.toString(StandardCharsets.UTF_8).contains("\n"));
    String first = out.toString(StandardCharsets.UTF_8).lines().findFirst().orElseThrow();
    assertThat(first).matches("\\{\"url\":\"http://127\\.0\\.0\\.1:\\d+\"}");
    String url = Json.parse(first).get("url").stringValue();
    JsonNode state = get(url + "/sim/state");
    assertThat(state.get("accounts"))
        .extracting(a -> a.get("id").longValue())
        .containsExactly(501L, 502L);
    assertThat(Json.write(state.get("knobs")))
        .isEqualTo(
            "{\"latency_ms\":3,\"bracket_mode\":\"position\",\"price_path\":\"walk\",\"seed\":9}");
    assertThat(ended.isDone()).isFalse();
    thread.interrupt();
    assertThat(ended.get(10, TimeUnit.SECONDS)).isZero();
    assertThat(err.size()).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --port 70000       | --port needs a whole number from 0 to 65535, not 70000
          --port             | --port needs a whole number
          --seed x           | --seed needs a whole number
          --account 0        | --account needs a whole number from 1
          --speed 3          | unknown option --speed; usage: venue [--port N]
          --knob speed=3     | no knob is named speed; valid: latency_ms
          --knob latency_ms  | a knob is set by NAME=VALUE
          --knob hang=Foo    | knob hang cannot be "Foo"; allowed:
          """)
  void wrongOptionsAreOneLineAndTwo(String args, String message) {
    assertThat(run(List.of(args.split(" ")))).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains(message);
    assertThat(err.toString(StandardCharsets.UTF_8).lines()).hasSize(1);
    assertThat(out.size()).isZero();
  }

  @Test
  void aTakenPortIsOneLineAndOne() {
    try (SimVenue other = SimVenue.builder(InstantSource.system()).start()) {
      assertThat(run(List.of("--port", "" + other.port()))).isEqualTo(1);
      assertThat(err.toString(StandardCharsets.UTF_8))
          .isEqualTo(
              "port "
                  + other.port()
                  + " cannot be used; choose another with --port, or --port 0"
                  + System.lineSeparator());
    }
  }

  @Test
  void aVenueThatIsClosedFreesItsPort() {
    SimVenue venue = SimVenue.builder(InstantSource.system()).start();
    int port = venue.port();
    venue.close();
    // Another program may be given the number for a moment: it is free, not reserved.
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .ignoreExceptions()
        .untilAsserted(
            () -> {
              try (SimVenue again = SimVenue.builder(InstantSource.system()).port(port).start()) {
                assertThat(again.port()).isEqualTo(port);
              }
            });
  }
}
