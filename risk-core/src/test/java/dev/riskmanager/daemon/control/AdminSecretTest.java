package dev.riskmanager.daemon.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.riskmanager.daemon.control.AdminSecret.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdminSecretTest {
  private static final Instant START = Instant.parse("2025-10-31T17:00:00Z");
  private static final char[] RIGHT = "right one".toCharArray();
  private static final char[] WRONG = "wrong one".toCharArray();

  @TempDir Path dir = Path.of("unset");
  private final ManualClock now = new ManualClock(START);

  @SuppressWarnings("NullAway.Init")
  private AdminSecret secret;

  @BeforeEach
  void open() throws Exception {
    secret = AdminSecret.load(file(), now);
  }

  @AfterEach
  void close() {
    secret.close();
  }

  @Test
  void theFirstPasswordIsSetOnce() throws Exception {
    assertThat(secret.isSet()).isFalse();
    assertThat(secret.verify(RIGHT)).isEqualTo(new Verdict.NotSet());

    assertThat(secret.setFirst(RIGHT)).isInstanceOf(Verdict.Accepted.class);

    assertThat(secret.isSet()).isTrue();
    assertThat(secret.verify(RIGHT)).isInstanceOf(Verdict.Accepted.class);
    assertThat(secret.setFirst(WRONG)).isEqualTo(new Verdict.AlreadySet());
    assertThat(secret.verify(WRONG)).isEqualTo(new Verdict.Wrong(4));
  }

  @Test
  void onlyTheOwnerCanReadItsFiles() throws Exception {
    secret.setFirst(RIGHT);
    secret.verify(WRONG);

    try (Stream<Path> files = Files.list(dir)) {
      List<Path> all = files.sorted().toList();
      assertThat(all.stream().map(file -> String.valueOf(file.getFileName())))
          .containsExactly("admin.secret", "admin.secret.attempts", "admin.secret.lock");
      for (Path file : all) {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
            .isEqualTo("rw-------");
        assertThat(Files.readString(file)).doesNotContain("right", "wrong one");
      }
    }
  }

  @Test
  void aChangeNeedsTheOldOneAndEndsWhatItOpened() throws Exception {
    secret.setFirst(RIGHT);
    Verdict.Accepted before = (Verdict.Accepted) secret.verify(RIGHT);

    assertThat(secret.change(WRONG, "next".toCharArray())).isEqualTo(new Verdict.Wrong(4));
    assertThat(secret.isCurrent(before)).isTrue();
    Verdict.Accepted after = (Verdict.Accepted) secret.change(RIGHT, "next".toCharArray());

    assertThat(secret.isCurrent(before)).isFalse();
    assertThat(secret.isCurrent(after)).isTrue();
    assertThat(secret.verify("next".toCharArray())).isEqualTo(after);
    assertThat(secret.verify(RIGHT)).isEqualTo(new Verdict.Wrong(3));
  }

  @Test
  void fiveWrongOnesBlockForAQuarterOfAnHourAlsoAfterARestart() throws Exception {
    secret.setFirst(RIGHT);
    for (int left = 4; left >= 0; left--) {
      assertThat(secret.verify(WRONG)).isEqualTo(new Verdict.Wrong(left));
      now.pass(Duration.ofSeconds(1));
    }
    Instant until = START.plusSeconds(4 + 900);

    assertThat(secret.verify(RIGHT)).isEqualTo(new Verdict.Blocked(until));
    assertThat(secret.change(RIGHT, "next".toCharArray())).isEqualTo(new Verdict.Blocked(until));
    try (AdminSecret restarted = AdminSecret.load(file(), now)) {
      assertThat(restarted.verify(RIGHT)).isEqualTo(new Verdict.Blocked(until));
      now.set(until.minusMillis(1));
      assertThat(restarted.verify(RIGHT)).isEqualTo(new Verdict.Blocked(until));
      now.set(until);
      assertThat(restarted.verify(RIGHT)).isInstanceOf(Verdict.Accepted.class);
    }
  }

  @Test
  void rightOnesInBetweenDoNotStartTheCountAgain() throws Exception {
    secret.setFirst(RIGHT);
    for (int left = 4; left > 0; left--) {
      assertThat(secret.verify(WRONG)).isEqualTo(new Verdict.Wrong(left));
      assertThat(secret.verify(RIGHT)).isInstanceOf(Verdict.Accepted.class);
    }

    assertThat(secret.verify(WRONG)).isEqualTo(new Verdict.Wrong(0));
    assertThat(secret.verify(RIGHT)).isInstanceOf(Verdict.Blocked.class);
  }

  @Test
  void inAnEmergencyOnePasswordASecondIsLookedAt() throws Exception {
    block();
    Instant until = START.plusSeconds(900);
    now.set(START.plusSeconds(10));

    assertThat(secret.verifyInEmergency(WRONG)).isEqualTo(new Verdict.Wrong(0));
    now.set(START.plusSeconds(11).minusMillis(1));
    assertThat(secret.verifyInEmergency(RIGHT)).isEqualTo(new Verdict.Blocked(until));
    now.set(START.plusSeconds(11));
    assertThat(secret.verifyInEmergency(RIGHT)).isInstanceOf(Verdict.Accepted.class);
    // Neither opens what is blocked nor lengthens it.
    assertThat(secret.verify(RIGHT)).isEqualTo(new Verdict.Blocked(until));
  }

  @Test
  void withoutABlockAnEmergencyCountsAsAnyOther() throws Exception {
    secret.setFirst(RIGHT);

    assertThat(secret.verifyInEmergency(WRONG)).isEqualTo(new Verdict.Wrong(4));
    assertThat(secret.verifyInEmergency(RIGHT)).isInstanceOf(Verdict.Accepted.class);
    assertThat(secret.verify(WRONG)).isEqualTo(new Verdict.Wrong(3));
  }

  @Test
  void losingTheListOfAttemptsDoesNotUnblockARunningEngine() throws Exception {
    block();
    Files.delete(dir.resolve("admin.secret.attempts"));

    assertThat(secret.verify(RIGHT)).isInstanceOf(Verdict.Blocked.class);
  }

  @Test
  void aDamagedListOfAttemptsBlocks() throws Exception {
    secret.setFirst(RIGHT);
    Files.writeString(dir.resolve("admin.secret.attempts"), "garbage");

    assertThat(secret.verify(RIGHT)).isEqualTo(new Verdict.Blocked(START.plusSeconds(900)));
    now.set(START.plusSeconds(900));
    assertThat(secret.verify(RIGHT)).isInstanceOf(Verdict.Accepted.class);
  }

  @Test
  void aDamagedFileIsAnErrorAndStays() throws Exception {
    Files.writeString(file(), "$argon2id$half");

    assertThatThrownBy(() -> AdminSecret.load(file(), now))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(file() + " is damaged")
        .hasMessageContaining("risk-admin passwd");
    assertThatThrownBy(() -> secret.verify(RIGHT)).hasMessageContaining("is damaged");
    assertThatThrownBy(() -> secret.setFirst(RIGHT)).hasMessageContaining("is damaged");
    assertThat(file()).hasContent("$argon2id$half");
  }

  @Test
  void saysWhatCannotBeAPassword() {
    assertThat(AdminSecret.problemWith(new char[0])).isPresent();
    assertThat(AdminSecret.problemWith("x".repeat(1024).toCharArray())).isEmpty();
    assertThat(AdminSecret.problemWith("x".repeat(1025).toCharArray())).isPresent();
    assertThat(AdminSecret.problemWith("two\nlines".toCharArray())).isPresent();
    assertThat(AdminSecret.problemWith("ok 🔑".toCharArray())).isEmpty();
    assertThat(AdminSecret.problemWith(new char[] {'x', '\ud83d'})).isPresent();
    assertThat(AdminSecret.problemWith(new char[] {'\udd11', 'x'})).isPresent();
  }

  private void block() throws IOException {
    secret.setFirst(RIGHT);
    for (int i = 0; i < 5; i++) {
      secret.verify(WRONG);
    }
  }

  private Path file() {
    return dir.resolve("admin.secret");
  }
}
