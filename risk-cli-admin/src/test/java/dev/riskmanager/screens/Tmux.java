package dev.riskmanager.screens;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.awaitility.Awaitility;

/** A real terminal: a tmux server of its own with one window. */
public final class Tmux implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Path socket;

  /**
   * Starts a command in a terminal.
   *
   * @param socket where the server listens; a short path
   * @param columns the width
   * @param rows the height
   * @param command for the shell
   */
  public Tmux(Path socket, int columns, int rows, String command) throws IOException {
    this.socket = socket;
    tmux(
        "-f",
        "/dev/null",
        "new-session",
        "-d",
        "-s",
        "t",
        "-x",
        Integer.toString(columns),
        "-y",
        Integer.toString(rows),
        command);
  }

  /** Presses keys, by tmux's names. */
  public void press(String... keys) throws IOException {
    for (String key : keys) {
      tmux("send-keys", "-t", "t", key);
    }
  }

  /** Types this as it is, and Enter. */
  public void type(String line) throws IOException {
    if (!line.isEmpty()) {
      tmux("send-keys", "-t", "t", "-l", line);
    }
    press("Enter");
  }

  /** Changes the size of the window. */
  public void resize(int columns, int rows) throws IOException {
    tmux("resize-window", "-t", "t", "-x", Integer.toString(columns), "-y", Integer.toString(rows));
  }

  /** The window stays when its program ends. */
  public void keep() throws IOException {
    tmux("set-option", "-g", "remain-on-exit", "on");
    // A status line would be drawn by the clock.
    tmux("set-option", "-g", "status", "off");
  }

  /** Starts another program in the window, in place of the one before. */
  public void respawn(String command) throws IOException {
    tmux("respawn-pane", "-k", "-t", "t", command);
  }

  /** What the program writes is passed on to this command as well. */
  public void pipe(String command) throws IOException {
    tmux("pipe-pane", "-t", "t", command);
  }

  /** The process in the window. */
  public long pid() throws IOException {
    return Long.parseLong(tmux("display", "-p", "-t", "t", "#{pane_pid}").strip());
  }

  /** What is to be read. */
  public String text() throws IOException {
    return tmux("capture-pane", "-p", "-t", "t");
  }

  /** The same with its colours, as escape sequences. */
  public String colored() throws IOException {
    return tmux("capture-pane", "-e", "-N", "-p", "-t", "t");
  }

  /** The first screen like this. A terminal tells nobody that it has changed: it is looked at. */
  public String await(String what, Predicate<String> wanted) {
    return Awaitility.await(what)
        .atMost(PATIENCE)
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(100))
        .until(this::text, wanted);
  }

  /**
   * The first picture like this that stands still, with its colours: tmux may be looked at while it
   * is drawing.
   */
  public String awaitStill(String what, Predicate<String> wanted) {
    AtomicReference<String> before = new AtomicReference<>("");
    return Awaitility.await(what)
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(150))
        .until(
            this::colored, now -> now.equals(before.getAndSet(now)) && wanted.test(Svg.text(now)));
  }

  private String tmux(String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of("tmux", "-u", "-S", socket.toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().remove("TMUX");
    builder.environment().remove("NO_COLOR");
    builder.environment().put("LC_ALL", "C.UTF-8");
    Process process = builder.start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return out;
  }

  @Override
  public void close() throws IOException {
    tmux("kill-server");
  }
}
