package dev.riskmanager.daemon.store;

import static dev.riskmanager.daemon.store.Books.NOW;
import static dev.riskmanager.daemon.store.Books.lockout;
import static dev.riskmanager.daemon.store.Books.saved;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.riskmanager.daemon.port.Store.StoreException;
import dev.riskmanager.daemon.store.Migrations.Migration;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MigrationsTest {
  @TempDir Path data;

  private static Migrations shippedAnd(Migration... more) {
    List<Migration> all = new ArrayList<>(Migrations.shipped().known());
    all.addAll(Arrays.asList(more));
    return new Migrations(all);
  }

  private SqliteStore open(Migrations migrations) throws StoreException {
    return SqliteStore.open(StoreSettings.in(data), NOW, migrations);
  }

  @Test
  void everyFileIsListedInOrderAndNumberedWithoutGaps() throws Exception {
    List<String> names = Migrations.shipped().known().stream().map(Migration::name).toList();
    try (var files = Files.list(Path.of("src/main/resources/db/migration"))) {
      assertThat(names)
          .isEqualTo(files.map(file -> String.valueOf(file.getFileName())).sorted().toList());
    }
    for (int i = 0; i < names.size(); i++) {
      assertThat(names.get(i)).startsWith("V%03d__".formatted(i + 1));
    }
  }

  @Test
  void theChecksumDoesNotDependOnLineEnds() {
    Migration unix = new Migration("V001__x.sql", "SELECT 1;\nSELECT 2;\n");
    Migration windows = new Migration("V001__x.sql", "SELECT 1;\r\nSELECT 2;\r\n");
    assertThat(windows.checksum()).isEqualTo(unix.checksum());
    assertThat(new Migration("V001__x.sql", "SELECT 1;\nSELECT 3;\n").checksum())
        .isNotEqualTo(unix.checksum());
  }

  @Test
  void booksOfAnOlderVersionAreBroughtUpToDateOnce() throws Exception {
    try (SqliteStore store = Books.open(data)) {
      store.commit(List.of(saved(lockout(1))));
    }
    Migrations newer =
        shippedAnd(
            new Migration("V005__a.sql", "CREATE TABLE a (x); INSERT INTO a VALUES (5);"),
            new Migration("V006__b.sql", "INSERT INTO a VALUES (6);"));
    for (int start = 0; start < 2; start++) {
      try (SqliteStore store = open(newer)) {
        assertThat(store.restore().lockouts()).containsExactly(lockout(1));
      }
    }
    assertThat(Books.query(data, "SELECT x FROM a")).containsExactly("5", "6");
    assertThat(
            Books.query(data, "SELECT version || ' ' || name FROM schema_version ORDER BY version"))
        .containsExactly(
            "1 V001__books.sql",
            "2 V002__audit_chain.sql",
            "3 V003__attempts.sql",
            "4 V004__row_hashes.sql",
            "5 V005__a.sql",
            "6 V006__b.sql");
  }

  @Test
  void aFileThatFailsHalfWayLeavesNothingOfItself() throws Exception {
    try (SqliteStore store = Books.open(data)) {
      store.commit(List.of(saved(lockout(1))));
    }
    Migrations broken =
        shippedAnd(
            new Migration("V005__good.sql", "CREATE TABLE good (x);"),
            new Migration("V006__bad.sql", "DROP TABLE lockouts; INSERT INTO missing VALUES (1);"));
    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> open(broken).close())
        .withMessageContaining("could not be opened")
        .withMessageContaining("no such table: missing");
    try (SqliteStore store =
        open(shippedAnd(new Migration("V005__good.sql", "CREATE TABLE good (x);")))) {
      assertThat(store.restore().lockouts()).containsExactly(lockout(1));
    }
  }
}
