package dev.riskmanager.admin.session;

import java.io.Console;
import java.util.Locale;

/** Asks a person, when there is one. */
public final class Questions {
  private Questions() {}

  /**
   * A yes or no; the default is no.
   *
   * @param yes answers yes without asking
   * @throws CommandException when nobody can be asked
   */
  public static boolean confirm(String question, boolean yes) throws CommandException {
    if (yes) {
      return true;
    }
    Console console = System.console();
    if (console == null || !console.isTerminal()) {
      throw new CommandException(
          "this asks for a confirmation; add --yes when there is no terminal");
    }
    String answer = console.readLine("%s [y/N] ", question);
    return answer != null && answer.strip().toLowerCase(Locale.ROOT).startsWith("y");
  }

  /**
   * A line of text.
   *
   * @param option the option that gives it without asking
   * @throws CommandException when nobody can be asked or nothing was said
   */
  public static String ask(String question, String option) throws CommandException {
    Console console = System.console();
    if (console == null || !console.isTerminal()) {
      throw new CommandException(option + " is needed when there is no terminal to ask at");
    }
    String answer = console.readLine("%s", question);
    if (answer == null || answer.isBlank()) {
      throw new CommandException("nothing was given; use " + option);
    }
    return answer.strip();
  }
}
