package dev.riskmanager.admin.command;

import dev.riskmanager.admin.render.FoldedWriter;
import dev.riskmanager.admin.service.ServiceFiles;
import dev.riskmanager.admin.service.ServiceInstaller;
import dev.riskmanager.admin.service.SystemdUnit;
import dev.riskmanager.admin.service.WindowsService;
import dev.riskmanager.admin.session.CommandException;
import dev.riskmanager.admin.session.Options;
import dev.riskmanager.admin.session.Questions;
import dev.riskmanager.daemon.app.RiskEngineMain;
import dev.riskmanager.daemon.app.Setup;
import dev.riskmanager.daemon.app.StartException;
import dev.riskmanager.wire.AdminClient;
import dev.riskmanager.wire.ControlException;
import dev.riskmanager.wire.HomeDir;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code engine install} and {@code engine uninstall}. */
final class ServiceCommands {
  /** The options of the virtual machine in {@code bin/risk-engine}. */
  private static final List<String> ENGINE_OPTIONS =
      List.of(
          "-Xmx256m",
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1",
          "-XX:ReservedCodeCacheSize=128m",
          "-XX:+ExitOnOutOfMemoryError",
          "--enable-native-access=ALL-UNNAMED");

  private ServiceCommands() {}

  /** {@code engine install}. */
  @Command(
      name = "install",
      mixinStandardHelpOptions = true,
      sortOptions = false,
      description = {
        "Makes the engine a service that starts with the machine, is watched and started again: a",
        "hardened systemd unit, checked by systemd's own verifier. Needs root. The home is given"
            + " to",
        "the service's user, so that the trader's user can neither stop it nor change its files.",
        ""
      },
      footer = {
        "",
        "Examples:",
        "  sudo risk-admin init --home /var/lib/risk-manager",
        "  sudo risk-admin engine install --home /var/lib/risk-manager",
        "  risk-admin engine install --print",
        "  risk-admin engine install --windows --output service"
      })
  static final class Install implements Callable<Integer> {
    @Spec private CommandLine.Model.CommandSpec spec;
    @Mixin private Options options;

    @Option(
        names = "--user",
        paramLabel = "NAME",
        defaultValue = "risk-manager",
        description = "Whom the engine runs as; created if need be. Default ${DEFAULT-VALUE}.")
    private String user = "risk-manager";

    @Option(names = "--no-start", description = "Do not start it now.")
    private boolean noStart;

    @Option(names = "--print", description = "Print the unit; change nothing.")
    private boolean print;

    @Option(
        names = "--root",
        paramLabel = "DIR",
        description = "Write the files below DIR and start nothing: for packages.")
    private @Nullable Path root;

    @Option(
        names = "--windows",
        description = "Write the definition for Windows (WinSW) instead; not tested on Windows.")
    private boolean windows;

    @Option(
        names = "--output",
        paramLabel = "DIR",
        defaultValue = ".",
        description = "Where --windows writes. Default the current directory.")
    private Path output = Path.of(".");

    @Override
    public Integer call() throws Exception {
      PrintWriter out = spec.commandLine().getOut();
      HomeDir home = options.homeDir();
      if (windows || isWindows()) {
        windows(home, out);
        return 0;
      }
      SystemdUnit unit = unit(home);
      if (print) {
        FoldedWriter.exactly(out, unit.text());
        out.flush();
        return 0;
      }
      ServiceFiles files = new ServiceFiles(root == null ? Path.of("/") : root.toAbsolutePath());
      refuse(home, files);
      out.println("Installing the engine for " + home.root() + " as " + user);
      new ServiceInstaller(files, out).install(unit, !noStart);
      out.println("The trader sees it when his user is in the group:");
      out.println("  sudo usermod -aG " + user + " TRADER");
      return 0;
    }

    private void refuse(HomeDir home, ServiceFiles files) throws CommandException, IOException {
      if (!Files.isDirectory(home.config())) {
        throw new CommandException(
            "there is no home at " + home.root() + "; create it with `risk-admin init`");
      }
      if (files.isLive() && !Files.isWritable(files.root().resolve("etc"))) {
        throw new CommandException("installing a service needs root; run it with sudo");
      }
      boolean personal = home.root().startsWith("/home") || home.root().startsWith("/root");
      if (files.isLive() && personal) {
        throw new CommandException(
            home.root()
                + " lies in a user's own directory, which another user cannot reach; move it: sudo"
                + " mv "
                + home.root()
                + " /var/lib/risk-manager, then give --home /var/lib/risk-manager");
      }
    }

