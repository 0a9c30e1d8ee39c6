package dev.riskmanager.domain.rule;

import dev.riskmanager.domain.settings.Settings;
import dev.riskmanager.domain.settings.Values;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What every rule has besides its own parameters: its mode, overrides of its response, and whether
 * an admin may end its lockouts.
 *
 * @param shadow it only watches: a violation is told once an episode, and nothing is done
 * @param action overrides the rule's own
 * @param cancelOrders overrides the rule's own
 * @param lock overrides the rule's own
 */
public record RulePolicy(
    boolean shadow,
    Optional<Response.Action> action,
    Optional<Boolean> cancelOrders,
    Optional<Response.Lock> lock,
    AdminUnlock adminUnlock) {

  /** Enforces, overrides nothing, and lets an admin unlock. */
  public static final RulePolicy PLAIN =
      new RulePolicy(
          false, Optional.empty(), Optional.empty(), Optional.empty(), AdminUnlock.ALLOWED);

  /**
   * Whether an admin may end a lockout of the rule.
   *
   * @param allowed whether at all
   * @param delay time between asking and unlocking
   */
  public record AdminUnlock(boolean allowed, Duration delay) {
    public static final AdminUnlock ALLOWED = new AdminUnlock(true, Duration.ZERO);
    public static final AdminUnlock FORBIDDEN = new AdminUnlock(false, Duration.ZERO);

    static Optional<AdminUnlock> parse(String text) {
      return switch (text) {
        case "allowed" -> Optional.of(ALLOWED);
        case "forbidden" -> Optional.of(FORBIDDEN);
        default -> Values.duration(text).map(delay -> new AdminUnlock(true, delay));
      };
    }
  }

  /**
   * Reads the common keys of a rule's section.
   *
   * @param reduces whether {@code action: reduce} means something to this rule (001 and 002)
   */
  public static RulePolicy read(Settings section, boolean reduces) {
    section.allow("enabled", "mode", "action", "cancel_orders", "lockout", "admin_unlock");
    boolean shadow =
        section.choice("mode", "enforce", List.of("enforce", "shadow")).equals("shadow");
    Optional<Response.Action> action = Optional.empty();
    if (section.has("action")) {
      List<String> allowed =
          reduces
              ? List.of("close_all", "close_position", "reduce", "none")
              : List.of("close_all", "close_position", "none");
      action = Optional.of(actionOf(section.choice("action", "none", allowed)));
    }
    Optional<Boolean> cancel =
        section.has("cancel_orders")
            ? Optional.of(section.flag("cancel_orders", false))
            : Optional.empty();
    Optional<Response.Lock> lock =
        section.has("lockout")
            ? Optional.of(
                section.read(
                    "lockout",
                    Response.Lock.NONE,
                    RulePolicy::parseLock,
                    "none, until_reset, until_session_start or a duration such as 30m"))
            : Optional.empty();
    AdminUnlock unlock =
        section.read(
            "admin_unlock",
            AdminUnlock.ALLOWED,
            AdminUnlock::parse,
            "allowed, forbidden or a delay such as 30m");
    return new RulePolicy(shadow, action, cancel, lock, unlock);
  }

  /** The rule's own response with the overrides of this policy. */
  public Response apply(Response own) {
    Response.Action chosen = action.orElse(own.action());
    boolean cancel =
        cancelOrders.orElseGet(
            () -> action.map(a -> a == Response.Action.CLOSE_ALL).orElse(own.cancelOrders()));
    return new Response(chosen, cancel, lock.orElse(own.lock()));
  }

  private static Response.Action actionOf(String text) {
    return switch (text) {
      case "close_all" -> Response.Action.CLOSE_ALL;
      case "close_position" -> Response.Action.CLOSE_POSITION;
      case "reduce" -> Response.Action.REDUCE;
      default -> Response.Action.NONE;
    };
  }

  private static Optional<Response.Lock> parseLock(String text) {
    return switch (text) {
      case "none" -> Optional.of(Response.Lock.NONE);
      case "until_reset" -> Optional.of(Response.Lock.UNTIL_RESET);
      case "until_session_start" -> Optional.of(Response.Lock.UNTIL_SESSION_START);
      default ->
          Values.duration(text).filter(duration -> !duration.isZero()).map(Response.Lock::of);
    };
  }
}
