package dev.riskmanager.e2e;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Runs the product's programs as processes of their own. */
public final class Programs {
  private static final long PATIENCE_SECONDS = 60;

  private Programs() {}

  /** How a program ended. */
  record Ended(int code, List<String> out, List<String> err) {}

  /** {@code risk-trader} with these arguments. */
  static Ended trader(Path directory, String... args) {
    return run(directory, "dev.riskmanager.trader.app.RiskTrader", Map.of(), args);
  }

  /** {@code risk-admin} with these arguments, the password in a file as its users would do it. */
  static Ended admin(Path directory, @Nullable String password, String... args) {
    return admin(directory, password, Map.of(), args);
  }

  /** The same with more in its environment. */
  static Ended admin(
      Path directory, @Nullable String password, Map<String, String> more, String... args) {
    try {
      Path file = Files.writeString(directory.resolve("password.txt"), password + "\n");
      Map<String, String> environment = new TreeMap<>(more);
      if (password != null) {
        environment.put("RISK_ADMIN_PASSWORD_FILE", file.toString());
      }
      return run(directory, "dev.riskmanager.admin.app.RiskAdminMain", environment, args);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static Ended run(
      Path directory, String main, Map<String, String> environment, String... args) {
    try {
      Path out = Files.createTempFile(directory, "program", ".out");
      Path err = Files.createTempFile(directory, "program", ".err");
      List<String> command = java(List.of("-XX:TieredStopAtLevel=1"), classPath(), main);
      command.addAll(List.of(args));
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .redirectInput(new File("/dev/null"))
              .redirectOutput(out.toFile())
              .redirectError(err.toFile());
      builder.environment().remove("RISK_ROOT");
      builder.environment().putAll(environment);
      Process process = builder.start();
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError(main + " " + List.of(args) + " does not end");
      }
      return new Ended(process.exitValue(), lines(out), lines(err));
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  static List<String> lines(Path file) throws IOException {
    return Files.readAllLines(file, StandardCharsets.UTF_8);
  }

  /** The start of a command line with the Java that runs this. */
  public static List<String> java(List<String> options, String classPath, String main) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-Xshare:auto", "-XX:+UseSerialGC", "-Xmx256m", "--enable-native-access=ALL-UNNAMED"));
    command.addAll(options);
    command.addAll(List.of("-cp", classPath, main));
    return command;
  }

  /** What this test was started with; a test runner may have hidden it in a manifest. */
  public static String classPath() {
    return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
  }

  /** The same without the simulated venue and the tests: an engine has neither. */
  static String engineClassPath() {
    List<String> kept = new ArrayList<>();
    for (String entry : classPath().split(File.pathSeparator, -1)) {
      String path = entry.replace('\\', '/');
      if (!path.matches(".*/risk-sim(/target/classes/?|-[^/]*\\.jar)")
          && !path.endsWith("/test-classes")) {
        kept.add(entry);
      }
    }
    return String.join(File.pathSeparator, kept);
  }
}
