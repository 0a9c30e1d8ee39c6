package dev.riskmanager.fuzz;

import com.sun.management.ThreadMXBean;
import dev.riskmanager.daemon.config.ConfigFuzz;
import dev.riskmanager.daemon.control.ControlFuzz;
import dev.riskmanager.daemon.gateway.HubFuzz;
import dev.riskmanager.daemon.gateway.RestFuzz;
import dev.riskmanager.replay.ReplayFuzz;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongPredicate;

/**
 * Throws spoiled input at everything that takes input of others: {@code Fuzz SECONDS [TARGET
 * [SEED]]}. Prints what was found, with the seed that finds it again, and how many tries there
 * were.
 */
public final class Fuzz {
  /** A try takes milliseconds; one that takes this long hangs, also on a machine that is busy. */
  private static final Duration HANGS = Duration.ofSeconds(60);

  /** What one input may cost. The largest lines that are taken at all have a few megabytes. */
  private static final long MOST_BYTES = 1L << 30;

  /** What is thrown at, by name. */
  public static final Map<String, Callable<Target>> TARGETS = targets();

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private Fuzz() {}

  /** One thing that must not happen. */
  public record Finding(String target, long seed, String what) {}

  /** What came of it. */
  public record Result(long tries, List<Finding> findings) {}

  private static Map<String, Callable<Target>> targets() {
    Map<String, Callable<Target>> all = new LinkedHashMap<>();
    all.put("hub", HubFuzz::new);
    all.put("rest", RestFuzz::new);
    all.put("view-socket", () -> ControlFuzz.view());
    all.put("admin-socket", () -> ControlFuzz.admin());
    all.put("config", ConfigFuzz::new);
    all.put("recording", ReplayFuzz::recordings);
    all.put("scenario", ReplayFuzz::scenarios);
    return all;
  }

  /**
   * Tries seeds from {@code first} on.
   *
   * @param goOn asked before each try with the number of those made
   */
  public static Result run(String name, long first, LongPredicate goOn) throws Exception {
    List<Finding> findings = new ArrayList<>();
    long tries = 0;
    Callable<Target> maker = TARGETS.get(name);
    if (maker == null) {
      throw new IllegalArgumentException("targets: " + TARGETS.keySet());
    }
    ExecutorService thread = Executors.newSingleThreadExecutor(daemon(name));
    try (Target target = maker.call()) {
      while (goOn.test(tries) && findings.size() < 10) {
        long seed = first + tries;
        Future<String> outcome = thread.submit(() -> attempt(target, seed));
        try {
          String what = outcome.get(HANGS.toSeconds(), TimeUnit.SECONDS);
          if (!what.isEmpty()) {
            findings.add(new Finding(name, seed, what));
          }
        } catch (TimeoutException e) {
          findings.add(new Finding(name, seed, "it hangs" + stack("fuzz-" + name)));
          return new Result(tries + 1, findings);
        } catch (ExecutionException e) {
          findings.add(new Finding(name, seed, String.valueOf(e.getCause())));
        }
        tries++;
      }
    } finally {
      thread.shutdownNow();
    }
    return new Result(tries, findings);
  }

  private static java.util.concurrent.ThreadFactory daemon(String name) {
    return Thread.ofPlatform().daemon().name("fuzz-" + name).factory();
  }

  private static String stack(String thread) {
    StringBuilder text = new StringBuilder();
    Thread.getAllStackTraces()
        .forEach(
            (one, at) -> {
              for (int i = 0; one.getName().equals(thread) && i < Math.min(12, at.length); i++) {
                text.append("\n    at ").append(at[i]);
              }
            });
    return text.toString();
  }

  /** Empty when nothing happened that must not. */
  private static String attempt(Target target, long seed) {
    long id = Thread.currentThread().threadId();
    long before = THREADS.getThreadAllocatedBytes(id);
    try {
      target.attempt(new Mutator(seed));
    } catch (Throwable e) {
      StackTraceElement[] at = e.getStackTrace();
      StringBuilder what = new StringBuilder(shortened(String.valueOf(e)));
      for (int i = 0; i < Math.min(6, at.length); i++) {
        what.append("\n    at ").append(at[i]);
      }
      return what.toString();
    }
    long used = THREADS.getThreadAllocatedBytes(id) - before;
    return used > MOST_BYTES ? "it took " + (used >> 20) + " MiB" : "";
  }

  private static String shortened(String text) {
    return text.length() > 400 ? text.substring(0, 400) + "…" : text;
  }

  /** See the class. */
  public static void main(String[] args) throws Exception {
    long seconds = Long.parseLong(args[0]);
    List<String> names = args.length > 1 ? List.of(args[1]) : List.copyOf(TARGETS.keySet());
    long each = Math.max(1, seconds / names.size());
    boolean clean = true;
    for (String name : names) {
      long first = args.length > 2 ? Long.parseLong(args[2]) : System.nanoTime();
      long[] end = {0};
      Result result =
          run(
              name,
              first,
              tries -> {
                end[0] = tries == 0 ? System.nanoTime() + each * 1_000_000_000L : end[0];
                return System.nanoTime() < end[0];
              });
      System.out.println(
          name
              + ": "
              + result.tries()
              + " tries from seed "
              + first
              + " in "
              + each
              + " s, "
              + result.findings().size()
              + " finding(s)");
      result.findings().forEach(f -> System.out.println("  seed " + f.seed() + ": " + f.what()));
      clean &= result.findings().isEmpty();
    }
    System.exit(clean ? 0 : 1);
  }
}
