package dev.riskmanager.daemon.enforce;

import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The reasons why an account is in alarm; it is over when the last of them is gone. What is wrong
 * is told anew whenever it changes, also when it is only the number of tries: so everybody can see
 * that it is being tried.
 */
final class Alarms {
  private final Story story;
  private final SortedMap<String, Reason> raised = new TreeMap<>();

  private record Reason(String what, boolean notProtected) {}

  Alarms(Story story) {
    this.story = story;
  }

  /**
   * Raises it, or says it anew. The log has it once, and again when it turns out that nothing we
   * send can help.
   *
   * @param key what it is about
   */
  void raise(String key, String what, boolean notProtected) {
    Reason before = raised.get(key);
    boolean permanent = notProtected || (before != null && before.notProtected());
    Reason now = new Reason(what, permanent);
    if (now.equals(before)) {
      return;
    }
    raised.put(key, now);
    if (before == null || permanent != before.notProtected()) {
      story.alarm(what, permanent);
    }
    tell();
  }

  private void tell() {
    story.alarmed(
        raised.values().stream().map(Reason::what).collect(Collectors.joining("; ")),
        raised.values().stream().anyMatch(Reason::notProtected));
  }

  void clear(String key) {
    if (raised.remove(key) == null) {
      return;
    }
    if (raised.isEmpty()) {
      story.alarmCleared();
    } else {
      tell();
    }
  }

  void clearAll() {
    if (!raised.isEmpty()) {
      raised.clear();
      story.alarmCleared();
    }
  }

  boolean isRaised() {
    return !raised.isEmpty();
  }
}
