package dev.riskmanager.daemon.app;

import dev.riskmanager.daemon.control.AttemptWitness;
import dev.riskmanager.daemon.port.Store;
import dev.riskmanager.wire.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees that the file of the admin's password was changed, or taken away so that another first one
 * can be set: while the engine runs, and by a row of the database while it did not. What an admin
 * did through the engine is on the audit besides. The same of the file that counts the wrong ones:
 * it is put right, so that taking it away lifts no block. Safe for many threads.
 */
final class PasswordWatch {
  private static final Logger LOG = LoggerFactory.getLogger("engine");
  private static final String ROW = "password.file";
  private static final String ATTEMPTS = "password.attempts";
  private static final String NONE = "none";
  private static final int DIGITS = 16;

  private final Path file;
  private final InstantSource clock;
  private final Consumer<List<Store.Change>> rows;
  private final AttemptWitness attempts;
  private String known; // empty before the first look at a new home
  private String written;

  /**
   * Knows what was there before the start.
   *
   * @param rows writes them
   */
  PasswordWatch(
      Path file,
      List<Store.MetaSaved> before,
      InstantSource clock,
      Consumer<List<Store.Change>> rows) {
    this.file = file;
    this.clock = clock;
    this.rows = rows;
    this.known = Store.MetaSaved.of(before, ROW);
    this.written = Store.MetaSaved.of(before, ATTEMPTS);
    this.attempts = new AttemptWitness(file, written, clock);
  }

  /** Looks; called before a password is asked for, after each wrong one, and every second. */
  synchronized void tick() {
    lookAtPassword();
    lookAtAttempts();
  }

  private void lookAtAttempts() {
    Optional<String> wrong = attempts.look();
    String now = attempts.remembered();
    List<Store.Change> changes = new ArrayList<>();
    if (!now.equals(written)) {
      written = now;
      changes.add(new Store.MetaSaved(ATTEMPTS, now));
    }
    wrong.ifPresent(
        what -> {
          LOG.warn("Password: {}", what);
          changes.add(record(what));
        });
    if (!changes.isEmpty()) {
      rows.accept(List.copyOf(changes));
    }
  }

  private Store.Change record(String what) {
    return new Store.AuditAppended(
        clock.instant(), "engine", "password.file", Optional.empty(), what, "");
  }

  private void lookAtPassword() {
    String found = fingerprint();
    if (found.equals(known)) {
      return;
    }
    String what =
        found.equals(NONE)
            ? "the file of the admin password was taken away"
            : known.equals(NONE)
                ? "the file of the admin password is new"
                : "the file of the admin password has another content";
    Store.Change row = new Store.MetaSaved(ROW, found);
    if (known.isEmpty()) {
      rows.accept(List.of(row));
    } else {
      LOG.warn("Password: {}", what);
      rows.accept(List.of(row, record(what)));
    }
    known = found;
  }

  /** Tells one hash from another, and nothing of the password. */
  private String fingerprint() {
    try {
      byte[] text =
          Files.readString(file, StandardCharsets.ISO_8859_1)
              .strip()
              .getBytes(StandardCharsets.ISO_8859_1);
      return Sha256.hex(text).substring(0, DIGITS);
    } catch (NoSuchFileException _) {
      return NONE;
    } catch (IOException e) {
      LOG.debug("Password: {} cannot be read", file, e);
      return known;
    }
  }
}
