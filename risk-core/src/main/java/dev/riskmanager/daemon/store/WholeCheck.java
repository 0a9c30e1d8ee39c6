package dev.riskmanager.daemon.store;

import dev.riskmanager.daemon.port.Store.StoreException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * When SQLite's full integrity check is due, with a look at the rows' hashes, and what they found:
 * once a day, and after an end that was not orderly. It runs beside the commits.
 */
final class WholeCheck {
  private static final Duration EVERY = Duration.ofDays(1);

  static final String OPENED = "opened_at";
  static final String CLOSED = "closed_at";
  static final String CHECKED = "checked_at";

  private final StoreSettings settings;
  private final StoreErrors errors;
  private final SealKey key;
  private volatile Instant due;
  private volatile Optional<StoreException> damage = Optional.empty();

  /**
   * Reads when it was last done.
   *
   * @param rows of the database before this start is noted in it
   * @param key of the rows' hashes
   */
  WholeCheck(StoreSettings settings, StoreErrors errors, Rows rows, SealKey key)
      throws StoreException {
    this.settings = settings;
    this.errors = errors;
    this.key = key;
    Instant opened = noted(rows, OPENED);
    boolean orderly = !noted(rows, CLOSED).isBefore(opened);
    Instant checked = noted(rows, CHECKED);
    this.due =
        checked.equals(Instant.MIN) && opened.equals(Instant.MIN)
            ? Instant.MAX // New books: the first backup looks through them.
            : orderly && !checked.equals(Instant.MIN) ? checked.plus(EVERY) : Instant.MIN;
  }

  private static Instant noted(Rows rows, String key) throws StoreException {
    List<String> found =
        rows.list(
            "store_state", "SELECT value FROM store_state WHERE key = ?", row -> row.text(1), key);
    try {
      return found.isEmpty() ? Instant.MIN : SqlText.instant(found.getFirst());
    } catch (DateTimeException _) {
      return Instant.MIN;
    }
  }

  boolean isDue(Instant now) {
    return !now.isBefore(due);
  }

  /** Throws what the last check found, for as long as the file is in use. */
  void requireSound() throws StoreException {
    if (damage.isPresent()) {
      throw damage.get();
    }
  }

  /** Looks through everything, each index against its table, on a connection of its own. */
  void run(Instant now) throws StoreException {
    due = now.plus(EVERY);
    try (Connection connection = Connections.reader(settings.database());
        Statement statement = connection.createStatement();
        ResultSet verdict = statement.executeQuery("PRAGMA integrity_check(1)")) {
      String said = verdict.next() ? verdict.getString(1) : "no verdict";
      if (!"ok".equals(said)) {
        throw errors.damaged(said.strip().replaceAll("\\s+", " "), null);
      }
      Optional<String> changed = SealCheck.of(connection, key).trouble();
      if (changed.isPresent()) {
        throw new StoreException(
            settings.database()
                + ": "
                + changed.get()
                + ", while the engine runs. It goes on with what it has in memory; the next start"
                + " holds the accounts until an admin has looked");
      }
    } catch (SQLException e) {
      StoreException translated = errors.of("checked", e);
      if (translated.isDamage()) {
        damage = Optional.of(translated);
      }
      throw translated;
    } catch (StoreException e) {
      damage = Optional.of(e);
      throw e;
    }
  }
}
