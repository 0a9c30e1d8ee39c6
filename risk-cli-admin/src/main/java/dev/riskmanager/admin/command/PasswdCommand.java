package dev.riskmanager.admin.command;

import dev.riskmanager.admin.session.CommandException;
import dev.riskmanager.admin.session.Options;
import dev.riskmanager.admin.session.Passwords;
import dev.riskmanager.daemon.app.Setup;
import dev.riskmanager.wire.AdminClient;
import dev.riskmanager.wire.ControlException;
import java.util.Arrays;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code passwd}: sets or changes the admin password. */
@Command(
    name = "passwd",
    mixinStandardHelpOptions = true,
    description = {
      "Sets the admin password, or changes it (the old one is asked first). Setting it the first",
      "time is for the owner of the home. With --password-stdin the lines are: the old password",
      "when there is one, then the new one."
    },
    footer = {"", "Example:", "  risk-admin passwd"})
public final class PasswdCommand implements Callable<Integer> {
  @Spec private CommandLine.Model.CommandSpec spec;
  @Mixin private Options options;

  @Option(names = "--first", description = "Fail when there is a password already.")
  private boolean first;

  @Override
  public Integer call() throws Exception {
    boolean exists = Setup.hasPassword(options.homeDir());
    if (exists && first) {
      throw new CommandException("there is an admin password already");
    }
    Passwords passwords = options.passwords();
    char[] old = exists ? passwords.read("Old admin password: ") : new char[0];
    char[] fresh = passwords.readNew(Setup::problemWith);
    try {
      change(exists ? old : null, fresh);
    } finally {
      Arrays.fill(old, '\0');
      Arrays.fill(fresh, '\0');
    }
    spec.commandLine()
        .getOut()
        .println(exists ? "The admin password is changed." : "The admin password is set.");
    return 0;
  }

  private void change(char @Nullable [] old, char[] fresh) throws Exception {
    try (AdminClient client = options.unauthenticated()) {
      client.passwd(old, fresh);
    } catch (ControlException.EngineNotRunning e) {
      Setup.changePassword(options.homeDir(), old, fresh);
    }
  }
}
