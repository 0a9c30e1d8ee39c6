package dev.riskmanager.daemon.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.riskmanager.daemon.port.Store;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The password's file, changed behind the engine's back. */
class PasswordWatchTest {
  private static final Instant NOW = Instant.parse("2025-10-31T17:00:00Z");

  @TempDir Path directory;

  private final List<Store.MetaSaved> meta = new ArrayList<>();
  private final List<String> audit = new ArrayList<>();

  @BeforeEach
  void first() throws Exception {
    Files.writeString(file(), "$argon2id$one\n");
  }

  private Path file() {
    return directory.resolve("admin.secret");
  }

  /** An engine that starts now. */
  private PasswordWatch started() {
    return new PasswordWatch(file(), List.copyOf(meta), InstantSource.fixed(NOW), this::write);
  }

  private void write(List<Store.Change> rows) {
    for (Store.Change row : rows) {
      switch (row) {
        case Store.MetaSaved saved -> {
          meta.clear();
          meta.add(saved);
        }
        case Store.AuditAppended act -> audit.add(act.action() + ": " + act.detail());
        default -> throw new AssertionError(row);
      }
    }
  }

  @Test
  void aNewHomeAndAnOrderlyRestartSayNothing() {
    for (int i = 0; i < 3; i++) {
      PasswordWatch watch = started();
      watch.tick();
      watch.tick();
    }
    assertThat(audit).isEmpty();
    assertThat(meta).hasSize(1);
    assertThat(meta.getFirst().value()).doesNotContain("argon2id", "one");
  }

  @Test
  void aChangeWhileItRunsIsSaidOnce() throws Exception {
    PasswordWatch watch = started();
    watch.tick();
    Files.delete(file());
    watch.tick();
    watch.tick();
    Files.writeString(file(), "$argon2id$two\n");
    watch.tick();
    assertThat(audit)
        .containsExactly(
            "password.file: the file of the admin password was taken away",
            "password.file: the file of the admin password is new");
    started().tick();
    assertThat(audit).hasSize(2);
  }

  @Test
  void aChangeWhileNoEngineRanIsSaidAtTheStart() throws Exception {
    started().tick();
    Files.writeString(file(), "$argon2id$two\n");
    started().tick();
    started().tick();
    assertThat(audit)
        .containsExactly("password.file: the file of the admin password has another content");
  }

  @Test
  void aPasswordThatIsSetForTheFirstTimeAfterTheFirstStartIsSaid() throws Exception {
    Files.delete(file());
    started().tick();
    Files.writeString(file(), "$argon2id$one\n");
    started().tick();
    assertThat(audit).containsExactly("password.file: the file of the admin password is new");
  }
}
