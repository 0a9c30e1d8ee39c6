package dev.riskmanager.admin.session;

import java.io.Console;

/** Asks on the terminal with what Java itself has: for commands that ask one thing or two. */
record ConsolePerson(Console console) implements Person {
  @Override
  public String line(String prompt) {
    String answer = console.readLine("%s", prompt);
    return answer == null ? "" : answer;
  }

  @Override
  public char[] secret(String prompt) {
    char[] typed = console.readPassword("%s", prompt);
    return typed == null ? new char[0] : typed;
  }
}
