package dev.riskmanager.daemon.store;

import dev.riskmanager.daemon.port.Store.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Puts another database in the place of one that is of no use: the newest backup that is sound and
 * of this home's chain, or none, so that a new one is made. What stood there is kept beside it.
 */
final class Replacement {
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmssSSS'Z'").withZone(ZoneOffset.UTC);

  private final StoreSettings settings;
  private final StoreErrors errors;
  private final Migrations migrations;

  Replacement(StoreSettings settings, StoreErrors errors, Migrations migrations) {
    this.settings = settings;
    this.errors = errors;
    this.migrations = migrations;
  }

  /** Whether nothing at all stands where the database should be, nor its log. */
  boolean isAbsent() {
    return Files.notExists(settings.database()) && Files.notExists(settings.beside("-wal"));
  }

  /** A time as part of a file's name. */
  static String stamp(Instant at) {
    return STAMP.format(at);
  }

  /**
   * Makes room and puts the newest usable backup there.
   *
   * @param lines what {@code audit.log} says: a backup that contradicts it is another home's
   * @return what was done, a line each
   */
  List<String> make(List<AuditLog.Line> lines, Instant now) throws StoreException {
    List<String> done = new ArrayList<>();
    try {
      keep(now).ifPresent(path -> done.add("what stood there is kept as " + path));
      List<Path> copies =
          Files.isDirectory(settings.backups()) ? Backups.list(settings.backups()) : List.of();
      for (Path copy : copies.reversed()) {
        Optional<String> trouble = trouble(copy, lines);
        if (trouble.isEmpty()) {
          put(copy);
          done.add("the backup " + copy + " took its place");
          return done;
        }
        done.add("the backup " + copy + " was not used: " + trouble.get());
      }
      done.add("there is no usable backup; new books took its place");
      return done;
    } catch (IOException e) {
      throw StoreErrors.of(settings.database(), "replaced", e);
    }
  }

  /** Moves what stands there aside, with its log: together they can be opened again. */
  Optional<Path> keep(Instant now) throws IOException {
    Path kept = settings.beside(".kept-" + stamp(now));
    Optional<Path> moved = Optional.empty();
    for (String suffix : List.of("-wal", "-shm", "-journal", "")) {
      Path part = settings.beside(suffix);
      if (Files.exists(part)) {
        Files.move(part, kept.resolveSibling(kept.getFileName() + suffix));
        moved = Optional.of(kept);
      }
    }
    if (moved.isPresent()) {
      PrivateFiles.forceDirectory(directory());
    }
    return moved;
  }

  /** Copies a database to its place, whole or not at all. */
  void put(Path copy) throws IOException {
    Path fresh = settings.beside(".new");
    for (String suffix : List.of("", "-journal", "-wal", "-shm")) {
      Files.deleteIfExists(settings.beside(".new" + suffix));
    }
    Files.copy(copy, fresh);
    PrivateFiles.restrict(fresh);
    PrivateFiles.force(fresh);
    Files.move(fresh, settings.database(), StandardCopyOption.ATOMIC_MOVE);
    PrivateFiles.forceDirectory(directory());
  }

  private Path directory() {
    return Objects.requireNonNull(settings.database().getParent(), "absolute");
  }

  /** Why a copy cannot be used; empty when it can. */
  Optional<String> trouble(Path copy, List<AuditLog.Line> lines) {
    StoreSettings there =
        new StoreSettings(copy, settings.backups(), settings.synchronous(), settings.backupKeep());
    StoreErrors itsErrors = new StoreErrors(there);
    try {
      int version = new DatabaseFile(there, itsErrors, migrations).inspectWhole();
      if (version < Migrations.CHAINED) {
        return Optional.empty();
      }
      try (AuditReader reader = AuditReader.open(copy, errors)) {
        AuditHead head = reader.head();
        boolean contradicted =
            lines.stream()
                .filter(AuditLog.Line::isSound)
                .flatMap(line -> line.record().stream())
                .anyMatch(r -> r.seq() == head.seq() && !r.hash().equals(head.hash()));
        return contradicted ? Optional.of("it is not of this audit") : Optional.empty();
      }
    } catch (StoreException | SQLException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }
}
