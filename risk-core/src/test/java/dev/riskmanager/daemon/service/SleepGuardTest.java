package dev.riskmanager.daemon.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Against a helper that stands in for {@code systemd-inhibit}: holds until its input ends. */
@DisabledOnOs(OS.WINDOWS)
class SleepGuardTest {
  @TempDir Path directory;

  @Test
  void sleepIsInhibitedExactlyWhilePositionsAreOpen() throws Exception {
    Path trace = directory.resolve("trace");
    try (SleepGuard guard = guard("echo held >> " + trace + "; cat; echo ended >> " + trace)) {
      guard.positionsOpen(false);
      assertThat(trace).doesNotExist();

      guard.positionsOpen(true);
      guard.positionsOpen(true);
      await().untilAsserted(() -> assertThat(lines(trace)).containsExactly("held"));

      guard.positionsOpen(false);
      await().untilAsserted(() -> assertThat(lines(trace)).containsExactly("held", "ended"));
      assertThat(guard.isHolding()).isFalse();

      guard.positionsOpen(true);
      await().untilAsserted(() -> assertThat(lines(trace)).hasSize(3));
    }
    await()
        .untilAsserted(
            () -> assertThat(lines(trace)).containsExactly("held", "ended", "held", "ended"));
  }

  @Test
  void aSystemThatRefusesIsAskedOnce() throws Exception {
    Path trace = directory.resolve("trace");
    try (SleepGuard guard = guard("echo asked >> " + trace + "; exit 1")) {
      guard.positionsOpen(true);
      await().until(() -> !guard.isHolding());

      guard.positionsOpen(false);
      guard.positionsOpen(true);

      assertThat(guard.isHolding()).isFalse();
      assertThat(lines(trace)).containsExactly("asked");
    }
  }

  private SleepGuard guard(String script) {
    return new SleepGuard(List.of("/bin/sh", "-c", script, directory.toString()), Runnable::run);
  }

  private static List<String> lines(Path file) throws IOException {
    return Files.exists(file) ? Files.readAllLines(file) : List.of();
  }
}
