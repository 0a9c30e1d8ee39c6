package dev.riskmanager.admin.demo;

import dev.riskmanager.admin.session.CommandException;
import dev.riskmanager.admin.stage.TemporaryEngine;
import dev.riskmanager.sim.SimVenue;
import dev.riskmanager.wire.ControlException;
import dev.riskmanager.wire.StatusView;
import dev.riskmanager.wire.UnlockResult;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** The stage of a demonstration: a venue with a recorded day, and an engine with rules for it. */
public final class DemoStage implements AutoCloseable {
  static final long ACCOUNT = 13_298_777L;
  static final String SYMBOL = "MNQ";
  static final String DAILY_LOSS = "-250";

  private final TemporaryEngine engine;

  private DemoStage(TemporaryEngine engine) {
    this.engine = engine;
  }

  /** Builds it; the engine protects when this returns. */
  public static DemoStage set(PrintWriter progress) throws CommandException {
    progress.println("Setting the stage: a simulated venue, a temporary home, a real engine ...");
    progress.flush();
    Path directory;
    try {
      directory = Files.createTempDirectory("risk-demo-");
    } catch (IOException e) {
      throw new CommandException("no temporary home: " + e.getMessage());
    }
    TemporaryEngine engine =
        TemporaryEngine.prepare(
            SimVenue.builder(InstantSource.system()).account(ACCOUNT).recordedPrices().start(),
            directory,
            ACCOUNT,
            "Demo Account",
            "moderate",
            List.of(
                "max_contracts.limit=6",
                "daily_realized_loss.limit=" + DAILY_LOSS,
                "daily_realized_loss.timezone=America/Chicago",
                // A day in seconds: what counts trades, or judges one trade, would end the story.
                "max_contracts_per_instrument.enabled=false",
                "trade_frequency_limit.enabled=false",
                "cooldown_after_loss.enabled=false",
                "daily_unrealized_loss.enabled=false"));
    boolean up = false;
    try {
      engine.start(progress);
      up = true;
      return new DemoStage(engine);
    } finally {
      if (!up) {
        engine.close();
      }
    }
  }

  SimVenue venue() {
    return engine.venue();
  }

  StatusView status() throws ControlException {
    return engine.status();
  }

  UnlockResult unlock(String reason) throws ControlException {
    return engine.unlock(reason);
  }

  /** Opens the trader's screen in this terminal; returns when it is left. */
  public int showScreen() throws CommandException, InterruptedException {
    List<String> command = new ArrayList<>();
    String root = System.getenv("RISK_ROOT");
    if (root == null) {
      throw new CommandException("start the demonstration with bin/risk-admin, or use --headless");
    }
    command.add(Path.of(root, "bin", "risk-trader").toString());
    command.addAll(List.of("status", "--home", engine.home().root().toString()));
    try {
      return new ProcessBuilder(command).inheritIO().start().waitFor();
    } catch (IOException e) {
      throw new CommandException("the trader's screen could not be opened: " + e.getMessage());
    }
  }

  @Override
  public void close() {
    engine.close();
  }
}
