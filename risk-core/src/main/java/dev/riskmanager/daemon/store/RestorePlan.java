package dev.riskmanager.daemon.store;

import dev.riskmanager.daemon.port.Store.StoreException;
import dev.riskmanager.wire.BackupView;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Puts a backup in the place of the database of an engine that does not run: what it would bring
 * and what it would lose, and then the act. The engine that starts afterwards finds the database
 * older than the audit, rebuilds the lockouts set since and holds the accounts (ADR 0009).
 *
 * <p>The caller holds the {@link InstanceLock} of the home from before the first call to after the
 * last.
 */
public final class RestorePlan {
  private final StoreSettings settings;
  private final Replacement replacement;
  private final AuditLog log;
  private final Marker marker;
  private final Path copy;
  private final InstantSource clock;
  private final AuditHead head;
  private final AuditHead newest;
  private final BackupView preview;

  private RestorePlan(
      StoreSettings settings,
      StoreErrors errors,
      AuditLog log,
      Marker marker,
      Path copy,
      InstantSource clock)
      throws StoreException, SQLException, IOException {
    this.settings = settings;
    this.replacement = new Replacement(settings, errors, Migrations.shipped());
    this.log = log;
    this.marker = marker;
    this.copy = copy;
    this.clock = clock;
    List<AuditLog.Line> lines = log.read();
    Optional<String> trouble = replacement.trouble(copy, lines);
    if (trouble.isPresent()) {
      throw new StoreException(copy + " cannot be restored: " + trouble.get());
    }
    try (AuditReader reader = AuditReader.open(copy, errors)) {
      Optional<AuditRecord> last =
          reader.isChained() ? reader.tail(1).stream().findFirst() : Optional.empty();
      this.head = last.map(AuditRecord::head).orElse(AuditHead.NONE);
      this.newest = Evidence.read(log, marker).newest();
      this.preview =
          new BackupView(
              copy.toString(),
              Files.size(copy),
              head.seq(),
              last.map(record -> record.told().at()).orElse(null),
              Math.max(0, newest.seq() - head.seq()),
              reader.lockoutsInForce().stream().map(LockoutRepair::text).toList(),
              since(lines, head.seq()),
              null);
    }
  }

  /**
   * Looks at a copy.
   *
   * @throws StoreException when it is not a sound database of this home
   */
  public static RestorePlan of(
      StoreSettings settings, AuditFiles audit, Path copy, InstantSource clock)
      throws StoreException {
    AuditLog log = new AuditLog(audit.logs());
    Marker marker = new Marker(audit.marker());
    StoreErrors errors = new StoreErrors(settings);
    if (!Files.isRegularFile(copy)) {
      throw new StoreException(copy + " is not a file; `risk-admin backup list` names the backups");
    }
    try {
      completeLog(settings, errors, log, marker, clock);
      return new RestorePlan(settings, errors, log, marker, copy.toAbsolutePath(), clock);
    } catch (SQLException e) {
      throw new StoreException(copy + " cannot be read: " + e.getMessage(), e);
    } catch (IOException e) {
      throw StoreErrors.of(audit.logs(), "read", e);
    }
  }

  /** What a crash kept back is only in the database that is about to be replaced. */
  private static void completeLog(
      StoreSettings settings,
      StoreErrors errors,
      AuditLog log,
      Marker marker,
      InstantSource clock) {
    if (Files.notExists(settings.database())) {
      return;
    }
    try {
      DatabaseFile file = new DatabaseFile(settings, errors, Migrations.shipped());
      if (file.inspect() < Migrations.CHAINED) {
        return;
      }
      try (AuditReader reader = AuditReader.open(settings.database(), errors)) {
        Evidence evidence = Evidence.read(log, marker);
        AuditHead known = evidence.newest();
        boolean continues =
            known.isNone()
                || reader.at(known.seq()).map(AuditRecord::head).filter(known::equals).isPresent();
        if (continues) {
          new AuditMirror(reader, log, marker, clock, text -> {}).catchUp();
        }
      }
    } catch (StoreException | SQLException | IOException _) {
      // It is damaged or another's: nothing of it is to be believed.
    }
  }

  private static List<String> since(List<AuditLog.Line> lines, long seq) {
    LockoutFold told = new LockoutFold();
    for (AuditLog.Line line : lines) {
      line.record().ifPresent(record -> told.add(record, record.isSound()));
    }
    List<String> found = new ArrayList<>();
    for (LockoutFold.Told one : told.all()) {
      if (one.isActive() && one.seq() > seq) {
        found.add(LockoutRepair.text(one.lockout()));
      }
    }
    return List.copyOf(found);
  }

  /** What it would mean. */
  public BackupView preview() {
    return preview;
  }

  /**
   * Does it. The database that was there is kept beside; who did it is on the audit, which the next
   * start takes over from the log.
   *
   * @param by operating-system user
   * @return where the replaced database is; empty when there was none
   */
  public Optional<Path> carryOut(String by, String reason) throws StoreException {
    Instant now = clock.instant();
    try {
      AuditRecord record =
          AuditRecord.after(
              newest.seq() >= head.seq() ? newest : head,
              new AuditRecord.Told(
                  now,
                  by,
                  "restore",
                  OptionalLong.empty(),
                  copy + ", which ends with record " + head.seq(),
                  reason,
                  Optional.empty()));
      log.append(List.of(record));
      marker.write(record.head());
      Optional<Path> kept = replacement.keep(now);
      replacement.put(copy);
      return kept;
    } catch (IOException e) {
      throw StoreErrors.of(settings.database(), "replaced", e);
    }
  }

  /** The backups of a home, oldest first, each looked through. */
  public static List<BackupView> backups(
      StoreSettings settings, AuditFiles audit, InstantSource clock) throws StoreException {
    List<BackupView> found = new ArrayList<>();
    try {
      if (Files.isDirectory(settings.backups())) {
        for (Path copy : Backups.list(settings.backups())) {
          found.add(view(settings, audit, copy, clock));
        }
      }
    } catch (IOException e) {
      throw StoreErrors.of(settings.backups(), "read", e);
    }
    return List.copyOf(found);
  }

  private static BackupView view(
      StoreSettings settings, AuditFiles audit, Path copy, InstantSource clock) throws IOException {
    try {
      return new RestorePlan(
              settings,
              new StoreErrors(settings),
              new AuditLog(audit.logs()),
              new Marker(audit.marker()),
              copy,
              clock)
          .preview();
    } catch (StoreException | SQLException e) {
      String why = String.valueOf(e.getMessage());
      return new BackupView(
          copy.toString(), Files.size(copy), 0, null, 0, List.of(), List.of(), why);
    }
  }
}
