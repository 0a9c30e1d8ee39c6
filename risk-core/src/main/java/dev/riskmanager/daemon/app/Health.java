package dev.riskmanager.daemon.app;

import dev.riskmanager.domain.model.AccountId;
import dev.riskmanager.wire.EngineState;
import dev.riskmanager.wire.EngineView;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;

/** How well the engine protects, from what its parts report. Safe for many threads. */
final class Health {
  private final Instant startedAt;
  private final Map<String, String> problems = new TreeMap<>();
  private final Map<AccountId, Map<String, String>> unprotected = new TreeMap<>();
  private volatile Supplier<Set<AccountId>> watched = Set::of;
  private volatile Listener listener = (part, text) -> {};
  private boolean ready;
  private boolean stopping;

  /** Told when something is not well any more, or is again. Must not block. */
  @FunctionalInterface
  interface Listener {
    /**
     * A problem came or went; that only its text changed is not told.
     *
     * @param text empty when it went
     */
    void problem(String part, String text);
  }

  Health(Instant startedAt) {
    this.startedAt = startedAt;
  }

  /** Which accounts there are to be protected; while none is known, one stands for all. */
  void watching(Supplier<Set<AccountId>> accounts) {
    watched = accounts;
  }

  void listen(Listener to) {
    listener = to;
  }

  /** The venue was read, the rules evaluated and what they asked for was done. */
  synchronized void ready() {
    ready = true;
  }

  synchronized boolean isReady() {
    return ready;
  }

  synchronized void stopping() {
    stopping = true;
  }

  /**
   * A part is not well, or is again.
   *
   * @param text empty when it is
   */
  synchronized void problem(String part, String text) {
    if (set(problems, part, text)) {
      listener.problem(part, text);
    }
  }

  /**
   * All that is wrong with a part, in the place of what was before.
   *
   * @param texts none when it is well
   */
  synchronized void problems(String part, List<String> texts) {
    problems.keySet().removeIf(key -> key.startsWith(part + " #"));
    for (int i = 0; i < texts.size(); i++) {
      problems.put(String.format(Locale.ROOT, "%s #%03d", part, i), texts.get(i));
    }
  }

  /**
   * An account cannot be protected, or can again.
   *
   * @param part who says so: several reasons may stand side by side
   * @param text empty when it can
   */
  synchronized void notProtected(AccountId account, String part, String text) {
    Map<String, String> reasons = unprotected.computeIfAbsent(account, id -> new TreeMap<>());
    if (set(reasons, part, text)) {
      listener.problem("account " + account + " is not protected (" + part + ")", text);
    }
    unprotected.values().removeIf(Map::isEmpty);
  }

  /** Of all accounts, that part says it of these at most. */
  synchronized void onlyNotProtected(String part, Set<AccountId> accounts) {
    for (AccountId account : List.copyOf(unprotected.keySet())) {
      if (!accounts.contains(account)) {
        notProtected(account, part, "");
      }
    }
  }

  /** Why accounts cannot be protected; those that can are left out. */
  synchronized Map<AccountId, String> unprotected() {
    Map<AccountId, String> texts = new TreeMap<>();
    unprotected.forEach((account, why) -> texts.put(account, String.join("; ", why.values())));
    return texts;
  }

  /** Whether it came or went. */
  private static boolean set(Map<String, String> texts, String key, String text) {
    return text.isEmpty() ? texts.remove(key) != null : texts.put(key, text) == null;
  }

  synchronized EngineState state() {
    if (stopping) {
      return EngineState.STOPPING;
    }
    if (!unprotected.isEmpty() && unprotected.keySet().containsAll(watched.get())) {
      return EngineState.NOT_PROTECTED;
    }
    if (!problems.isEmpty() || !unprotected.isEmpty()) {
      return EngineState.DEGRADED;
    }
    return ready ? EngineState.PROTECTING : EngineState.STARTING;
  }

  private static boolean isAlarm(String text) {
    return text.startsWith("ALARM");
  }

  synchronized EngineView view(Instant now) {
    List<String> texts = new ArrayList<>();
    unprotected.values().forEach(reasons -> texts.addAll(reasons.values()));
    // Where there is room for one, it is the one that needs somebody now.
    problems.values().stream().filter(Health::isAlarm).forEach(texts::add);
    problems.values().stream().filter(text -> !isAlarm(text)).forEach(texts::add);
    return new EngineView(
        state(),
        texts,
        ProcessHandle.current().pid(),
        Build.version(),
        startedAt,
        Math.max(0, Duration.between(startedAt, now).toSeconds()));
  }
}
