package dev.riskmanager.admin.command;

import dev.riskmanager.admin.session.CommandException;
import dev.riskmanager.admin.session.Options;
import dev.riskmanager.admin.session.Questions;
import dev.riskmanager.wire.HomeDir;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/** Whether a new home's engine becomes a service of the system. */
final class InitService {
  private static final Path SYSTEMD_RUNS = Path.of("/run/systemd/system");
  private static final Path UNITS = Path.of("/etc/systemd/system");

  private InitService() {}

  /**
   * As given, or as a person says where it can be done.
   *
   * @param given null is asked for
   */
  static boolean isWanted(@Nullable Boolean given) throws CommandException {
    if (given != null) {
      return given;
    }
    return Options.onTerminal()
        && Files.isDirectory(SYSTEMD_RUNS)
        && Files.isWritable(UNITS)
        && Questions.confirm("Make the engine a service that starts with the machine?", false);
  }

  /** Makes it one. */
  static void install(CommandLine commands, HomeDir home) throws CommandException {
    if (commands.execute("engine", "install", "--home", home.root().toString()) != 0) {
      throw new CommandException("the home is set up, but the service was not installed");
    }
  }
}
