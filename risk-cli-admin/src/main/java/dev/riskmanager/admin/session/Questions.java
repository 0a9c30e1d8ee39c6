package dev.riskmanager.admin.session;

import java.io.Console;
import java.util.Locale;

/** Asks a person, when there is one. */
public final class Questions {
  private Questions() {}

  /** Whether there is somebody to ask. */
  public static boolean possible() {
    if (Session.CURRENT.isBound()) {
      return Session.CURRENT.get().interactive();
    }
    Console console = System.console();
    return console != null && console.isTerminal();
  }

  /**
   * A yes or no; the default is no.
   *
   * @param yes answers yes without asking
   * @throws CommandException when nobody can be asked
   */
  public static boolean confirm(String question, boolean yes) throws CommandException {
    return yes
        || answer(
                question + " [y/N] ",
                "this asks for a confirmation, and there is no terminal to ask at; add --yes")
            .toLowerCase(Locale.ROOT)
            .startsWith("y");
  }

  /**
   * Goes on only with a yes; the default is no.
   *
   * @param yes answers yes without asking
   * @throws CommandException on a no, or when nobody can be asked
   */
  public static void insist(String question, boolean yes) throws CommandException {
    if (!confirm(question, yes)) {
      throw new CommandException("not confirmed; nothing was changed");
    }
  }

  /**
   * A line of text.
   *
   * @param option the option that gives it without asking
   * @throws CommandException when nobody can be asked or nothing was said
   */
  public static String ask(String question, String option) throws CommandException {
    String answer = answer(question, option + " is needed when there is no terminal to ask at");
    if (answer.isEmpty()) {
      throw new CommandException("nothing was given; use " + option);
    }
    return answer;
  }

  private static String answer(String prompt, String nobody) throws CommandException {
    if (Session.CURRENT.isBound() && possible()) {
      return Session.CURRENT.get().line(prompt).strip();
    }
    Console console = System.console();
    if (console == null || !possible()) {
      throw new CommandException(nobody);
    }
    String answer = console.readLine("%s", prompt);
    return answer == null ? "" : answer.strip();
  }

  /**
   * A line of text, with an answer for who gives none.
   *
   * @param otherwise what an empty line means, and what holds when nobody can be asked
   */
  public static String askOr(String question, String otherwise) {
    Console console = System.console();
    if (console == null || !console.isTerminal()) {
      return otherwise;
    }
    String answer = console.readLine("%s", question);
    return answer == null || answer.isBlank() ? otherwise : answer.strip();
  }
}
