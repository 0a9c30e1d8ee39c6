package dev.riskmanager.daemon.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.riskmanager.domain.event.RiskEvent;
import dev.riskmanager.domain.model.ContractId;
import dev.riskmanager.domain.model.Price;
import dev.riskmanager.payload.WireJson;
import dev.riskmanager.recording.RecordingEncoder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecorderTest {
  private static final Instant T = Instant.parse("2026-08-19T15:00:00.123456789Z");
  private static final ContractId MNQ = new ContractId("CON.F.US.MNQ.U26");

  @Test
  void aFileHoldsEverythingInItsOrder(@TempDir Path home) throws Exception {
    List<String> expected = new ArrayList<>();
    Path file;
    List<String> problems = new CopyOnWriteArrayList<>();
    try (Recorder recorder = new Recorder(home.resolve("recordings"), T, problems::add)) {
      file = recorder.file();
      recorder.write(T, "EngineStarted", WireJson.read("{\"lockouts\":[]}"));
      expected.add(
          "{\"t\":\"2026-08-19T15:00:00.123456789Z\",\"event\":\"EngineStarted\","
              + "\"data\":{\"lockouts\":[]}}");
      for (int i = 1; i <= 10_000; i++) {
        RiskEvent event = new RiskEvent.MarketTraded(MNQ, Price.of(String.valueOf(i)));
        recorder.taken(T.plusNanos(i), event);
        expected.add(RecordingEncoder.line(T.plusNanos(i), event));
      }
    }
    assertThat(file.getFileName()).hasToString("recording-20260819T150000Z.jsonl");
    assertThat(Files.readAllLines(file)).isEqualTo(expected);
    assertThat(problems).isEmpty();
  }

  @Test
  void aRecordingThatCannotGoOnSaysSoOnceAndHoldsNobodyUp() throws IOException {
    // A device that is always full, as a disk may be.
    Path full = Path.of("/dev/full");
    org.junit.jupiter.api.Assumptions.assumeTrue(Files.isWritable(full));
    List<String> problems = new CopyOnWriteArrayList<>();
    try (Recorder recorder = new Recorder(full, problems::add)) {
      for (int i = 0; i < 3; i++) {
        recorder.taken(T, new RiskEvent.ClockTicked());
        Heard.until(() -> !problems.isEmpty());
      }
    }
    assertThat(problems).singleElement().asString().contains("/dev/full stopped");
  }
}
