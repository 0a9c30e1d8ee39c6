package dev.riskmanager.daemon.enforce;

import java.util.SortedMap;
import java.util.TreeMap;

/** The reasons why an account is in alarm; it is over when the last of them is gone. */
final class Alarms {
  private final Story story;
  private final SortedMap<String, Boolean> raised = new TreeMap<>();

  Alarms(Story story) {
    this.story = story;
  }

  /**
   * Raises it once; again only when it turns out that nothing we send can help.
   *
   * @param key what it is about
   */
  void raise(String key, String what, boolean notProtected) {
    Boolean before = raised.get(key);
    if (before == null || (notProtected && !before)) {
      raised.put(key, notProtected);
      story.alarm(what, notProtected);
    }
  }

  void clear(String key) {
    if (raised.remove(key) != null && raised.isEmpty()) {
      story.alarmCleared();
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
