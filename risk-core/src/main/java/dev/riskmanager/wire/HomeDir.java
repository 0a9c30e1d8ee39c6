package dev.riskmanager.wire;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The home directory of an installation and what lies where in it. Only names: nothing here creates
 * or checks a file.
 *
 * @param root the directory, absolute
 */
public record HomeDir(Path root) {
  /** The file in which a system-wide installation names its home. */
  public static final Path SYSTEM_FILE = Path.of("/etc/risk-manager/home");

  public HomeDir {
    root = root.toAbsolutePath().normalize();
  }

  /**
   * Finds the home: the option, else {@code RISK_HOME}, else the path in {@link #SYSTEM_FILE}, else
   * {@code ~/.risk-manager}.
   *
   * @param option the value of {@code --home}, or null
   * @return the home; it need not exist
   * @throws IOException with one line for the user, if a path is not one or the system's file is
   *     unreadable
   */
  public static HomeDir resolve(@Nullable String option) throws IOException {
    return resolve(option, System.getenv(), SYSTEM_FILE, userHome(System.getenv()));
  }

  /**
   * What {@code ~} is to a shell: {@code HOME}, and without it (or when it is not absolute) the
   * directory that the system has for the user.
   *
   * @param environment the environment
   * @return the user's home directory
   */
  public static Path userHome(Map<String, String> environment) {
    String home = environment.getOrDefault("HOME", "");
    return Path.of(home.startsWith("/") ? home : System.getProperty("user.home", "."));
  }

  /**
   * The same with everything it depends on as an argument.
   *
   * @param option the value of {@code --home}, or null
   * @param environment the environment
   * @param systemFile the file that may name a home on its first line
   * @param userHome the user's home directory
   * @return the home; it need not exist
   * @throws IOException with one line for the user, if a path is not one or the system's file is
   *     unreadable
   */
  public static HomeDir resolve(
      @Nullable String option, Map<String, String> environment, Path systemFile, Path userHome)
      throws IOException {
    if (option != null) {
      if (option.isBlank()) {
        throw new IOException("--home is empty; give a directory");
      }
      return new HomeDir(path(option, "--home"));
    }
    String fromEnvironment = environment.get("RISK_HOME");
    if (fromEnvironment != null && !fromEnvironment.isBlank()) {
      return new HomeDir(path(fromEnvironment, "RISK_HOME"));
    }
    if (Files.exists(systemFile)) {
      return new HomeDir(path(firstLine(systemFile), systemFile.toString()));
    }
    return new HomeDir(userHome.resolve(".risk-manager"));
  }

  private static String firstLine(Path file) throws IOException {
    String text;
    try {
      text = Files.readString(file, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IOException(
          "cannot read " + file + "; make it readable, or give --home or RISK_HOME", e);
    }
    String line = text.lines().findFirst().orElse("").strip();
    if (line.isEmpty() || !Path.of(line).isAbsolute()) {
      throw new IOException(
          file + " does not hold an absolute path on its first line; correct it or give --home");
    }
    return line;
  }

  private static Path path(String text, String source) throws IOException {
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw new IOException(source + " is not a path: " + e.getReason(), e);
    }
  }

  /** The directory of the configuration. */
  public Path config() {
    return root.resolve("config");
  }

  /** Addresses and intervals. */
  public Path engineYaml() {
    return config().resolve("engine.yaml");
  }

  /** Credentials and the monitored accounts. */
  public Path accountsYaml() {
    return config().resolve("accounts.yaml");
  }

  /** The rules. */
  public Path riskConfigYaml() {
    return config().resolve("risk_config.yaml");
  }

  /** Holidays and early closes. */
  public Path holidaysYaml() {
    return config().resolve("holidays.yaml");
  }

  /** The directory of what the engine must not lose. */
  public Path data() {
    return root.resolve("data");
  }

  /** The database. */
  public Path database() {
    return data().resolve("risk.db");
  }

  /** The directory of recordings. */
  public Path recordings() {
    return data().resolve("recordings");
  }

  /** The hash of the admin password. */
  public Path adminSecret() {
    return data().resolve("admin.secret");
  }

  /** The directory of the logs. */
  public Path logs() {
    return root.resolve("logs");
  }

  /** The directory of the sockets. */
  public Path run() {
    return root.resolve("run");
  }

  /** The trader's socket. */
  public Path viewSocket() {
    return run().resolve("view.sock");
  }

  /** The admin's socket. */
  public Path adminSocket() {
    return run().resolve("admin.sock");
  }

  /** The engine's process id. */
  public Path pidFile() {
    return run().resolve("engine.pid");
  }
}
