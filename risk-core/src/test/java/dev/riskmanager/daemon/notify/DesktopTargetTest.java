package dev.riskmanager.daemon.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.riskmanager.daemon.port.Notice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Against programs that stand in for {@code notify-send}. */
@DisabledOnOs(OS.WINDOWS)
class DesktopTargetTest {
  private static final Notice NOTICE =
      new Notice(
          Notice.Kind.ALARM,
          Instant.parse("2025-10-31T17:21:19Z"),
          Optional.empty(),
          Optional.empty(),
          "-x $(id) <b>disk</b> & full");

  @TempDir Path directory;

  @Test
  void theTextArrivesAsItIs() throws Exception {
    Path said = directory.resolve("said");

    target("printf '%s\\n' \"$@\" > " + said).send(List.of(NOTICE), 0);

    assertThat(Files.readString(said))
        .isEqualTo(
            """
            --app-name=Risk Manager
            --
            Risk Manager: ALARM: -x $(id) <b>disk</b> & full
            ALARM 2025-10-31T17:21:19Z: -x $(id) &lt;b&gt;disk&lt;/b&gt; &amp; full
            """);
  }

  @Test
  void aProgramThatFailsOrHangsOrIsNotThereSaysSo() throws Exception {
    SendException failed = failure(target("echo no session bus; exit 1"));
    SendException hung =
        failure(new DesktopTarget(script("exec sleep 60"), Duration.ofMillis(100)));
    SendException absent =
        failure(new DesktopTarget(directory.resolve("nothing").toString(), Duration.ofSeconds(5)));

    assertThat(failed).hasMessageContaining("no session bus");
    assertThat(failed.isPermanent()).isFalse();
    assertThat(hung).hasMessageContaining("did not end");
    assertThat(absent).hasMessageContaining("install it");
    assertThat(absent.isPermanent()).isTrue();
  }

  private static SendException failure(DesktopTarget target) {
    return catchThrowableOfType(SendException.class, () -> target.send(List.of(NOTICE), 0));
  }

  private DesktopTarget target(String body) throws IOException {
    return new DesktopTarget(script(body), Duration.ofSeconds(10));
  }

  private String script(String body) throws IOException {
    Path script = Files.createTempFile(directory, "notify", "");
    Files.writeString(script, "#!/bin/sh\n" + body + "\n");
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
    return script.toString();
  }
}
