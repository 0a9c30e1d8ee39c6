package dev.riskmanager.daemon.notify;

import dev.riskmanager.daemon.port.Notice;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A notification on the screen, by {@code notify-send} of libnotify. It reaches the session of the
 * engine's own user; an engine that runs as another user than the trader's has none.
 */
public final class DesktopTarget implements Target {
  private static final int BATCH = 5;
  private static final int LONGEST = 1_000;
  private static final int LONGEST_ANSWER = 300;

  private final String program;
  private final Duration timeout;

  /**
   * Starts nothing yet.
   *
   * @param program {@code notify-send}, or its path
   */
  public DesktopTarget(String program, Duration timeout) {
    this.program = program;
    this.timeout = timeout;
  }

  @Override
  public String name() {
    return "desktop";
  }

  @Override
  public int batch() {
    return BATCH;
  }

  @Override
  public void send(List<Notice> notices, long lost) throws SendException, InterruptedException {
    // The body may be markup to the one that shows it.
    String body =
        Wording.lines(notices, lost, LONGEST)
            .replace("&", "&amp;")
            .replace("<", "&lt;")
            .replace(">", "&gt;");
    Process process = start(Wording.subject(notices), body);
    try {
      if (!process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
        throw SendException.later(program + " did not end within " + timeout.toSeconds() + " s");
      }
      if (process.exitValue() != 0) {
        throw SendException.later(
            program + " failed (is there a desktop session?): " + answer(process));
      }
    } finally {
      process.destroyForcibly();
    }
  }

  private Process start(String subject, String body) throws SendException {
    try {
      Process process =
          new ProcessBuilder(program, "--app-name=Risk Manager", "--", subject, body)
              .redirectErrorStream(true)
              .start();
      process.getOutputStream().close();
      return process;
    } catch (IOException e) {
      throw SendException.refused(
          program + " is not there; install it (Debian: libnotify-bin) or remove the target");
    }
  }

  private static String answer(Process process) {
    try (InputStream output = process.getInputStream()) {
      String text = new String(output.readNBytes(LONGEST_ANSWER), StandardCharsets.UTF_8);
      return Optional.of(text.replaceAll("\\p{Cntrl}+", " ").strip())
          .filter(line -> !line.isEmpty())
          .orElse("it said nothing");
    } catch (IOException e) {
      return "its answer could not be read";
    }
  }
}
