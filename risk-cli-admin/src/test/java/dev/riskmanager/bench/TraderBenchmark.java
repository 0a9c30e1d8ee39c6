package dev.riskmanager.bench;

import static java.util.Objects.requireNonNull;

import dev.riskmanager.e2e.EngineProcess;
import dev.riskmanager.e2e.Stage;
import dev.riskmanager.sim.exchange.OrderSide;
import dev.riskmanager.wire.AdminClient;
import dev.riskmanager.wire.LockoutView;
import dev.riskmanager.wire.StatusView;
import dev.riskmanager.wire.UnlockRequest;
import dev.riskmanager.wire.ViewClient;
import java.io.File;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The trader's program as it is started by {@code bin/risk-trader}, before a real engine, in a real
 * terminal (tmux). Arguments: {@code lockout [n]} from the commit of a lockout to the words on the
 * terminal; {@code start [n]} from the start of a process to the first full picture of {@code
 * status} and to the end of {@code status --json}, beside a virtual machine that prints one word;
 * {@code idle [seconds]} processor time and memory of the screen while nothing changes.
 */
public final class TraderBenchmark {
  private static final long ACCOUNT = Stage.ACCOUNT;

  /** The stage's daily limit, and a loss beyond it. */
  private static final BigDecimal LIMIT = new BigDecimal("-500");

  private static final BigDecimal LOSS = new BigDecimal("-600");

  /**
   * A receipt comes when its plan is no longer watched. After several lockouts within a minute the
   * reads for that wait until the venue's limit leaves room for them.
   */
  private static final Duration RECEIPTS = Duration.ofSeconds(90);

  private final Path trader =
      Path.of(requireNonNull(System.getProperty("user.dir"))).resolve("bin").resolve("risk-trader");

  private TraderBenchmark() {}

  /** Runs it. */
  public static void main(String[] args) throws Exception {
    int count = args.length > 1 ? Integer.parseInt(args[1]) : 20;
    TraderBenchmark benchmark = new TraderBenchmark();
    try (Stage stage = Stage.set();
        EngineProcess engine = EngineProcess.start(stage.home());
        Pane pane = new Pane(120, 40)) {
      engine.awaitProtecting();
      stage.venue().knob("rate_limit", 0);
      stage.venue().price("MNQ", new BigDecimal("21000"));
      switch (args.length > 0 ? args[0] : "start") {
        case "lockout" -> benchmark.lockouts(stage, engine, pane, count);
        case "idle" -> benchmark.idle(stage, pane, count);
        default -> benchmark.starts(stage, pane, count);
      }
    }
  }

  private String status(Stage stage) {
    return "env LC_ALL=C.UTF-8 TERM=xterm-256color RISK_ROOT="
        + System.getProperty("user.dir")
        + " "
        + trader
        + " status --home "
        + stage.home().root();
  }

  private void lockouts(Stage stage, EngineProcess engine, Pane pane, int count) throws Exception {
    Figures fromDecision = new Figures();
    Figures fromCommit = new Figures();
    Map<Instant, Instant> seenAt = new TreeMap<>();
    pane.start(status(stage));
    pane.await("OK TO TRADE");
    for (int i = 0; i < count; i++) {
      stage.venue().trade(ACCOUNT, "MNQ", OrderSide.BUY, 1);
      engine.awaitStatus("held", s -> !Stage.account(s, ACCOUNT).positions().isEmpty());
      pane.forget();
      stage.venue().halfTurn(ACCOUNT, "MNQ", LOSS);
      Instant seen = pane.await("LOCKED OUT").at();
      LockoutView lockout =
          Stage.account(
                  engine.awaitStatus("locked", s -> Stage.account(s, ACCOUNT).locked()), ACCOUNT)
              .lockouts()
              .getFirst();
      fromDecision.add(Duration.between(lockout.lockedAt(), seen).toNanos());
      seenAt.put(lockout.lockedAt(), seen);
      // Still over the limit, the next opening fill would be what locks, and not the next loss.
      stage.venue().halfTurn(ACCOUNT, "MNQ", LOSS.negate());
      engine.awaitStatus("the loss made good", TraderBenchmark::withinLimit);
      pane.forget();
      unlock(engine);
      pane.await("OK TO TRADE");
    }
    committed(engine, seenAt.keySet())
        .forEach((decided, at) -> fromCommit.add(nanos(at, seenAt.get(decided))));
    Figures.head(System.out);
    fromDecision.print(System.out, "lockout decided -> its words on the terminal");
    fromCommit.print(System.out, "lockout committed -> its words on the terminal");
    System.out.printf("slowest from the commit: %.2f ms, aim 100%n", fromCommit.millis(100));
  }

  private static boolean withinLimit(StatusView status) {
    String realized = Stage.account(status, ACCOUNT).pnl().realized();
    return realized != null && new BigDecimal(realized).compareTo(LIMIT) > 0;
  }

  private static long nanos(Instant from, @Nullable Instant to) {
    return Duration.between(from, requireNonNull(to)).toNanos();
  }

