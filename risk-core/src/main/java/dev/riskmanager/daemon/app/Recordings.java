package dev.riskmanager.daemon.app;

import dev.riskmanager.daemon.config.EngineSettings;
import dev.riskmanager.daemon.config.RulesText;
import dev.riskmanager.daemon.gateway.Recorder;
import dev.riskmanager.daemon.port.EventTap;
import dev.riskmanager.domain.engine.Restoration;
import dev.riskmanager.payload.WireJson;
import dev.riskmanager.recording.EngineStart;
import dev.riskmanager.wire.HomeDir;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The recording of a run of the engine, when {@code recording.enabled} asks for one. */
final class Recordings {
  private static final Logger LOG = LoggerFactory.getLogger("engine");

  private static final Pattern OURS = Pattern.compile("recording-\\d{8}T\\d{6}Z\\.jsonl(\\.gz)?");

  private Recordings() {}

  /**
   * Begins a recording with what the engine was restored from, or none.
   *
   * @param rules what holds
   * @param rows what the core was restored from
   * @param scheduler has old files deleted once a day
   * @throws StartException when it was asked for and cannot be written
   */
  static EventTap begin(
      HomeDir home,
      Configuration configuration,
      RuleKeeper rules,
      Restoration.Rows rows,
      InstantSource clock,
      ScheduledExecutorService scheduler,
      Health health,
      Closing closing)
      throws StartException {
    EngineSettings.Recording wanted = configuration.files().engine().recording();
    if (!wanted.enabled()) {
      return EventTap.NONE;
    }
    Instant now = clock.instant();
    Path directory = home.data().resolve("recordings");
    try {
      Recorder recorder = new Recorder(directory, now, why -> health.problem("recording", why));
      closing.add("recording", recorder::close);
      recorder.write(
          now,
          "EngineStarted",
          EngineStart.write(rows, rules.accounts(), WireJson.read(RulesText.of(rules.inForce()))));
      LOG.info("Recording to {}", recorder.file());
      Duration keep = Duration.ofDays(wanted.keepDays());
      forget(directory, recorder.file(), now.minus(keep));
      scheduler.scheduleWithFixedDelay(
          () -> forget(directory, recorder.file(), clock.instant().minus(keep)),
          1,
          1,
          TimeUnit.DAYS);
      return recorder;
    } catch (IOException e) {
      throw new StartException(
          "cannot record to "
              + directory
              + ": "
              + e
              + "; free the disk, or set recording.enabled to false in engine.yaml");
    }
  }

  /**
   * Deletes, the oldest first, recordings that were last written before {@code limit}. Nothing that
   * is named otherwise, and never the one under way. What cannot be deleted stays and is told.
   */
  static void forget(Path directory, Path underWay, Instant limit) {
    List<Path> files = new ArrayList<>();
    try (Stream<Path> inside = Files.list(directory)) {
      inside
          .filter(file -> OURS.matcher(String.valueOf(file.getFileName())).matches())
          .filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
          .filter(file -> !file.getFileName().equals(underWay.getFileName()))
          .sorted(Comparator.comparing(Path::getFileName))
          .forEach(files::add);
      for (Path file : files) {
        Instant written = Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS).toInstant();
        if (written.isBefore(limit)) {
          Files.delete(file);
          LOG.info("Old recording deleted: {}", file);
        }
      }
    } catch (IOException | java.io.UncheckedIOException e) {
      LOG.warn("Old recordings could not be deleted: {}", e.toString());
    }
  }
}
