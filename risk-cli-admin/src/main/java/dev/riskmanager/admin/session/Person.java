package dev.riskmanager.admin.session;

import java.io.Console;
import java.util.Optional;

/** Somebody at a terminal, who can be asked. */
public interface Person {
  /** Whom a command that runs outside the shell asks, where it brings its own way of asking. */
  ScopedValue<Person> CURRENT = ScopedValue.newInstance();

  /**
   * A line, typed with echo.
   *
   * @throws CommandException when the person gave up
   */
  String line(String prompt) throws CommandException;

  /**
   * A line, typed without echo and kept nowhere; the caller wipes it.
   *
   * @throws CommandException when the person gave up
   */
  char[] secret(String prompt) throws CommandException;

  /** Who can be asked: the shell's, the command's own, or whoever sits at the terminal. */
  static Optional<Person> there() {
    if (Session.CURRENT.isBound()) {
      Session shell = Session.CURRENT.get();
      return shell.interactive() ? Optional.of(shell) : Optional.empty();
    }
    if (CURRENT.isBound()) {
      return Optional.of(CURRENT.get());
    }
    Console console = System.console();
    return console != null && console.isTerminal()
        ? Optional.of(new ConsolePerson(console))
        : Optional.empty();
  }
}
