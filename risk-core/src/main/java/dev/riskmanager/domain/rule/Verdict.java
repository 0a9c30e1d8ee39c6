package dev.riskmanager.domain.rule;

import dev.riskmanager.domain.decision.Decision;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a rule answers: what it found, what it wants remembered, when it wants to be asked again,
 * and, of RULE-012 alone, what it automates.
 *
 * @param standing lockouts to hold though nothing is wrong: no violation is told, and nothing done
 *     but locking
 */
public record Verdict(
    List<Violation> violations,
    List<Violation> standing,
    List<Note> notes,
    List<Wake> wakes,
    List<Decision.Action> automation) {

  public static final Verdict NONE =
      new Verdict(List.of(), List.of(), List.of(), List.of(), List.of());

  /**
   * A number to remember.
   *
   * @param key unique within the rule
   * @param value empty forgets it
   */
  public record Note(String key, Optional<Long> value) {}

  /**
   * A timer of the rule.
   *
   * @param name unique within the rule and account
   * @param deadline empty cancels it
   */
  public record Wake(String name, Optional<Instant> deadline) {}

  public static Verdict of(Violation violation) {
    return new Verdict(List.of(violation), List.of(), List.of(), List.of(), List.of());
  }

  public static Verdict of(List<Violation> violations) {
    return violations.isEmpty()
        ? NONE
        : new Verdict(violations, List.of(), List.of(), List.of(), List.of());
  }

  /** Collects a verdict; owned by one evaluation. */
  public static final class Builder {
    private List<Violation> violations = List.of();
    private List<Violation> standing = List.of();
    private List<Note> notes = List.of();
    private List<Wake> wakes = List.of();
    private List<Decision.Action> automation = List.of();

    public Builder add(Violation violation) {
      violations = more(violations, violation);
      return this;
    }

    /** The lockout of that violation, without the violation. */
    public Builder stand(Violation violation) {
      standing = more(standing, violation);
      return this;
    }

    public Builder remember(String key, long value) {
      notes = more(notes, new Note(key, Optional.of(value)));
      return this;
    }

    public Builder forget(String key) {
      notes = more(notes, new Note(key, Optional.empty()));
      return this;
    }

    public Builder wake(String name, Instant deadline) {
      wakes = more(wakes, new Wake(name, Optional.of(deadline)));
      return this;
    }

    public Builder sleep(String name) {
      wakes = more(wakes, new Wake(name, Optional.empty()));
      return this;
    }

    public Builder automate(Decision.Action action) {
      automation = more(automation, action);
      return this;
    }

    /** Most verdicts collect nothing: a list is made for the first element. */
    private static <T> List<T> more(List<T> list, T element) {
      List<T> longer = list.isEmpty() ? new ArrayList<>(2) : list;
      longer.add(element);
      return longer;
    }

    public Verdict build() {
      return violations.isEmpty()
              && standing.isEmpty()
              && notes.isEmpty()
              && wakes.isEmpty()
              && automation.isEmpty()
          ? NONE
          : new Verdict(
              List.copyOf(violations),
              List.copyOf(standing),
              List.copyOf(notes),
              List.copyOf(wakes),
              List.copyOf(automation));
    }
  }
}
