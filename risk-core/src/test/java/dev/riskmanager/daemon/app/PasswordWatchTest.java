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
          meta.removeIf(one -> one.key().equals(saved.key()));
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

  // ---- the file of the wrong passwords

  private Path attempts() {
    return directory.resolve("admin.secret.attempts");
  }

  @Test
  void aBlockThatWasTakenAwayWhileTheEngineWasDownIsPutBackAndRecorded() throws Exception {
    String blocked = "blocked " + NOW.plusSeconds(600) + "\n";
    Files.writeString(attempts(), blocked);
    started().tick();
    assertThat(audit).isEmpty();
    for (String instead : new String[] {null, "", "blocked " + NOW.plusSeconds(599) + "\n"}) {
      audit.clear();
      Files.deleteIfExists(attempts());
      if (instead != null) {
        Files.writeString(attempts(), instead);
      }
      PasswordWatch after = started();
      after.tick();
      after.tick();
      assertThat(Files.readString(attempts())).isEqualTo(blocked);
      assertThat(audit)
          .as("instead of it: %s", instead)
          .containsExactly(
              "password.file: the file of the wrong passwords "
                  + (instead == null ? "was taken away" : "is an older one, or was edited")
                  + "; passwords stay blocked until "
                  + NOW.plusSeconds(600));
    }
    // What blocks by itself, and what is over, is left as it is.
    Files.writeString(attempts(), "not one of ours");
    PasswordWatch damaged = started();
    damaged.tick();
    assertThat(Files.readString(attempts())).isEqualTo("not one of ours");
    Files.delete(attempts());
    audit.clear();
    Instant over = NOW.plusSeconds(600);
    new PasswordWatch(file(), List.copyOf(meta), InstantSource.fixed(over), this::write).tick();
    assertThat(audit).isEmpty();
    assertThat(attempts()).doesNotExist();
  }

  @Test
  void wrongPasswordsAreNotForgottenEither() throws Exception {
    String three =
        "wrong %s\nwrong %s\nwrong %s\n"
            .formatted(NOW.minusSeconds(901), NOW.minusSeconds(899), NOW.minusSeconds(1));
    Files.writeString(attempts(), three);
    PasswordWatch running = started();
    running.tick();
    Files.writeString(attempts(), "wrong " + NOW + "\n");
    running.tick();
    assertThat(Files.readString(attempts()))
        .isEqualTo(
            "wrong %s\nwrong %s\nwrong %s\n"
                .formatted(NOW.minusSeconds(899), NOW.minusSeconds(1), NOW));
    assertThat(audit).hasSize(1);
    // A new one besides those that are known is no forgetting.
    Files.writeString(attempts(), "blocked " + NOW.plusSeconds(900) + "\n");
    running.tick();
    assertThat(audit).hasSize(1);
    assertThat(Files.readString(attempts())).startsWith("blocked ");
  }
}
