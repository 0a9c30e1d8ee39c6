package dev.riskmanager.admin.command;

import dev.riskmanager.admin.session.CommandException;
import dev.riskmanager.admin.session.Questions;
import dev.riskmanager.daemon.app.Setup;
import java.util.ArrayList;
import java.util.List;

/** Which of the venue's accounts are to be protected. */
final class InitAccounts {
  private InitAccounts() {}

  /**
   * Those given, or those that are asked for.
   *
   * @param listed what the venue lists, at least one
   * @param given numbers from the command line; empty asks, unless there is only one
   */
  static List<Setup.Listed> choose(List<Setup.Listed> listed, List<Long> given)
      throws CommandException {
    List<Setup.Listed> chosen = new ArrayList<>();
    for (long wanted : given.isEmpty() ? ask(listed) : given) {
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

  private static List<Long> ask(List<Setup.Listed> listed) throws CommandException {
    if (listed.size() == 1) {
      return List.of(listed.get(0).id());
    }
    String answer = Questions.ask("Accounts to protect (their numbers, or all): ", "--account");
    if (answer.equalsIgnoreCase("all")) {
      return listed.stream().map(Setup.Listed::id).toList();
    }
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
