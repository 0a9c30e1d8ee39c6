package dev.riskmanager.admin.service;

import dev.riskmanager.admin.session.CommandException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs programs of the operating system. */
final class SystemCommands {
  private static final long PATIENCE_SECONDS = 60;
  private static final int LONGEST = 4_000;

  private SystemCommands() {}

  /** How a program ended, and what it said on both streams. */
  record Ended(int code, String said) {}

  static Ended run(List<String> command) throws CommandException {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectInput(ProcessBuilder.Redirect.from(new java.io.File("/dev/null")))
              .start();
      byte[] said = process.getInputStream().readAllBytes();
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new CommandException(command.get(0) + " does not end");
      }
      String text = new String(said, StandardCharsets.UTF_8).strip();
      return new Ended(
          process.exitValue(), text.length() > LONGEST ? text.substring(0, LONGEST) : text);
    } catch (IOException e) {
      throw new CommandException(command.get(0) + " cannot be run: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandException("interrupted");
    }
  }

  /** The same for one that must succeed. */
  static void must(List<String> command) throws CommandException {
    Ended ended = run(command);
    if (ended.code() != 0) {
      throw new CommandException(
          String.join(" ", command) + " failed (" + ended.code() + "): " + ended.said());
    }
  }
}
