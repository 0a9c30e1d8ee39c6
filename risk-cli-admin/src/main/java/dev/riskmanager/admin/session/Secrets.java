package dev.riskmanager.admin.session;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Secrets other than the admin password: from a file, or from the terminal without echo. */
public final class Secrets {
  private Secrets() {}

  /**
   * The first line of a file.
   *
   * @param option names the file, for the message
   */
  public static String firstLine(Path file, String option) throws CommandException {
    try {
      String line =
          Files.readString(file, StandardCharsets.UTF_8).lines().findFirst().orElse("").strip();
      if (line.isEmpty()) {
        throw new CommandException(option + ": " + file + " has nothing on its first line");
      }
      return line;
    } catch (IOException e) {
      throw new CommandException(option + ": " + file + " cannot be read");
    }
  }

  /**
   * Asks without echo.
   *
   * @param option gives it without asking
   */
  public static String ask(String prompt, String option) throws CommandException {
    Optional<Person> person = Person.there();
    char[] typed = person.isPresent() ? person.get().secret(prompt) : new char[0];
    if (typed.length == 0) {
      throw new CommandException(option + " is needed when there is no terminal to ask at");
    }
    return new String(typed).strip();
  }
}
