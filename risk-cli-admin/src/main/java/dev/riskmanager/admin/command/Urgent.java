package dev.riskmanager.admin.command;

import dev.riskmanager.admin.session.Options;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is called most, and when it is urgent, read and run without picocli: it then starts in half
 * the time.
 *
 * @param options the common ones
 * @param act what the command does
 */
public record Urgent(Options options, Act act) {
  /** One command with its arguments. */
  interface Act {
    /**
     * Does it.
     *
     * @return the exit code
     */
    int run(Options options, Printers to) throws Exception;
  }

  /**
   * Understands a command line.
   *
   * @param name the command
   * @param args its arguments
   * @return null when it is none of these commands, or one whose arguments picocli must read
   */
  public static @Nullable Urgent read(String name, String... args) {
    return switch (name) {
      case "unlock" -> {
        PlainArgs plain = PlainArgs.read(args, true, Unlock.FLAGS, Unlock.VALUES);
        yield plain == null ? null : of(plain, Unlock.of(plain));
      }
      case "lock" -> {
        PlainArgs plain = PlainArgs.read(args, true, Lock.FLAGS, Lock.VALUES);
        Lock lock = plain == null ? null : Lock.of(plain);
        yield plain == null || lock == null ? null : of(plain, lock);
      }
      case "flatten" -> {
        PlainArgs plain = PlainArgs.read(args, true, Flatten.FLAGS, Flatten.VALUES);
        yield plain == null ? null : of(plain, Flatten.of(plain));
      }
      case "lockouts" -> {
        PlainArgs plain = PlainArgs.read(args, false, Lockouts.FLAGS, Set.of());
        yield plain == null ? null : of(plain, Lockouts.of(plain));
      }
      default -> null;
    };
  }

  private static Urgent of(PlainArgs plain, Act act) {
    Options options =
        new Options(
            plain.value("--home"),
            plain.has("--json"),
            plain.has("--password-stdin"),
            plain.has("--no-color"));
    return new Urgent(options, act);
  }

  /**
   * Does it.
   *
   * @return the exit code
   */
  public int run(Printers to) throws Exception {
    return act.run(options, to);
  }
}
