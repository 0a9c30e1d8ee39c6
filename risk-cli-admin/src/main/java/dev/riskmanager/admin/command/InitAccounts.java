package dev.riskmanager.admin.command;

import dev.riskmanager.admin.session.CommandException;
import dev.riskmanager.admin.session.Questions;
import dev.riskmanager.daemon.app.Setup;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which of the venue's accounts are to be protected, and what the first is called. */
final class InitAccounts {
  private static final String ALL = "all";

  private InitAccounts() {}

  /**
   * Those given, or those that are asked for.
   *
   * @param listed what the venue lists, at least one
   * @param given numbers from the command line; empty asks, unless there is only one
   */
  static List<Setup.Listed> choose(List<Setup.Listed> listed, List<Long> given)
      throws CommandException {
    if (!given.isEmpty()) {
      return find(listed, given);
    }
    if (listed.size() == 1) {
      return listed;
    }
    if (!Questions.possible()) {
      throw new CommandException("--account is needed when there is no terminal to ask at");
    }
    while (true) {
      String answer =
          Questions.askOr("Accounts to protect, their numbers or all [" + ALL + "]: ", ALL);
      try {
        return answer.equalsIgnoreCase(ALL) ? listed : find(listed, numbers(answer));
      } catch (CommandException e) {
        Questions.say(e.getMessage() + "; again:");
      }
    }
  }

  /** What the first account is called: as given, or as the venue calls it. */
  static String name(Setup.Listed first, @Nullable String given) throws CommandException {
    return given == null
        ? Questions.askOr(
            "What you call account " + first.id() + " [" + first.name() + "]: ", first.name())
        : given;
  }

  private static List<Setup.Listed> find(List<Setup.Listed> listed, List<Long> numbers)
      throws CommandException {
    List<Setup.Listed> chosen = new ArrayList<>();
    for (long wanted : numbers) {
      Setup.Listed found =
          listed.stream()
              .filter(one -> one.id() == wanted)
              .findFirst()
              .orElseThrow(
                  () ->
                      new CommandException(
                          "account "
                              + wanted
                              + " is not among the accounts of this login; nothing was written"));
      if (!chosen.contains(found)) {
        chosen.add(found);
      }
    }
    return chosen;
  }

  private static List<Long> numbers(String answer) throws CommandException {
    List<Long> ids = new ArrayList<>();
    for (String part : answer.split("[ ,;]+")) {
      try {
        ids.add(Long.parseLong(part));
      } catch (NumberFormatException e) {
        throw new CommandException("an account is a number, not " + part);
      }
    }
    return ids;
  }
}
