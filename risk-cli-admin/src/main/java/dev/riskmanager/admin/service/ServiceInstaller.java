package dev.riskmanager.admin.service;

import dev.riskmanager.admin.session.CommandException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Makes the engine a service of systemd, step by step, each told. */
public final class ServiceInstaller {
  private static final String ANALYZE = "/usr/bin/systemd-analyze";
  private static final String SYSTEMCTL = "/usr/bin/systemctl";
  private static final Path BOOTED = Path.of("/run/systemd/system");

  private final ServiceFiles files;
  private final PrintWriter out;

  public ServiceInstaller(ServiceFiles files, PrintWriter out) {
    this.files = files;
    this.out = out;
  }

  /**
   * Installs it.
   *
   * @param start whether it is started now
   * @throws CommandException when a step fails; what was done until then is printed
   */
  public void install(SystemdUnit unit, boolean start) throws CommandException {
    refuseNames(unit);
    verify(unit);
    if (files.isLive()) {
      user(unit);
      SystemCommands.must(
          List.of("chown", "-R", "-h", unit.user() + ":" + unit.user(), unit.home().toString()));
      out.println("  " + unit.home() + " belongs to " + unit.user());
    }
    files.write(unit).forEach(file -> out.println("  wrote " + file));
    if (!files.isLive()) {
      out.println("  nothing was started: " + files.root() + " is not the running system");
      return;
    }
    if (!Files.isDirectory(BOOTED)) {
      out.println("  nothing was started: systemd does not run this machine");
      return;
    }
    SystemCommands.must(List.of(SYSTEMCTL, "daemon-reload"));
    SystemCommands.must(List.of(SYSTEMCTL, "enable", SystemdUnit.NAME));
    out.println("  starts with the machine");
    if (start) {
      SystemCommands.must(List.of(SYSTEMCTL, "restart", "--no-block", SystemdUnit.NAME));
      out.println("  started; `systemctl status risk-manager` tells how it is");
    }
  }

  private static void refuseNames(SystemdUnit unit) throws CommandException {
    if (!ServiceFiles.isUserName(unit.user())) {
      throw new CommandException(
          unit.user() + " is no name for a user of the system; try risk-manager");
    }
    if (unit.user().equals("root")) {
      throw new CommandException(
          "the engine does not run as root; give a user of its own with --user");
    }
    for (String word : unit.command()) {
      if (word.chars().anyMatch(c -> c < ' ')) {
        throw new CommandException("a path with a line break cannot stand in a unit: " + word);
      }
    }
  }

  /** By systemd's own verifier, before anything is changed. */
  private void verify(SystemdUnit unit) throws CommandException {
    if (!Files.isExecutable(Path.of(ANALYZE))) {
      out.println("  the unit was not checked: systemd-analyze is not installed");
      return;
    }
    try {
      Path directory = Files.createTempDirectory("risk-unit-");
      Path file = directory.resolve(SystemdUnit.NAME);
      try {
        Files.writeString(file, unit.text());
        SystemCommands.Ended ended =
            SystemCommands.run(List.of(ANALYZE, "verify", "--man=no", file.toString()));
        if (ended.code() != 0 || ended.said().contains(SystemdUnit.NAME)) {
          throw new CommandException(
              "systemd does not accept the unit; nothing was changed: " + ended.said());
        }
        out.println("  the unit passes systemd-analyze verify");
      } finally {
        Files.deleteIfExists(file);
        Files.delete(directory);
      }
    } catch (IOException e) {
      throw new CommandException("the unit could not be checked: " + e.getMessage());
    }
  }

  private void user(SystemdUnit unit) throws CommandException {
    if (SystemCommands.run(List.of("getent", "passwd", unit.user())).code() == 0) {
      out.println("  user " + unit.user() + " is there");
      return;
    }
    SystemCommands.must(
        List.of(
            "useradd",
            "--system",
            "--user-group",
            "--no-create-home",
            "--home-dir",
            unit.home().toString(),
            "--shell",
            "/usr/sbin/nologin",
            unit.user()));
    out.println("  created user " + unit.user());
  }

  /** Takes the service away; the home stays as it is. */
  public void uninstall() throws CommandException {
    if (files.isLive() && Files.isDirectory(BOOTED) && Files.exists(files.unit())) {
      SystemCommands.must(List.of(SYSTEMCTL, "disable", "--now", SystemdUnit.NAME));
      out.println("  stopped, and does not start with the machine any more");
    }
    List<Path> removed = files.remove();
    removed.forEach(file -> out.println("  removed " + file));
    if (removed.isEmpty()) {
      throw new CommandException("no service is installed; nothing was changed");
    }
    if (files.isLive() && Files.isDirectory(BOOTED)) {
      SystemCommands.must(List.of(SYSTEMCTL, "daemon-reload"));
    }
  }
}
