package dev.riskmanager.daemon.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.riskmanager.daemon.port.Store.StoreException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each failure as SQLite itself reports it, and the line it becomes. */
class StoreErrorsTest {
  @TempDir Path data;

  @BeforeEach
  void books() throws StoreException {
    Books.open(data).close();
  }

  /** Runs the statements on a connection of its own; the last one fails. */
  private StoreException failing(String... statements) throws SQLException {
    try (Connection connection = Books.raw(data);
        Statement statement = connection.createStatement()) {
      for (int i = 0; i < statements.length - 1; i++) {
        statement.execute(statements[i]);
      }
      String last = statements[statements.length - 1];
      return translated(
          catchThrowableOfType(SQLException.class, () -> statement.executeUpdate(last)));
    }
  }

  private StoreException translated(SQLException e) {
    StoreException translated = new StoreErrors(StoreSettings.in(data)).of("written", e);
    assertThat(translated.getCause()).isNotNull().isSameAs(e);
    assertThat(translated.getMessage())
        .startsWith(data.resolve("risk.db") + " could not be written: ")
        .doesNotContain("\n");
    return translated;
  }

  @Test
  void aFullDisk() throws Exception {
    StoreException e =
        failing(
            "PRAGMA max_page_count = 1",
            "INSERT INTO meta (key, value) VALUES ('a', hex(zeroblob(1000000)))");
    assertThat(e).hasMessageContaining("the disk is full");
    assertThat(e.isPermanent()).isFalse();
  }

  @Test
  void aReadOnlyFile() throws Exception {
    StoreException e =
        failing("PRAGMA query_only = 1", "INSERT INTO meta (key, value) VALUES ('a', 'b')");
    assertThat(e).hasMessageContaining("read-only (SQLITE_READONLY)");
    assertThat(e.isPermanent()).isFalse();
  }

  @Test
  void aMissingDirectory() {
    SQLException e =
        catchThrowableOfType(
            SQLException.class,
            () ->
                DriverManager.getConnection("jdbc:sqlite:file:" + data.resolve("none/risk.db"))
                    .close());
    assertThat(translated(e)).hasMessageContaining("cannot be opened (SQLITE_CANTOPEN)");
  }

  @Test
  void aRowThatTheBooksRefuse() throws Exception {
    StoreException e = failing("INSERT INTO meta (key, value) VALUES (NULL, 'b')");
    assertThat(e)
        .hasMessageContaining("the books refuse it (SQLITE_CONSTRAINT_NOTNULL")
        .hasMessageContaining("meta.key");
    assertThat(e.isPermanent()).isTrue();
  }

  @Test
  void anythingElse() throws Exception {
    StoreException e = failing("INSERT INTO nowhere VALUES (1)");
    assertThat(e).hasMessageContaining("no such table: nowhere");
    assertThat(e.isPermanent()).isFalse();
  }
}
