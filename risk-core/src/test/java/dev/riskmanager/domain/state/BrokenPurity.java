package dev.riskmanager.domain.state;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.LoggerFactory;

/** Breaks a wall on purpose, so that {@code ArchitectureTest} can be seen to go red. */
final class BrokenPurity {
  static final double FLOATING = 0.5;

  private BrokenPurity() {}

  static Object unordered() {
    return new HashMap<String, Set<String>>(Map.of("a", Set.of("b")));
  }

  static Thread thread() {
    return Thread.currentThread();
  }

  static Object logging() {
    return LoggerFactory.getLogger("domain");
  }

  static Supplier<Instant> clock() {
    return Instant::now;
  }
}
