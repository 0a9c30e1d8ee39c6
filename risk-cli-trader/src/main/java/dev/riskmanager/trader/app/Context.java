package dev.riskmanager.trader.app;

import dev.riskmanager.trader.view.ColorDepth;
import dev.riskmanager.trader.view.Glyphs;
import dev.riskmanager.trader.view.Line;
import dev.riskmanager.trader.view.Link;
import dev.riskmanager.trader.view.Times;
import dev.riskmanager.wire.ControlException;
import dev.riskmanager.wire.HomeDir;
import dev.riskmanager.wire.ViewClient;
import java.io.IOException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.OptionalLong;

/**
 * What a command works with.
 *
 * @param console the world
 * @param options the options every command has
 */
record Context(Console console, CommonOptions options) {
  /** Wide enough that nothing is cut: for output that is not on a terminal. */
  private static final int UNLIMITED = 10_000;

  static final Duration TIMEOUT = Duration.ofSeconds(5);

  /** The socket of the engine. */
  Path socket() throws IOException {
    Path userHome = HomeDir.userHome(console.environment());
    return HomeDir.resolve(options.home, console.environment(), HomeDir.SYSTEM_FILE, userHome)
        .viewSocket();
  }

  /** A connection to the engine. */
  ViewClient connect() throws IOException, ControlException {
    return connect(TIMEOUT);
  }

  /** A connection to the engine, which must answer within that time. */
  ViewClient connect(Duration timeout) throws IOException, ControlException {
    return ViewClient.connect(socket(), Version.client(), timeout);
  }

  /** A connection to the engine that can watch. */
  ViewClient connect(ViewClient.WatchListener listener) throws IOException, ControlException {
    return ViewClient.connect(socket(), Version.client(), TIMEOUT, listener);
  }

  /** Times on the trader's own clock, for what has nothing to do with the engine. */
  Times localTimes() {
    String zone = console.environment().getOrDefault("TZ", "");
    try {
      return new Times(zone.isEmpty() ? ZoneId.systemDefault() : ZoneId.of(zone));
    } catch (DateTimeException e) {
      // TZ may also hold what only the C library understands.
      return new Times(ZoneId.systemDefault());
    }
  }

  /** The account asked for. */
  OptionalLong account() {
    Long account = options.account;
    return account == null ? OptionalLong.empty() : OptionalLong.of(account);
  }

  /** Our connection, as it is while a command has just got its answer. */
  Link link() throws IOException {
    return new Link(Link.State.LIVE, "", socket().toString(), Duration.ZERO);
  }

  ColorDepth depth() {
    return console.depth(options.noColor);
  }

  Glyphs glyphs() {
    return console.glyphs();
  }

  /** Columns a printed line may take. */
  int columns() {
    return console.outIsTerminal() ? console.columns() : UNLIMITED;
  }

  Printer printer() {
    boolean terminal = console.outIsTerminal();
    return new Printer(console.out(), depth(), terminal, terminal && !console.utf8());
  }

  void print(List<Line> lines) {
    printer().print(lines);
  }

  /** Prints JSON as it is. */
  void printJson(String json) {
    console.out().println(json);
  }
}