  /** When the lockouts decided at these times were on the disk, as their receipts say. */
  private static Map<Instant, Instant> committed(EngineProcess engine, Set<Instant> decided)
      throws Exception {
    Map<Instant, Instant> found = new TreeMap<>();
    long deadline = System.nanoTime() + RECEIPTS.toNanos();
    try (ViewClient client =
        ViewClient.connect(engine.home().viewSocket(), "bench/1", Duration.ofSeconds(10))) {
      while (!found.keySet().equals(decided) && System.nanoTime() < deadline) {
        for (var line : client.receipts(OptionalLong.empty(), 2 * decided.size()).receipts()) {
          if (decided.contains(line.decidedAt()) && !found.containsKey(line.decidedAt())) {
            Instant at = client.receipt(line.id()).committedAt();
            if (at != null) {
              found.put(line.decidedAt(), at);
            }
          }
        }
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(500));
      }
    }
    return found;
  }

  private static void unlock(EngineProcess engine) throws Exception {
    try (AdminClient admin = engine.admin()) {
      admin.authenticate(Stage.PASSWORD.toCharArray());
      admin.unlock(new UnlockRequest(ACCOUNT, null, null, "the next measurement"));
    }
  }

  private void starts(Stage stage, Pane pane, int count) throws Exception {
    Path hello = hello();
    String java =
        Path.of(requireNonNull(System.getProperty("java.home")), "bin", "java").toString();
    List<String> bare =
        List.of(
            java, "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp", hello.toString(), "Hello");
    List<String> json = List.of("bash", "-c", status(stage) + " --json");
    warm(json);
    Figures bareTime = new Figures();
    Figures jsonTime = new Figures();
    Figures bareSeen = new Figures();
    Figures painted = new Figures();
    for (int i = 0; i < count; i++) {
      bareTime.add(whole(bare));
      jsonTime.add(whole(json));
      bareSeen.add(-pane.start(String.join(" ", bare)) + pane.await("hello").nanos());
      // The last line of the screen is drawn last.
      painted.add(-pane.start(status(stage)) + pane.await("filter log").nanos());
    }
    Figures.head(System.out);
    bareTime.print(System.out, "hello: whole process");
    jsonTime.print(System.out, "status --json: whole process");
    bareSeen.print(System.out, "hello: process start -> on the terminal");
    painted.print(System.out, "status: process start -> first full picture");
    System.out.printf(
        "medians against hello: json %.1f times, picture %.1f times; aim under 4%n",
        jsonTime.millis(50) / bareTime.millis(50), painted.millis(50) / bareSeen.millis(50));
    Files.delete(hello.resolve("Hello.class"));
    Files.delete(hello);
  }

  /** The first start makes the cache of classes in the background: it is waited for. */
  private static void warm(List<String> json) throws Exception {
    Path caches = Path.of("target", "aot");
    for (int i = 0; i < 120; i++) {
      whole(json);
      try (var files = Files.exists(caches) ? Files.list(caches) : Stream.<Path>of()) {
        if (files.anyMatch(file -> file.toString().endsWith(".aot"))) {
          return;
        }
      }
      LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(1));
    }
    System.out.println("no cache of classes was made; measured without");
  }

  private static long whole(List<String> command) throws IOException, InterruptedException {
    long began = System.nanoTime();
    Process process =
        new ProcessBuilder(command)
            .redirectInput(new File("/dev/null"))
            .redirectOutput(new File("/dev/null"))
            .redirectError(new File("/dev/null"))
            .start();
    if (process.waitFor() != 0) {
      throw new IllegalStateException(command + " failed");
    }
    return System.nanoTime() - began;
  }

  private static Path hello() throws IOException, InterruptedException {
    Path directory = Files.createTempDirectory("hello");
    Path source = directory.resolve("Hello.java");
    Files.writeString(
        source,
        "public class Hello { public static void main(String[] a) { System.out.println(\"hello\");"
            + " } }",
        StandardCharsets.UTF_8);
    Path javac = Path.of(requireNonNull(System.getProperty("java.home")), "bin", "javac");
    new ProcessBuilder(javac.toString(), "-d", directory.toString(), source.toString())
        .start()
        .waitFor();
    Files.delete(source);
    return directory;
  }

  private void idle(Stage stage, Pane pane, int seconds) throws Exception {
    pane.start(status(stage));
    pane.await("filter log");
    long pid = pane.pid();
    LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(10));
    long before = ticks(pid);
    long began = System.nanoTime();
    LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(seconds));
    double took = (System.nanoTime() - began) / 1e9;
    double used = (ticks(pid) - before) / 100.0;
    System.out.printf(
        "idle for %.0f s: %.2f s of processor time, %.2f %% of a core (aim under 1)%n",
        took, used, 100 * used / took);
    for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/status"))) {
      if (line.startsWith("VmRSS") || line.startsWith("VmHWM")) {
        System.out.println(line.replaceAll("\\s+", " ") + " (aim under 100 MB)");
      }
    }
  }

  /** User and system time in hundredths of a second. */
  private static long ticks(long pid) throws IOException {
    String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    return Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
  }
}
