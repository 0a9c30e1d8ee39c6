package dev.riskmanager.bench;

import dev.riskmanager.domain.model.RuleId;
import dev.riskmanager.e2e.Stage;
import dev.riskmanager.wire.AdminClient;
import dev.riskmanager.wire.HomeDir;
import dev.riskmanager.wire.LockRequest;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What {@code unlock} costs as a whole process, the password from a file, beside a bare virtual
 * machine that says hello. Each round runs both, so that they meet the same load. Arguments:
 * rounds, and the directory of a checkout that is built (its launcher is what is measured).
 */
public final class AdminBenchmark {
  private AdminBenchmark() {}

  /** Prints the table. */
  public static void main(String[] args) throws Exception {
    int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 20;
    Path root = Path.of(args.length > 1 ? args[1] : ".").toAbsolutePath().normalize();
    Path work = Files.createTempDirectory("rm-bench-");
    Path password = Files.writeString(work.resolve("pw"), Stage.PASSWORD + "\n");
    Path hello = hello(work);
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    List<Double> bare = new ArrayList<>();
    List<Double> unlock = new ArrayList<>();
    List<Double> lockouts = new ArrayList<>();
    List<Double> shown = new ArrayList<>();
    awaitCache(root, work);
    try (Stage stage = Stage.set()) {
      HomeDir home = stage.home();
      Process engine =
          start(
              work,
              password,
              root.resolve("bin/risk-engine").toString(),
              "--home",
              home.root() + "");
      try {
        try (AdminClient client = connect(home)) {
          client.authenticate(Stage.PASSWORD.toCharArray());
          for (int i = -3; i < rounds; i++) {
            client.lock(new LockRequest(Stage.ACCOUNT, soon(), "benchmark"), null);
            double one =
                timed(
                    () ->
                        start(
                            work,
                            password,
                            java,
                            "-Xshare:auto",
                            "-XX:TieredStopAtLevel=1",
                            "-XX:+UseSerialGC",
                            "-cp",
                            hello.toString(),
                            "Hello"));
            double two =
                timed(
                    () ->
                        start(
                            work,
                            password,
                            root.resolve("bin/risk-admin").toString(),
                            "unlock",
                            Long.toString(Stage.ACCOUNT),
                            "--rule",
                            RuleId.MANUAL.toString(),
                            "--reason",
                            "benchmark",
                            "--yes",
                            "--home",
                            home.root().toString()));
            double three =
                timed(
                    () ->
                        start(
                            work,
                            password,
                            root.resolve("bin/risk-admin").toString(),
                            "lockouts",
                            "--home",
                            home.root().toString()));
            double four = authenticated(home);
            if (i >= 0) {
              bare.add(one);
              unlock.add(two);
              lockouts.add(three);
              shown.add(four);
            }
          }
        }
      } finally {
        engine.destroy();
        engine.waitFor();
      }
    }
    print("java Hello", bare);
    print("risk-admin unlock", unlock);
    print("risk-admin lockouts (no password)", lockouts);
    print("password shown on an open connection (Argon2id)", shown);
    System.out.printf("ratio of the medians %.2f%n", median(unlock) / median(bare));
    System.exit(0);
  }

  /** The launcher makes it in the background the first time. */
  private static void awaitCache(Path root, Path work) throws Exception {
    Path made = root.resolve("target/aot/risk-admin.aot.key");
    start(work, work, root.resolve("bin/risk-admin").toString(), "--version").waitFor();
    long deadline = System.nanoTime() + Duration.ofSeconds(120).toNanos();
    while (!Files.exists(made) && System.nanoTime() < deadline) {
      Thread.sleep(100);
    }
  }

  /** Milliseconds for the password alone. */
  private static double authenticated(HomeDir home) throws Exception {
    try (AdminClient client =
        AdminClient.connectAdmin(home.adminSocket(), "bench/1", Duration.ofSeconds(10))) {
      long from = System.nanoTime();
      client.authenticate(Stage.PASSWORD.toCharArray());
      return (System.nanoTime() - from) / 1e6;
    }
  }

  private static Instant soon() {
    return java.time.InstantSource.system().instant().plus(Duration.ofHours(1));
  }

  private static AdminClient connect(HomeDir home) throws Exception {
    long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (!Files.exists(home.adminSocket()) && System.nanoTime() < deadline) {
      Thread.sleep(100);
    }
    return AdminClient.connectAdmin(home.adminSocket(), "bench/1", Duration.ofSeconds(10));
  }

  private static Path hello(Path work) throws Exception {
    Path source =
        Files.writeString(
            work.resolve("Hello.java"),
            "public class Hello { public static void main(String[] a)"
                + " { System.out.println(\"hello\"); } }");
    Process javac =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "javac").toString(),
                "-d",
                work.toString(),
                source.toString())
            .inheritIO()
            .start();
    if (javac.waitFor() != 0) {
      throw new IllegalStateException("javac failed");
    }
    return work;
  }

  private static Process start(Path work, Path password, String... command) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectInput(new File("/dev/null"))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(work.resolve("out.txt").toFile()));
    builder.environment().put("RISK_ADMIN_PASSWORD_FILE", password.toString());
    return builder.start();
  }

  /** Milliseconds from before the start until the process has ended; it must end well. */
  private static double timed(Started what) throws Exception {
    long from = System.nanoTime();
    int code = what.start().waitFor();
    if (code != 0) {
      throw new IllegalStateException("ended with " + code);
    }
    return (System.nanoTime() - from) / 1e6;
  }

  /** Something to be started. */
  @FunctionalInterface
  private interface Started {
    Process start() throws Exception;
  }

  private static double median(List<Double> values) {
    return values.stream().sorted().toList().get(values.size() / 2);
  }

  private static void print(String name, List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    System.out.printf(
        "| %s | %.0f | %.0f | %.0f | %d |%n",
        name, sorted.getFirst(), median(values), sorted.getLast(), sorted.size());
  }
}
