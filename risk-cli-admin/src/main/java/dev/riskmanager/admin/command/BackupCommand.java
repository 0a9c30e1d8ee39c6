package dev.riskmanager.admin.command;

import dev.riskmanager.admin.render.BackupText;
import dev.riskmanager.admin.session.Options;
import dev.riskmanager.daemon.app.Maintenance;
import dev.riskmanager.wire.AdminClient;
import dev.riskmanager.wire.BackupView;
import dev.riskmanager.wire.ControlException;
import dev.riskmanager.wire.WireJson;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Spec;

/** {@code backup}: lists the backups of the database, or makes one. */
@Command(
    name = "backup",
    mixinStandardHelpOptions = true,
    description = {
      "Lists the daily backups of the database with what is in them; each is looked through.",
      "`backup make` makes the one of today now. `risk-admin restore` puts one back."
    },
    footer = {"", "Examples:", "  risk-admin backup", "  risk-admin backup make"},
    subcommands = BackupCommand.Make.class)
public final class BackupCommand implements Callable<Integer> {
  @Spec private CommandLine.Model.CommandSpec spec;
  @Mixin private Options options;

  @Override
  public Integer call() throws Exception {
    PrintWriter out = spec.commandLine().getOut();
    List<BackupView> backups = Maintenance.backups(options.homeDir());
    if (options.json()) {
      out.println(WireJson.write(Map.of("backups", backups)));
    } else {
      BackupText.lines(backups).forEach(out::println);
    }
    return 0;
  }

  /** {@code backup make}. */
  @Command(
      name = "make",
      mixinStandardHelpOptions = true,
      description = {
        "Copies the database to the backup of today, which it replaces; engine running or not. The",
        "copy is checked before it gets its name."
      },
      footer = {"", "Example:", "  risk-admin backup make"})
  static final class Make implements Callable<Integer> {
    @Spec private CommandLine.Model.CommandSpec spec;
    @Mixin private Options options;

    @Override
    public Integer call() throws Exception {
      spec.commandLine().getOut().println("Backup written: " + make());
      return 0;
    }

    private String make() throws Exception {
      try (AdminClient client = options.admin()) {
        return client.backup().file();
      } catch (ControlException.EngineNotRunning e) {
        char[] password = options.passwords().read("Admin password: ");
        try (Maintenance maintenance = Maintenance.begin(options.homeDir(), password)) {
          return maintenance.backUp().toString();
        } finally {
          Arrays.fill(password, '\0');
        }
      }
    }
  }
}
