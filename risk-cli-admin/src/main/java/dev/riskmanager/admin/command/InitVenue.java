package dev.riskmanager.admin.command;

import dev.riskmanager.admin.session.CommandException;
import dev.riskmanager.admin.session.Questions;
import dev.riskmanager.admin.session.Secrets;
import dev.riskmanager.daemon.app.Setup;
import dev.riskmanager.daemon.app.StartException;
import java.io.PrintWriter;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The credentials, tried at the venue; what a person typed wrong is asked for again. */
final class InitVenue {
  private final Optional<URI> url;
  private final PrintWriter out;

  InitVenue(Optional<URI> url, PrintWriter out) {
    this.url = url;
    this.out = out;
  }

  /**
   * Credentials, and what the venue lists for them.
   *
   * @param accounts empty when they were not tried
   */
  record Login(String user, String key, List<Setup.Listed> accounts) {
    /** Without the key. */
    @Override
    public String toString() {
      return "Login[" + accounts + "]";
    }
  }

  /**
   * Asks for what was not given, and tries it.
   *
   * @param user null is asked for
   * @param key null is asked for
   * @param untried whether the venue is not asked
   */
  Login login(@Nullable String user, @Nullable String key, boolean untried)
      throws CommandException, StartException {
    String name = user == null ? "" : user.strip();
    while (true) {
      if (user == null) {
        name = name.isEmpty() ? userName() : userName(name);
      }
      String secret = key == null ? Secrets.ask("API key (not shown): ", "--api-key-file") : key;
      if (untried) {
        return new Login(name, secret, List.of());
      }
      try {
        return login(name, secret);
      } catch (StartException e) {
        boolean asked = user == null || key == null;
        if (!asked || !Questions.possible()) {
          throw e;
        }
        out.println(e.getMessage());
        out.println("Once more; Ctrl-C gives up.");
        out.flush();
      }
    }
  }

  private static String userName() throws CommandException {
    String set = System.getenv("TOPSTEPX_USERNAME");
    if (set != null && !set.isBlank()) {
      return userName(set);
    }
    while (true) {
      String name = Questions.askOr("Platform user name: ", "");
      if (!name.isEmpty()) {
        return name;
      }
      if (!Questions.possible()) {
        throw new CommandException("--username is needed when there is no terminal to ask at");
      }
    }
  }

  private static String userName(String otherwise) throws CommandException {
    return Questions.askOr("Platform user name [" + otherwise + "]: ", otherwise);
  }

  /** Tries them. */
  Login login(String user, String key) throws CommandException, StartException {
    out.println("Logging in ...");
    out.flush();
    List<Setup.Listed> listed = Setup.accounts(url, user, key);
    for (Setup.Listed one : listed) {
      out.println(
          "  " + one.id() + "  " + one.name() + (one.canTrade() ? "" : "  (may not trade)"));
    }
    out.flush();
    if (listed.isEmpty()) {
      throw new CommandException("this login has no account; nothing was written");
    }
    return new Login(user, key, listed);
  }
}
