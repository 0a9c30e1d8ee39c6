package dev.riskmanager.daemon.port;

import java.util.Optional;

/**
 * Why a request was not carried out.
 *
 * @param message one line for the person who asked: what is wrong and what to do; no secrets
 * @param field the parameter that is wrong, when it is one
 */
public record Refusal(Kind kind, String message, Optional<String> field) {

  /** The sorts a program can tell apart. */
  public enum Kind {
    /** Forbidden by policy. */
    FORBIDDEN,
    /** No such account, lockout, receipt; or nothing to end. */
    NOT_FOUND,
    /** A parameter cannot be what it is. */
    BAD_PARAMETER,
    /** Not at the moment: starting, stopping, or unable to write. */
    UNAVAILABLE,
    /** It was taken on, and whether it is or will be done is not known. */
    OUTCOME_UNKNOWN,
    /** This engine cannot do it at all. */
    NOT_SUPPORTED
  }

  /** A refusal that is about no parameter in particular. */
  public static Refusal of(Kind kind, String message) {
    return new Refusal(kind, message, Optional.empty());
  }

  /** A refusal because of a parameter. */
  public static Refusal badParameter(String field, String message) {
    return new Refusal(Kind.BAD_PARAMETER, message, Optional.of(field));
  }
}
