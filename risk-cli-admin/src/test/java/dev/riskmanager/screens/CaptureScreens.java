package dev.riskmanager.screens;

import dev.riskmanager.e2e.EngineProcess;
import dev.riskmanager.e2e.Stage;
import dev.riskmanager.sim.SimVenue;
import dev.riskmanager.sim.exchange.OrderSide;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/**
 * Plays a losing day before a real engine and takes pictures of the real screen in a real terminal:
 * {@code docs/screens.md} with its files. Arguments: the root of the checkout, which must be built.
 */
public final class CaptureScreens {
  private static final long ACCOUNT = Stage.ACCOUNT;

  private final Path root;
  private final Path pictures;
  private final Path scratch;
  private final StringBuilder page = new StringBuilder();

  private CaptureScreens(Path root) throws IOException {
    this.root = root;
    this.pictures = Files.createDirectories(root.resolve("docs").resolve("screens"));
    this.scratch = Files.createTempDirectory(Path.of("/tmp"), "cs");
  }

  /** Takes them. */
  public static void main(String[] args) throws Exception {
    new CaptureScreens(Path.of(args[0]).toAbsolutePath().normalize()).run();
  }

  private void run() throws Exception {
    page.append(
        """
        # The screens

        Real ones, of a real engine before the simulated venue, taken by `.ci/screens` from a
        terminal. Run it again after a change; the figures are then others. Each picture is also a
        text beside it.
        """);
    try (Stage stage =
            Stage.set(
                2,
                "daily_realized_loss.limit=-250",
                "daily_unrealized_loss.enabled=true",
                "daily_unrealized_loss.limit=-300",
                "max_contracts.enabled=true",
                "max_contracts.limit=5",
                "trade_frequency_limit.enabled=true",
                "trade_frequency_limit.limits.per_minute=8",
                "trade_frequency_limit.limits.per_hour=40",
                "trade_frequency_limit.limits.per_session=60",
                "daily_realized_profit.enabled=true",
                "daily_realized_profit.target=1000");
        EngineProcess engine = EngineProcess.start(stage.home())) {
      engine.awaitProtecting();
      trader(stage, "clock-in", "--note", "the opening range only");
      morning(stage.venue());
      trader(stage, "clock-out", "--note", "five trades, as planned");
      trader(stage, "clock-in");
      try (Tmux terminal = screen(stage, "COLORTERM=truecolor LC_ALL=C.UTF-8")) {
        day(stage, engine, terminal);
      }
      try (Tmux terminal = screen(stage, "NO_COLOR=1 LC_ALL=C.UTF-8")) {
        take(terminal, "no-color", "Without colours", 80, 24, "LOCKED OUT");
      }
      try (Tmux terminal = screen(stage, "LC_ALL=C")) {
        take(terminal, "ascii", "A terminal that knows ASCII only", 80, 24, "LOCKED OUT");
        engine.kill();
        take(terminal, "gone", "The engine is gone", 80, 24, "NOT PROTECTED");
      }
    }
    Files.writeString(root.resolve("docs").resolve("screens.md"), page, StandardCharsets.UTF_8);
  }

