package dev.riskmanager.admin.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The unit as systemd reads it. */
@EnabledOnOs(OS.LINUX)
class SystemdUnitTest {
  private static final Path ANALYZE = Path.of("/usr/bin/systemd-analyze");

  @TempDir Path directory;

  @Test
  void theUnitIsHardenedWatchedAndStartedAgain() {
    List<String> lines = unit(List.of("/opt/risk-manager/bin/risk-engine"), "/var/lib/rm").lines();

    assertThat(lines)
        .contains(
            "Type=notify",
            "NotifyAccess=main",
            "ExecStart=/opt/risk-manager/bin/risk-engine",
            "User=risk-manager",
            "Restart=always",
            "WatchdogSec=30",
            "UMask=0077",
            "NoNewPrivileges=yes",
            "ProtectSystem=strict",
            "ReadWritePaths=\"/var/lib/rm\"",
            "ProtectHome=yes",
            "PrivateTmp=yes",
            "StartLimitIntervalSec=0",
            "RestartPreventExitStatus=0");
  }

  @Test
  void whatLiesInAHomeDirectoryStaysReadable() {
    assertThat(unit(List.of("/home/ada/rm/bin/risk-engine"), "/var/lib/rm").lines())
        .contains("ProtectHome=read-only");
    assertThat(unit(List.of("/opt/rm"), "/home/ada/.risk-manager").lines())
        .contains("ProtectHome=read-only");
    assertThat(unit(List.of("/opt/rm"), "/homework").lines()).contains("ProtectHome=yes");
  }

  @Test
  void wordsArePassedOnAsTheyAre() {
    assertThat(SystemdUnit.argument("/opt/rm/bin")).isEqualTo("/opt/rm/bin");
    assertThat(SystemdUnit.argument("/opt/risk manager")).isEqualTo("\"/opt/risk manager\"");
    assertThat(SystemdUnit.argument("a\"b\\c")).isEqualTo("\"a\\\"b\\\\c\"");
    assertThat(SystemdUnit.argument("100%")).isEqualTo("100%%");
    assertThat(SystemdUnit.argument("$HOME")).isEqualTo("$$HOME");
    assertThat(SystemdUnit.argument("a;b")).isEqualTo("\"a;b\"");
    assertThat(SystemdUnit.argument("")).isEqualTo("\"\"");
  }

  /** With odd paths, too: the program must be found where the unit says, else verify complains. */
  @Test
  void systemdItselfAcceptsIt() throws Exception {
    assumeTrue(Files.isExecutable(ANALYZE), "systemd-analyze is not installed");
    Path odd = Files.createDirectories(directory.resolve("odd $HOME 100% dir"));
    Path program = Files.writeString(odd.resolve("risk-engine"), "#!/bin/sh\n");
    assertThat(program.toFile().setExecutable(true)).isTrue();

    assertThat(verify(unit(List.of(program.toString(), "--home", "/var/lib/a b"), "/var/lib/a b")))
        .isEmpty();
    Lines wrong = unit(List.of(odd.resolve("nothing").toString()), "/var/lib/rm");
    assertThat(verify(wrong)).contains("not executable");
  }

  private String verify(Lines unit) throws Exception {
    Path file = Files.writeString(directory.resolve(SystemdUnit.NAME), unit.text);
    SystemCommands.Ended ended =
        SystemCommands.run(List.of(ANALYZE.toString(), "verify", "--man=no", file.toString()));
    return ended.said().lines().filter(l -> l.contains("risk-manager")).toList().isEmpty()
            && ended.code() == 0
        ? ""
        : ended.said();
  }

  private record Lines(String text) {
    List<String> lines() {
      return text.lines().toList();
    }
  }

  private static Lines unit(List<String> command, String home) {
    return new Lines(
        new SystemdUnit(command, "risk-manager", Path.of(home), List.of(Path.of(command.get(0))))
            .text());
  }
}
