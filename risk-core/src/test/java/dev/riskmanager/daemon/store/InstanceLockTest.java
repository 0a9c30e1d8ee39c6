package dev.riskmanager.daemon.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.riskmanager.daemon.port.Store.StoreException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class InstanceLockTest {
  @TempDir Path run;

  private void assertTakenBy(long pid) {
    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> InstanceLock.acquire(run))
        .withMessage(
            "another engine (pid "
                + pid
                + ") already runs for this home. Stop it with `risk-admin engine stop`, or give"
                + " this one another --home");
  }

  @Test
  void anotherProcessIsRefusedUntilTheFirstIsDead() throws Exception {
    try (ChildJvm first = ChildJvm.start("lock", run)) {
      first.await("LOCKED");
      assertTakenBy(first.pid());
      first.kill();
      try (InstanceLock _ = InstanceLock.acquire(run)) {
        assertTakenBy(ProcessHandle.current().pid());
      }
    }
  }

  @Test
  void aSecondAttemptOfThisProcessDoesNotLoseTheLock() throws Exception {
    try (InstanceLock _ = InstanceLock.acquire(run)) {
      assertTakenBy(ProcessHandle.current().pid());
      try (ChildJvm other = ChildJvm.start("lock", run)) {
        assertThat(other.await("REFUSED"))
            .contains("(pid " + ProcessHandle.current().pid() + ") already runs");
      }
    }
  }

  @Test
  void itCanBeTakenAgainAfterItWasReleased() throws Exception {
    InstanceLock first = InstanceLock.acquire(run);
    first.close();
    InstanceLock second = InstanceLock.acquire(run);
    first.close();
    assertTakenBy(ProcessHandle.current().pid());
    second.close();
    InstanceLock.acquire(run).close();
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void theFileIsForTheEnginesUserAlone() throws Exception {
    InstanceLock.acquire(run).close();
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(run.resolve("engine.lock"))))
        .isEqualTo("rw-------");
  }

  @Test
  void aMissingDirectoryIsSaid() {
    Path missing = run.resolve("none");
    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> InstanceLock.acquire(missing))
        .withMessageStartingWith(missing.resolve("engine.lock") + " could not be locked: ");
  }
}
