package dev.riskmanager.daemon.store;

import java.util.Optional;

/**
 * Whether the database that stands there can be trusted, from where its audit ends and what log and
 * marker say (ADR 0009). Pure.
 *
 * @param verdict what it is
 * @param text for people; empty when there is nothing to say
 */
record StartJudgement(Verdict verdict, String text) {

  /** What the database is found to be. */
  enum Verdict {
    /** There is none, and nothing says that there was one. */
    FRESH(false),
    /** It is the newest there has been, or newer than the log by what a crash kept back. */
    CURRENT(false),
    /** It was written by a version that kept no chain. */
    UNCHAINED(false),
    /** Current, but the log or the marker is gone: the other vouches for it. */
    HALF_VOUCHED(false),
    /** Nothing vouches for it: log and marker are gone. */
    UNVOUCHED(true),
    /** Log or marker contradict it and the other does not. */
    CONTRADICTED(true),
    /** Ours, and older than log or marker say. */
    OLDER(true),
    /** Another one was put in its place. */
    REPLACED(true),
    /** It cannot be read. */
    DAMAGED(true),
    /** It is gone. */
    MISSING(true);

    private final boolean holds;

    Verdict(boolean holds) {
      this.holds = holds;
    }

    /** Whether accounts are held until an admin has looked. */
    boolean holds() {
      return holds;
    }

    /** Whether what stands there is of no use. */
    boolean needsAnother() {
      return this == REPLACED || this == DAMAGED || this == MISSING;
    }
  }

  /** What is known of the database. */
  sealed interface Found {}

  /** There is none. */
  record Absent(boolean ranBefore) implements Found {}

  /** There is something that is no sound database. */
  record Unreadable(String why) implements Found {}

  /**
   * A sound one.
   *
   * @param chained whether its schema has the chain
   * @param head where its audit ends
   * @param atLog hash of its record of the number that is the log's newest; empty when it has none
   * @param atMarker the same for the marker
   * @param inLog hash of the log's record of the number that is its own newest, where looked for
   */
  record Sound(
      boolean chained,
      AuditHead head,
      Optional<String> atLog,
      Optional<String> atMarker,
      Optional<String> inLog)
      implements Found {}

  /** Judges. */
  static StartJudgement of(Found found, Evidence evidence) {
    return switch (found) {
      case Absent absent ->
          evidence.isNone() && !absent.ranBefore()
              ? new StartJudgement(Verdict.FRESH, "")
              : new StartJudgement(Verdict.MISSING, "the database is missing" + newest(evidence));
      case Unreadable unreadable ->
          new StartJudgement(Verdict.DAMAGED, "the database is damaged: " + unreadable.why());
      case Sound sound -> sound(sound, evidence);
    };
  }

  private static StartJudgement sound(Sound sound, Evidence evidence) {
    if (evidence.isNone()) {
      if (!sound.chained()) {
        return new StartJudgement(Verdict.UNCHAINED, "");
      }
      // With the first record alone: the process died before it wrote log and marker at all.
      return sound.head().seq() <= 1
          ? new StartJudgement(Verdict.CURRENT, "")
          : new StartJudgement(
              Verdict.UNVOUCHED,
              "audit.log and the audit's marker are missing; nothing vouches for the database");
    }
    Word log = word(evidence.log(), sound.head(), sound.atLog(), sound.inLog());
    Word marker = word(evidence.marker(), sound.head(), sound.atMarker(), sound.inLog());
    if (log == Word.AGREES || marker == Word.AGREES) {
      return vouched(log, marker, sound.head(), evidence);
    }
    // Ours has a record from its creation on.
    boolean empty = sound.chained() && sound.head().isNone();
    if (empty || log == Word.CONTRADICTS || marker == Word.CONTRADICTS) {
      return new StartJudgement(
          Verdict.REPLACED, "another database was put in its place" + newest(evidence));
    }
    return new StartJudgement(
        Verdict.OLDER,
        "the database is older than the audit: it ends with record "
            + sound.head().seq()
            + newest(evidence));
  }

  private static StartJudgement vouched(Word log, Word marker, AuditHead head, Evidence evidence) {
    if (log == Word.CONTRADICTS || marker == Word.CONTRADICTS) {
      return new StartJudgement(
          Verdict.CONTRADICTED,
          (log == Word.CONTRADICTS ? "audit.log" : "the audit's marker")
              + " contradicts the database");
    }
    if (log == Word.KNOWS_MORE || marker == Word.KNOWS_MORE) {
      return new StartJudgement(
          Verdict.OLDER,
          "the database is older than the audit: it ends with record "
              + head.seq()
              + newest(evidence));
    }
    if (log == Word.SILENT || marker == Word.SILENT) {
      return new StartJudgement(
          Verdict.HALF_VOUCHED,
          (log == Word.SILENT ? "audit.log was" : "the audit's marker was")
              + " missing and is written anew from the database");
    }
    return new StartJudgement(Verdict.CURRENT, "");
  }

  /** What one witness says of the database. */
  private enum Word {
    SILENT,
    AGREES,
    KNOWS_MORE,
    CONTRADICTS
  }

  private static Word word(
      Optional<AuditHead> witness, AuditHead head, Optional<String> at, Optional<String> inLog) {
    if (witness.isEmpty()) {
      return Word.SILENT;
    }
    if (witness.get().seq() <= head.seq()) {
      // A number that is not in the database was taken out of it.
      return at.equals(Optional.of(witness.get().hash())) ? Word.AGREES : Word.CONTRADICTS;
    }
    boolean ours = head.isNone() || inLog.isEmpty() || inLog.get().equals(head.hash());
    return ours ? Word.KNOWS_MORE : Word.CONTRADICTS;
  }

  private static String newest(Evidence evidence) {
    return evidence.isNone() ? "" : "; the newest record known is " + evidence.newest().seq();
  }
}
