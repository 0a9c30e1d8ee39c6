package dev.riskmanager.admin.service;

import dev.riskmanager.admin.session.CommandException;
import dev.riskmanager.wire.HomeDir;
import dev.riskmanager.wire.ProbesView;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Whether the service of a home runs and comes back with the machine, as systemd says. */
public final class ServiceProbe {
  private static final Path SYSTEMD_RUNS = Path.of("/run/systemd/system");

  private final ServiceFiles files;

  public ServiceProbe(ServiceFiles files) {
    this.files = files;
  }

  /** Empty where no service of this home is installed: then there is nothing to try. */
  public Optional<ProbesView.Probe> run(HomeDir home) {
    if (!files.serves(home.root())) {
      return Optional.empty();
    }
    long began = System.nanoTime();
    String unit = String.valueOf(files.unit().getFileName());
    if (!Files.isDirectory(SYSTEMD_RUNS)) {
      return Optional.of(
          red(
              began,
              unit + " is installed, and systemd does not run this machine",
              "risk-admin engine run, or boot with systemd"));
    }
    try {
      String active = SystemCommands.run(List.of("systemctl", "is-active", unit)).said();
      String enabled = SystemCommands.run(List.of("systemctl", "is-enabled", unit)).said();
      String text = unit + " is " + active + " and " + enabled;
      return Optional.of(
          active.equals("active") && enabled.equals("enabled")
              ? new ProbesView.Probe("service", true, since(began), text, null)
              : red(began, text, "sudo systemctl enable --now " + unit));
    } catch (CommandException e) {
      return Optional.of(red(began, e.getMessage(), "look at systemctl status " + unit));
    }
  }

  private static ProbesView.Probe red(
      long began, @org.jspecify.annotations.Nullable String seen, String remedy) {
    return new ProbesView.Probe("service", false, since(began), String.valueOf(seen), remedy);
  }

  private static long since(long began) {
    return (System.nanoTime() - began) / 1_000_000;
  }
}
