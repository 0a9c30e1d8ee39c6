package dev.riskmanager.daemon.port;

import dev.riskmanager.domain.model.AccountId;
import dev.riskmanager.domain.model.RuleId;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Something that people outside are told of.
 *
 * @param at when it happened, UTC
 * @param account empty when it is about the engine
 * @param rule the rule behind it; empty when there is none
 * @param text one line for a person; no secrets
 */
public record Notice(
    Kind kind, Instant at, Optional<AccountId> account, Optional<RuleId> rule, String text) {

  /** What it is about: what a target chooses from. */
  public enum Kind {
    VIOLATION,
    LOCKOUT,
    UNLOCK,
    ALARM,
    DISCONNECT,
    AUDIT;

    /** As it is written in the configuration. */
    public String key() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** The one that is written so. */
    public static Optional<Kind> parse(String text) {
      return Stream.of(values()).filter(kind -> kind.key().equals(text)).findFirst();
    }
  }
}