    private SystemdUnit unit(HomeDir home) {
      List<String> command = new ArrayList<>();
      List<Path> programs = new ArrayList<>();
      String installed = System.getenv("RISK_ROOT");
      Path launcher = Path.of(installed == null ? "" : installed, "bin", "risk-engine");
      if (installed != null && Files.isDirectory(Path.of(installed, "lib"))) {
        command.add(launcher.toString());
        programs.add(launcher);
      } else {
        command.add(java().toString());
        command.addAll(ENGINE_OPTIONS);
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add(RiskEngineMain.class.getName());
        programs.add(java());
        for (String part :
            System.getProperty("java.class.path").split(java.io.File.pathSeparator)) {
          programs.add(Path.of(part).toAbsolutePath());
        }
      }
      command.addAll(List.of("--home", home.root().toString()));
      return new SystemdUnit(command, user, home.root(), programs);
    }

    private void windows(HomeDir home, PrintWriter out) throws IOException {
      String arguments =
          String.join(" ", ENGINE_OPTIONS)
              + " -cp \"%BASE%\\lib\\*\" "
              + RiskEngineMain.class.getName()
              + " --home \""
              + home.root()
              + "\"";
      WindowsService service = new WindowsService(java(), arguments, home.root());
      Files.createDirectories(output);
      Path definition = output.resolve("risk-manager.xml");
      Path access = output.resolve("risk-manager-acl.cmd");
      Files.writeString(definition, service.definition(), StandardCharsets.UTF_8);
      Files.writeString(access, service.accessControl(), StandardCharsets.UTF_8);
      out.println("  wrote " + definition);
      out.println("  wrote " + access);
      out.println("Put WinSW 2 beside them as risk-manager.exe; docs/service.md says how.");
      out.println("Nothing of this has been tested on Windows.");
    }

    private static Path java() {
      return Path.of(System.getProperty("java.home"), "bin", isWindows() ? "java.exe" : "java");
    }

    private static boolean isWindows() {
      return System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("windows");
    }
  }

  /** {@code engine uninstall}. */
  @Command(
      name = "uninstall",
      mixinStandardHelpOptions = true,
      sortOptions = false,
      description = {
        "Stops the service and removes its files. The home with lockouts, books and settings"
            + " stays,",
        "unless --delete-home is given. Needs root and the admin password.",
        ""
      },
      footer = {
        "",
        "Examples:",
        "  risk-admin engine uninstall",
        "  risk-admin engine uninstall --delete-home --yes"
      })
  static final class Uninstall implements Callable<Integer> {
    @Spec private CommandLine.Model.CommandSpec spec;
    @Mixin private Options options;

    @Option(names = "--yes", description = "Do not ask for confirmation.")
    private boolean yes;

    @Option(
        names = "--delete-home",
        description = "Delete the home too: lockouts, books, settings, logs. They are gone then.")
    private boolean deleteHome;

    @Option(
        names = "--root",
        paramLabel = "DIR",
        description = "Remove the files below DIR and stop nothing.")
    private @Nullable Path root;

    @Override
    public Integer call() throws Exception {
      PrintWriter out = spec.commandLine().getOut();
      HomeDir home = options.homeDir();
      ServiceFiles files = new ServiceFiles(root == null ? Path.of("/") : root.toAbsolutePath());
      if (files.isLive() && !Files.isWritable(files.root().resolve("etc"))) {
        throw new CommandException("removing a service needs root; run it with sudo");
      }
      if (deleteHome && !Files.isRegularFile(home.riskConfigYaml())) {
        throw new CommandException(home.root() + " is not a home; nothing was changed");
      }
      String question =
          deleteHome
              ? "Remove the service and delete " + home.root() + " with all lockouts and books?"
              : "Remove the service? Nothing is protected then.";
      Questions.insist(question, yes);
      // Other files than the system's stop nothing, nor does a service that is not there.
      boolean stops = deleteHome || (files.isLive() && Files.exists(files.unit()));
      authenticate(home, stops);
      out.println("Removing the service");
      new ServiceInstaller(files, out).uninstall();
      if (deleteHome) {
        for (Path part : List.of(home.config(), home.data(), home.logs(), home.run())) {
          delete(part);
        }
        // Whatever else lies there is not ours, and keeps the directory.
        Files.delete(home.root());
        out.println("  deleted " + home.root());
      } else {
        out.println("  " + home.root() + " stays as it is");
      }
      return 0;
    }

    /** By the engine, so that it is on the audit; without one by the stored hash. */
    private void authenticate(HomeDir home, boolean stops)
        throws CommandException, ControlException, StartException {
      if (!Setup.hasPassword(home)) {
        return;
      }
      if (Files.exists(home.adminSocket())) {
        try (AdminClient client = options.admin()) {
          if (stops) {
            client.shutdown("the service is removed");
          }
          return;
        } catch (ControlException e) {
          if (!(e instanceof ControlException.EngineNotRunning)) {
            throw e;
          }
        }
      }
      char[] password = options.passwords().read("Admin password: ");
      try {
        Setup.checkPassword(home, password);
      } finally {
        Arrays.fill(password, '\0');
      }
    }

    private static void delete(Path directory) throws IOException {
      if (!Files.isDirectory(directory)) {
        return;
      }
      try (Stream<Path> tree = Files.walk(directory)) {
        for (Path file : tree.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }
}
