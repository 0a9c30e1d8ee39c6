package dev.riskmanager.admin.session;

import dev.riskmanager.trader.term.Descriptors;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Asks a person, when there is one. */
public final class Questions {
  private Questions() {}

  /** Whether there is somebody to ask. */
  public static boolean possible() {
    return Person.there().isPresent();
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

  /**
   * Why something is done: what was given, else asked for.
   *
   * @param given by {@code --reason}
   * @throws CommandException when nobody can be asked or nothing was said
   */
  public static String reason(@Nullable String given) throws CommandException {
    return given == null || given.isBlank() ? ask("Reason: ", "--reason") : given;
  }

  /** Something a person should know before the next question. */
  public static void say(String text) {
    Screen.folding(
            new PrintWriter(System.err, true, StandardCharsets.UTF_8), Descriptors.ERR, false)
        .println(text);
  }

  private static String answer(String prompt, String nobody) throws CommandException {
    return Person.there().orElseThrow(() -> new CommandException(nobody)).line(prompt).strip();
  }

  /**
   * A line of text, with an answer for who gives none.
   *
   * @param otherwise what an empty line means, and what holds when nobody can be asked
   */
  public static String askOr(String question, String otherwise) throws CommandException {
    Optional<Person> person = Person.there();
    String answer = person.isPresent() ? person.get().line(question).strip() : "";
    return answer.isEmpty() ? otherwise : answer;
  }
}
