package dev.riskmanager.daemon.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.riskmanager.daemon.store.StoreSettings.Synchronous;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A power cut cannot be tested here, so the settings that survive one are. */
class ConnectionsTest {
  @TempDir Path data;

  private Path file() {
    return data.resolve("risk.db");
  }

  @BeforeEach
  void books() throws Exception {
    Books.open(data).close();
  }

  private static String pragma(Connection connection, String name) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("PRAGMA " + name)) {
      assertThat(row.next()).isTrue();
      return row.getString(1);
    }
  }

  @ParameterizedTest
  @CsvSource({"full, 2", "extra, 3"})
  void aCommitIsForcedToTheDisk(String text, String level) throws Exception {
    try (Connection writer = Connections.writer(file(), Synchronous.ofText(text))) {
      assertThat(pragma(writer, "synchronous")).isEqualTo(level);
      assertThat(pragma(writer, "journal_mode")).isEqualTo("wal");
      assertThat(pragma(writer, "foreign_keys")).isEqualTo("1");
      assertThat(pragma(writer, "busy_timeout")).isEqualTo("1000");
      assertThat(writer.getAutoCommit()).isFalse();
    }
  }

  @Test
  void theLogIsForcedBeforeItIsCopiedBack() throws Exception {
    try (Connection keeper = Connections.keeper(file())) {
      assertThat(pragma(keeper, "synchronous")).isEqualTo("2");
    }
  }

  @Test
  void aLevelThatCouldLoseALockoutIsNotKnown() {
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> Synchronous.ofText("normal"))
        .withMessage("storage.synchronous is full or extra, not normal");
  }

  @Test
  void aReaderCannotWrite() throws Exception {
    try (Connection reader = Connections.reader(file());
        Statement statement = reader.createStatement()) {
      assertThatExceptionOfType(SQLException.class)
          .isThrownBy(
              () -> statement.executeUpdate("INSERT INTO meta (key, value) VALUES ('a', 'b')"))
          .withMessageContaining("READONLY");
    }
  }

  @Test
  void noneOfThemCreatesAFile() {
    Path missing = data.resolve("missing.db");
    assertThatExceptionOfType(SQLException.class)
        .isThrownBy(() -> Connections.writer(missing, Synchronous.FULL).close());
    assertThatExceptionOfType(SQLException.class)
        .isThrownBy(() -> Connections.inspector(missing).close());
    assertThatExceptionOfType(SQLException.class)
        .isThrownBy(() -> Connections.recoverer(missing).close());
    assertThat(missing).doesNotExist();
  }
}
