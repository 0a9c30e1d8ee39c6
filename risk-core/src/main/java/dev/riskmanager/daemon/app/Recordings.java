package dev.riskmanager.daemon.app;

import dev.riskmanager.daemon.config.RulesText;
import dev.riskmanager.daemon.gateway.Recorder;
import dev.riskmanager.daemon.port.EventTap;
import dev.riskmanager.domain.engine.Restoration;
import dev.riskmanager.payload.WireJson;
import dev.riskmanager.recording.EngineStart;
import dev.riskmanager.wire.HomeDir;
import java.io.IOException;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The recording of a run of the engine, when {@code recording.enabled} asks for one. */
final class Recordings {
  private static final Logger LOG = LoggerFactory.getLogger("engine");

  private Recordings() {}

  /**
   * Begins a recording with what the engine was restored from, or none.
   *
   * @param rules what holds
   * @param rows what the core was restored from
   * @throws StartException when it was asked for and cannot be written
   */
  static EventTap begin(
      HomeDir home,
      Configuration configuration,
      RuleKeeper rules,
      Restoration.Rows rows,
      Instant now,
      Health health,
      Closing closing)
      throws StartException {
    if (!configuration.files().engine().recording()) {
      return EventTap.NONE;
    }
    try {
      Recorder recorder =
          new Recorder(
              home.data().resolve("recordings"), now, why -> health.problem("recording", why));
      closing.add("recording", recorder::close);
      recorder.write(
          now,
          "EngineStarted",
          EngineStart.write(rows, rules.accounts(), WireJson.read(RulesText.of(rules.inForce()))));
      LOG.info("Recording to {}", recorder.file());
      return recorder;
    } catch (IOException e) {
      throw new StartException(
          "cannot record to "
              + home.data().resolve("recordings")
              + ": "
              + e
              + "; free the disk, or set recording.enabled to false in engine.yaml");
    }
  }
}
