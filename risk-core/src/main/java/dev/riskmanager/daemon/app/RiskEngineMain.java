package dev.riskmanager.daemon.app;

import dev.riskmanager.daemon.service.Umask;
import dev.riskmanager.wire.HomeDir;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code risk-engine}: the daemon in the foreground. */
@Command(
    name = "risk-engine",
    mixinStandardHelpOptions = true,
    versionProvider = RiskEngineMain.Version.class,
    sortOptions = false,
    description = {
      "Watches the accounts of a home and enforces their rules, in the foreground.",
      "It logs to standard output and to logs/ in the home, and ends with SIGTERM or Ctrl-C.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  risk-engine                           the home of RISK_HOME or ~/.risk-manager",
      "  risk-engine --home /var/lib/risk      another home",
      "",
      "Exit codes: 0 stopped as asked, 1 failed (one line says why), 2 wrong options."
    })
public final class RiskEngineMain implements Callable<Integer> {
  private static final int FAILED = 1;

  @Option(
      names = "--home",
      paramLabel = "DIR",
      description = "The home directory; else RISK_HOME, /etc/risk-manager/home, ~/.risk-manager.")
  private @Nullable String home;

  /** The version of this build. */
  static final class Version implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"Risk Manager " + Build.version()};
    }
  }

  /** Runs the engine until it is told to stop. */
  public static void main(String[] args) {
    System.exit(run(args));
  }

  /**
   * Runs the engine and returns the exit code: the entry for other programs.
   *
   * @param args as on the command line
   */
  public static int run(String... args) {
    return new CommandLine(new RiskEngineMain()).execute(args);
  }

  @Override
  public Integer call() {
    Umask.ownerOnly();
    PrintStream err = new PrintStream(System.err, true, StandardCharsets.UTF_8);
    HomeDir dir;
    try {
      dir = HomeDir.resolve(home);
    } catch (IOException e) {
      err.println("risk-engine: " + e.getMessage());
      return FAILED;
    }
    EngineClock clock = new EngineClock(InstantSource.system(), System::nanoTime);
    try {
      HomePreparation.prepare(dir);
    } catch (StartException e) {
      return refused(e, dir, clock, err);
    }
    try (LogFiles files = LogFiles.into(dir.logs())) {
      return serve(new EngineService(dir, System.getenv(), clock));
    } catch (StartException e) {
      return refused(e, dir, clock, err);
    }
  }

  private static int refused(StartException why, HomeDir home, EngineClock clock, PrintStream err) {
    why.lines().forEach(line -> err.println("risk-engine: " + line));
    new StartRefusal(home, System.getenv(), clock.instant()).happened(why);
    return FAILED;
  }

  private static int serve(EngineService service) throws StartException {
    CountDownLatch ended = new CountDownLatch(1);
    Thread hook =
        new Thread(
            () -> {
              service.stop("the system asked the process to end");
              ended.countDown();
            },
            "shutdown");
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      service.start();
      return service.awaitEnd();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return FAILED;
    } finally {
      service.stop("ended");
      waitForHook(hook, ended);
    }
  }

  /** A process that is being shut down must not leave while its hook still closes the books. */
  private static void waitForHook(Thread hook, CountDownLatch ended) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException alreadyShuttingDown) {
      try {
        boolean closed = ended.await(10, TimeUnit.SECONDS);
        if (!closed) {
          Thread.currentThread().interrupt();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
