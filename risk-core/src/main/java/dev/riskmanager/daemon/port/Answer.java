package dev.riskmanager.daemon.port;

/** What the engine says to a request of a person: the thing asked for, or why not. */
public sealed interface Answer<T> {

  /** It was done. */
  record Done<T>(T value) implements Answer<T> {}

  /**
   * It was not done, and nothing of it was; only of {@link Refusal.Kind#OUTCOME_UNKNOWN} nobody can
   * say so yet.
   */
  record Refused<T>(Refusal why) implements Answer<T> {}

  /** It was done. */
  static <T> Answer<T> done(T value) {
    return new Done<>(value);
  }

  /** It was not done. */
  static <T> Answer<T> refused(Refusal why) {
    return new Refused<>(why);
  }

  /** It was not done. */
  static <T> Answer<T> refused(Refusal.Kind kind, String message) {
    return new Refused<>(Refusal.of(kind, message));
  }
}
