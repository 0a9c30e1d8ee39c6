package dev.riskmanager.daemon.loop;

import java.time.Duration;

/**
 * Whether the disk is waited for. One that has not answered in time is not waited for again, until
 * it has taken everything that was given to it. Owned by the loop's thread.
 */
final class DiskTrust {
  /** How long a commit may hold enforcement back: {@code rules.md} §2, point 7. */
  static final Duration PATIENCE = Duration.ofMillis(250);

  private boolean answers = true;

  /** Whether the next write is waited for. */
  boolean waits() {
    return answers;
  }

  /**
   * Before the next write is given to it.
   *
   * @param idle whether everything that was given to it before is written
   * @return whether it answers again, which it did not before
   */
  boolean answersAgain(boolean idle) {
    boolean again = !answers && idle;
    answers |= idle;
    return again;
  }

  /**
   * After a write was waited for, or looked at.
   *
   * @param written whether it is on the disk
   * @return whether the disk has just stopped answering
   */
  boolean fails(boolean written) {
    boolean news = answers && !written;
    answers &= written;
    return news;
  }
}
