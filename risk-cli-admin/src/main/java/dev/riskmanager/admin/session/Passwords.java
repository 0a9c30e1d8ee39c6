package dev.riskmanager.admin.session;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/**
 * Where passwords come from: standard input when asked for, else the file that {@code
 * RISK_ADMIN_PASSWORD_FILE} names, else the terminal without echo. Whoever gets one wipes it.
 */
public final class Passwords {
  /** Names the file with the admin password. */
  public static final String FILE_VARIABLE = "RISK_ADMIN_PASSWORD_FILE";

  private static final int LONGEST = 4096;

  private final boolean fromStdin;
  private final Map<String, String> environment;
  private final InputStream stdin;

  public Passwords(boolean fromStdin, Map<String, String> environment, InputStream stdin) {
    this.fromStdin = fromStdin;
    this.environment = environment;
    this.stdin = stdin;
  }

  /**
   * The admin password.
   *
   * @param prompt what the terminal shows
   * @throws CommandException when there is none to be had
   */
  public char[] read(String prompt) throws CommandException {
    if (Session.CURRENT.isBound()) {
      return Session.CURRENT.get().secret(prompt);
    }
    String file = environment.get(FILE_VARIABLE);
    if (fromStdin) {
      return line();
    }
    return file != null && !file.isBlank() ? fromFile(Path.of(file)) : ask(prompt);
  }

  /** The admin password as it was given for scripts; empty when a person must be asked. */
  public Optional<char[]> given() throws CommandException {
    String file = environment.get(FILE_VARIABLE);
    if (fromStdin) {
      return Optional.of(line());
    }
    return file != null && !file.isBlank()
        ? Optional.of(fromFile(Path.of(file)))
        : Optional.empty();
  }

  /** Why something cannot be a password, for a person; empty if it can. */
  @FunctionalInterface
  public interface Fitness {
    Optional<String> problemWith(char[] password);
  }

  /**
   * A new password: from standard input, a file, or the terminal, there twice and again until it is
   * one.
   *
   * @throws CommandException when there is none to be had, it is unfit, or the person gave up
   */
  public char[] readNew(Fitness fitness) throws CommandException {
    boolean inShell = Session.CURRENT.isBound();
    Optional<char[]> given = inShell ? Optional.empty() : given();
    if (given.isPresent()) {
      Optional<String> problem = fitness.problemWith(given.get());
      if (problem.isPresent()) {
        Arrays.fill(given.get(), '\0');
        throw new CommandException(problem.get());
      }
      return given.get();
    }
    while (true) {
      char[] first = ask("New admin password (not shown): ");
      Optional<String> problem = fitness.problemWith(first);
      if (problem.isEmpty()) {
        char[] again = ask("The same again: ");
        boolean same = Arrays.equals(first, again);
        Arrays.fill(again, '\0');
        if (same) {
          return first;
        }
        problem = Optional.of("the two passwords differ");
      }
      Arrays.fill(first, '\0');
      Questions.say(problem.get() + "; once more");
    }
  }

  private static char[] ask(String prompt) throws CommandException {
    if (Session.CURRENT.isBound()) {
      return Session.CURRENT.get().secret(prompt);
    }
    Optional<Person> person = Person.there();
    if (person.isEmpty()) {
      throw new CommandException(
          "a password is needed and there is no terminal to ask at; use --password-stdin or "
              + FILE_VARIABLE,
          CommandException.NOT_AUTHENTICATED);
    }
    return person.get().secret(prompt);
  }

  private char[] line() throws CommandException {
    byte[] bytes = new byte[LONGEST];
    int length = 0;
    try {
      int next = stdin.read();
      while (next >= 0 && next != '\n' && length < LONGEST) {
        bytes[length++] = (byte) next;
        next = stdin.read();
      }
    } catch (IOException e) {
      throw new CommandException("the password could not be read from standard input");
    }
    return chars(bytes, length, "standard input holds no password");
  }

  private static char[] fromFile(Path file) throws CommandException {
    byte[] bytes;
    // No line is longer; what is behind it, or a device that never ends, is not read.
    try (InputStream in = Files.newInputStream(file)) {
      bytes = in.readNBytes(LONGEST);
    } catch (IOException e) {
      throw new CommandException(
          FILE_VARIABLE + " names " + file + ", which cannot be read",
          CommandException.NOT_AUTHENTICATED);
    }
    int length = 0;
    while (length < bytes.length && bytes[length] != '\n') {
      length++;
    }
    return chars(bytes, length, file + " holds no password on its first line");
  }

  private static char[] chars(byte[] bytes, int length, String empty) throws CommandException {
    int end = length > 0 && bytes[length - 1] == '\r' ? length - 1 : length;
    CharBuffer decoded = StandardCharsets.UTF_8.decode(ByteBuffer.wrap(bytes, 0, end));
    char[] password = new char[decoded.remaining()];
    decoded.get(password);
    if (decoded.hasArray()) {
      Arrays.fill(decoded.array(), '\0');
    }
    Arrays.fill(bytes, (byte) 0);
    if (password.length == 0) {
      throw new CommandException(empty, CommandException.NOT_AUTHENTICATED);
    }
    return password;
  }
}
