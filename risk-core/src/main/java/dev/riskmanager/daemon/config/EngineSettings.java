package dev.riskmanager.daemon.config;

import dev.riskmanager.domain.settings.Settings;
import dev.riskmanager.domain.settings.Values;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What {@code engine.yaml} says; every key is optional.
 *
 * @param recording whether events are recorded under {@code data/recordings}, and for how long
 * @param metrics where metrics are served; empty is off
 */
public record EngineSettings(
    GatewaySettings gateway,
    Storage storage,
    Recording recording,
    Optional<MetricsAddress> metrics,
    Notifications notifications) {

  /** How the database is kept. */
  public record Storage(Synchronous synchronous, int backupsKept) {
    static final Storage DEFAULTS = new Storage(Synchronous.FULL, 7);

    private static final int MOST_BACKUPS = 365;

    static Storage read(Settings section) {
      String synchronous = section.choice("synchronous", "full", List.of("full", "extra"));
      int kept =
          Math.toIntExact(section.whole("backup_keep", DEFAULTS.backupsKept, 0, MOST_BACKUPS));
      section.finish();
      return new Storage(synchronous.equals("full") ? Synchronous.FULL : Synchronous.EXTRA, kept);
    }
  }

  /**
   * The recordings.
   *
   * @param keepDays an older file is deleted, ≥ 1
   */
  public record Recording(boolean enabled, int keepDays) {
    static final Recording DEFAULTS = new Recording(false, 30);

    private static final int MOST_DAYS = 3_650;

    static Recording read(Settings section) {
      boolean enabled = section.flag("enabled", DEFAULTS.enabled);
      int keep =
          section.read(
              "keep",
              DEFAULTS.keepDays,
              Recording::days,
              "a number of days from 1d to " + MOST_DAYS + "d, such as 30d");
      section.finish();
      return new Recording(enabled, keep);
    }

    private static Optional<Integer> days(String text) {
      return text.endsWith("d")
          ? Values.whole(text.substring(0, text.length() - 1))
              .filter(days -> days >= 1 && days <= MOST_DAYS)
              .map(Math::toIntExact)
          : Optional.empty();
    }
  }

  /** SQLite's durable levels of {@code PRAGMA synchronous}; the others can lose a lockout. */
  public enum Synchronous {
    FULL,
    EXTRA
  }

  /**
   * Where metrics are served.
   *
   * @param host a name or address of this machine
   * @param port 1 to 65535
   */
  public record MetricsAddress(String host, int port) {
    private static final int MAX_PORT = 65_535;

    static Optional<MetricsAddress> parse(String text) {
      int colon = text.lastIndexOf(':');
      if (colon < 1) {
        return Optional.empty();
      }
      return Values.whole(text.substring(colon + 1))
          .filter(port -> port >= 1 && port <= MAX_PORT)
          .map(port -> new MetricsAddress(text.substring(0, colon), Math.toIntExact(port)));
    }
  }

  /** What holds when nothing is configured. */
  public static final EngineSettings DEFAULTS =
      new EngineSettings(
          GatewaySettings.DEFAULTS,
          Storage.DEFAULTS,
          Recording.DEFAULTS,
          Optional.empty(),
          Notifications.NONE);

  /**
   * Reads the file's tree.
   *
   * @param top the whole file
   * @param wired the optional parts that this engine has; another one that is configured is an
   *     error
   */
  public static EngineSettings read(Settings top, Set<OptionalPart> wired) {
    GatewaySettings gateway =
        top.section("gateway").map(GatewaySettings::read).orElse(GatewaySettings.DEFAULTS);
    Storage storage = top.section("storage").map(Storage::read).orElse(Storage.DEFAULTS);
    Recording recording = top.section("recording").map(Recording::read).orElse(Recording.DEFAULTS);
    Optional<MetricsAddress> metrics = top.section("metrics").flatMap(EngineSettings::metrics);
    Notifications notifications =
        top.section("notifications").map(Notifications::read).orElse(Notifications.NONE);
    top.finish();
    refuseUnwired(top, wired, OptionalPart.RECORDING, recording.enabled());
    refuseUnwired(top, wired, OptionalPart.METRICS, metrics.isPresent());
    refuseUnwired(top, wired, OptionalPart.NOTIFICATIONS, notifications.any());
    return new EngineSettings(gateway, storage, recording, metrics, notifications);
  }

  private static Optional<MetricsAddress> metrics(Settings section) {
    Optional<MetricsAddress> listen =
        section.optional(
            "listen", MetricsAddress::parse, "an address with a port such as \"127.0.0.1:9464\"");
    section.finish();
    return listen;
  }

  private static void refuseUnwired(
      Settings top, Set<OptionalPart> wired, OptionalPart part, boolean configured) {
    if (configured && !wired.contains(part)) {
      top.error(
          part.section(),
          "is not supported by this version, so it would do nothing; remove the section");
    }
  }
}
