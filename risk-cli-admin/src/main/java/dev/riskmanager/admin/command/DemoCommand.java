package dev.riskmanager.admin.command;

import dev.riskmanager.admin.demo.DemoStage;
import dev.riskmanager.admin.demo.DemoStory;
import dev.riskmanager.admin.session.CommandException;
import dev.riskmanager.admin.session.Options;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code demo}: see it work. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description = {
      "Plays a losing trading day against a simulated venue and shows what the engine does: fills,"
          + " the",
      "breach, the lockout before the flatten, an attempt to trade against it undone, the"
          + " countdown,",
      "the admin's unlock. Nothing is needed and nothing is left behind. Leave the screen with q."
    },
    footer = {"", "Examples:", "  risk-admin demo", "  risk-admin demo --headless --seed 7"})
public final class DemoCommand implements Callable<Integer> {
  @Spec private CommandLine.Model.CommandSpec spec;

  @Option(
      names = "--headless",
      description = "Print the story as lines and end; the default without a terminal.")
  private boolean headless;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Another day: entries and sizes differ. Default ${DEFAULT-VALUE}.")
  private long seed;

  @Override
  public Integer call() throws Exception {
    PrintWriter out = spec.commandLine().getOut();
    boolean lines = headless || !Options.onTerminal();
    try (DemoStage stage = DemoStage.set(out)) {
      return lines ? headless(stage, out) : onScreen(stage, out);
    }
  }

  private int headless(DemoStage stage, PrintWriter out) throws Exception {
    new DemoStory(stage, seed, DemoStory.Pace.FAST, out::println).play();
    return 0;
  }

  /**
   * The story runs behind the trader's screen; what it tells is printed when the screen is left.
   */
  private int onScreen(DemoStage stage, PrintWriter out) throws Exception {
    StringBuffer told = new StringBuffer();
    DemoStory story =
        new DemoStory(stage, seed, DemoStory.Pace.WATCHED, line -> told.append(line).append('\n'));
    Thread playing =
        Thread.ofPlatform()
            .name("demo-story")
            .daemon()
            .start(
                () -> {
                  try {
                    story.play();
                  } catch (CommandException e) {
                    told.append("The story broke off: ").append(e.getMessage()).append('\n');
                  } catch (InterruptedException e) {
                    told.append("You left before the end.\n");
                  }
                });
    int code = stage.showScreen();
    playing.interrupt();
    playing.join(2_000);
    out.print(told);
    out.println("That was it. `risk-admin init` sets up the real thing.");
    out.flush();
    return code;
  }
}
