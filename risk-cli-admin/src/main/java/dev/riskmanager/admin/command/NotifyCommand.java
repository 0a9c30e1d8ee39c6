package dev.riskmanager.admin.command;

import dev.riskmanager.admin.session.Options;
import dev.riskmanager.daemon.app.NotificationCheck;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code notify}: whether people outside are reached. */
@Command(
    name = "notify",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = "Tries the notifications that engine.yaml asks for.",
    subcommands = NotifyCommand.Test.class)
public final class NotifyCommand extends CommandGroup {
  /** What can be tried. */
  static final class Targets implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return List.of("webhook", "discord", "telegram", "email", "desktop", "heartbeat").iterator();
    }
  }

  /** {@code notify test}. */
  @Command(
      name = "test",
      mixinStandardHelpOptions = true,
      description = {
        "Sends a message to each target now, from this process with its environment, and says what",
        "became of it. Exit code 1 when one was not taken.",
        ""
      },
      footer = {
        "",
        "Examples:",
        "  risk-admin notify test",
        "  risk-admin notify test telegram --json"
      })
  static final class Test implements Callable<Integer> {
    @Spec private CommandLine.Model.CommandSpec spec;
    @Mixin private Options options;

    @Parameters(
        arity = "0..1",
        paramLabel = "TARGET",
        completionCandidates = Targets.class,
        description = "webhook, discord, telegram, email, desktop or heartbeat. Default all.")
    private @Nullable String target;

    @Override
    public Integer call() throws Exception {
      return DoctorCommand.print(
          NotificationCheck.run(options.homeDir(), System.getenv(), Optional.ofNullable(target)),
          options,
          spec.commandLine());
    }
  }
}
