package dev.riskmanager.daemon.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.riskmanager.daemon.port.Peer;
import dev.riskmanager.daemon.port.Store;
import dev.riskmanager.daemon.store.AuditFiles;
import dev.riskmanager.daemon.store.BooksAtStart;
import dev.riskmanager.daemon.store.SqliteStore;
import dev.riskmanager.daemon.store.StoreSettings;
import dev.riskmanager.wire.EngineState;
import dev.riskmanager.wire.HomeDir;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A record of the audit, changed behind the engine's back: attack 7 of docs/security.md. */
class AuditWatchTest {
  private static final Instant NOW = Instant.parse("2025-10-31T17:00:00Z");
  private static final Peer ADMIN = new Peer("alice", "1000");

  @TempDir Path root;

  private final List<Store.MetaSaved> meta = new ArrayList<>();
  private final List<String> audit = new ArrayList<>();

  private SqliteStore open() throws Exception {
    Files.createDirectories(root.resolve("logs"));
    return BooksAtStart.open(
            StoreSettings.in(root.resolve("data")),
            AuditFiles.of(root),
            InstantSource.fixed(NOW),
            false)
        .store();
  }

  private void write(List<Store.Change> rows) {
    for (Store.Change row : rows) {
      switch (row) {
        case Store.MetaSaved saved -> {
          meta.removeIf(one -> one.key().equals(saved.key()));
          meta.add(saved);
        }
        case Store.AuditAppended act -> audit.add(act.by() + " " + act.action());
        default -> throw new AssertionError(row);
      }
    }
  }

  private AuditWatch watch(SqliteStore store, Health health) {
    health.ready();
    return new AuditWatch(
        store::verifyAudit, List.copyOf(meta), health, InstantSource.fixed(NOW), this::write);
  }

  private static Store.Change act(int i) {
    return new Store.AuditAppended(NOW, "bob", "act " + i, Optional.empty(), "", "why");
  }

  @Test
  void anOlderRecordThatWasEditedIsShownFromTheNextStartOnUntilAnAdminHasLooked() throws Exception {
    try (SqliteStore store = open()) {
      for (int i = 0; i < 4; i++) {
        store.commit(List.of(act(i)));
      }
      Health health = new Health(NOW);
      watch(store, health).look();
      assertThat(health.state()).isEqualTo(EngineState.PROTECTING);
    }
    assertThat(sound()).contains("records, the newest");
    try (var connection =
            DriverManager.getConnection("jdbc:sqlite:" + root.resolve("data/risk.db"));
        var statement = connection.createStatement()) {
      String edit = "UPDATE audit SET record = replace(record, 'bob', 'eve') WHERE seq = 2";
      assertThat(statement.executeUpdate(edit)).isEqualTo(1);
    }
    assertThat(sound()).contains("record 2 in the database was changed", "audit verify");

    try (SqliteStore store = open()) {
      for (int start = 0; start < 2; start++) {
        Health health = new Health(NOW);
        watch(store, health).look();
        assertThat(health.view(NOW).problems())
            .singleElement()
            .asString()
            .startsWith("ALARM: the audit is not as it was written: record 2 in the database");
        assertThat(health.state()).isEqualTo(EngineState.DEGRADED);
        assertThat(audit).as("recorded once").containsExactly("engine AUDIT_CHANGED");
      }
      Health health = new Health(NOW);
      AuditWatch looked = watch(store, health);
      looked.look();
      looked.seenBy(ADMIN, store.verifyAudit());
      assertThat(health.state()).isEqualTo(EngineState.PROTECTING);
      assertThat(audit).containsExactly("engine AUDIT_CHANGED", "alice audit.seen");
      Health after = new Health(NOW);
      watch(store, after).look();
      assertThat(after.state()).isEqualTo(EngineState.PROTECTING);
    }
  }

  /** What {@code doctor} says while no engine runs. */
  private String sound() {
    try {
      return AuditProbe.run(new HomeDir(root));
    } catch (Probing.Finding e) {
      return e.getMessage() + " / " + e.remedy();
    }
  }
}