  private void morning(SimVenue venue) throws InterruptedException {
    venue.price("MNQ", new BigDecimal("21000.25"));
    for (String result : new String[] {"42.50", "35", "-61", "-38.5", "-22"}) {
      venue.halfTurn(ACCOUNT, "MNQ", new BigDecimal(result));
      // The curve has a point for each second at most.
      Thread.sleep(1_500);
    }
    venue.halfTurn(ACCOUNT + 1, "ES", new BigDecimal("112.5"));
    venue.trade(ACCOUNT, "MNQ", OrderSide.BUY, 2);
    // The market goes on while the pictures are taken: nothing is stale.
    Thread.ofVirtual()
        .start(
            () -> {
              for (int tick = 0; tick < 600; tick++) {
                venue.price("MNQ", new BigDecimal(tick % 2 == 0 ? "20982.25" : "20979.75"));
                LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(1));
              }
            });
    Thread.sleep(2_500);
  }

  private void day(Stage stage, EngineProcess engine, Tmux terminal) throws Exception {
    take(terminal, "overview", "Everything at a glance", 80, 24, "OK TO TRADE");
    take(terminal, "overview-120x40", "The same at 120 by 40", 120, 40, "OK TO TRADE");
    take(terminal, "overview-160x50", "The same at 160 by 50", 160, 50, "OK TO TRADE");
    terminal.press("s");
    take(terminal, "accounts", "All accounts", 80, 24, "Accounts, 1 of 2");
    terminal.press("Escape", "2");
    take(terminal, "positions", "Positions and orders", 100, 24, "NO STOP");
    terminal.press("3");
    take(terminal, "rules", "The rules", 120, 24, "max_contracts");

    SimVenue venue = stage.venue();
    venue.halfTurn(ACCOUNT, "MNQ", new BigDecimal("-215"));
    terminal.press("1");
    take(terminal, "locked", "Locked out", 80, 24, "LOCKED OUT");
    terminal.resize(60, 12);
    terminal.await("small", text -> text.contains("the screen needs"));
    take(terminal, "small", "Locked out, in a terminal that is too small", 60, 12, "LOCKED OUT");
    venue.trade(ACCOUNT, "MNQ", OrderSide.SELL, 1);
    engine.awaitStatus("undone", s -> Stage.account(s, ACCOUNT).positions().isEmpty());
    take(terminal, "locked-120x40", "Locked out, at 120 by 40", 120, 40, "LOCKED OUT");
    terminal.press("4");
    take(terminal, "lockouts", "Lockouts", 100, 24, "remaining");
    terminal.press("5");
    take(terminal, "log", "The log", 100, 30, "FLAT");
    terminal.press("6", "p");
    take(terminal, "why", "Why the engine acted", 100, 40, "What the rule saw");
    terminal.press("7");
    take(terminal, "connections", "Connections", 80, 24, "reconnects");
    terminal.press("8");
    take(terminal, "hours", "Hours", 80, 24, "reset in");
    terminal.press("9");
    take(terminal, "diary", "The diary", 80, 24, "at work");
    terminal.press("?");
    take(terminal, "help", "The keys", 80, 24, "the pages");
    terminal.press("q");
  }

  private void trader(Stage stage, String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(root.resolve("bin").resolve("risk-trader").toString());
    command.addAll(List.of(arguments));
    command.addAll(List.of("--home", stage.home().root().toString()));
    ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
    builder.environment().put("XDG_STATE_HOME", scratch.toString());
    int code = builder.start().waitFor();
    if (code != 0) {
      throw new IOException(command + " ended with " + code);
    }
  }

  private Tmux screen(Stage stage, String environment) throws IOException {
    return new Tmux(
        Files.createTempDirectory(scratch, "t").resolve("s"),
        80,
        24,
        "env -u NO_COLOR -u COLORTERM "
            + environment
            + " XDG_STATE_HOME="
            + scratch
            + " "
            + root.resolve("bin").resolve("risk-trader")
            + " status --home "
            + stage.home().root());
  }

  private void take(
      Tmux terminal, String name, String title, int columns, int rows, String expected)
      throws IOException {
    terminal.resize(columns, rows);
    Predicate<String> drawn =
        text ->
            text.contains(expected)
                && (rows < 24 || text.startsWith(" RISK MANAGER"))
                && text.lines().count() >= rows - 1
                && text.lines().mapToInt(String::length).max().orElse(0) > columns - 3;
    String captured = terminal.awaitStill(name, drawn);
    Files.writeString(
        pictures.resolve(name + ".svg"),
        Svg.of(captured, columns, rows, title),
        StandardCharsets.UTF_8);
    Files.writeString(pictures.resolve(name + ".txt"), Svg.text(captured), StandardCharsets.UTF_8);
    page.append("\n## ")
        .append(title)
        .append("\n\n![")
        .append(title)
        .append("](screens/")
        .append(name)
        .append(".svg)\n\n[as text](screens/")
        .append(name)
        .append(".txt)\n");
    System.out.println(name);
  }
}
