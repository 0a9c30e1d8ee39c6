package dev.riskmanager.trader.feed;

import dev.riskmanager.wire.LogEntry;
import dev.riskmanager.wire.StatusView;
import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which questions are to be kept answered, and which of the answers may have become old. Not
 * thread-safe: its feed guards it.
 */
final class Questions {
  private static final Duration HOURS_AGAIN = Duration.ofSeconds(60);

  private Set<Question> wanted = EnumSet.noneOf(Question.class);
  private @Nullable String receipt;

  /** What each was last asked about; something else means: ask again. */
  private final Map<Question, Object> askedAbout = new EnumMap<>(Question.class);

  /** Says what is wanted; true if that is news. */
  boolean want(Set<Question> questions, @Nullable String receiptId) {
    if (questions.equals(wanted) && Objects.equals(receiptId, receipt)) {
      return false;
    }
    wanted = questions.isEmpty() ? EnumSet.noneOf(Question.class) : EnumSet.copyOf(questions);
    receipt = receiptId;
    return true;
  }

  /** The receipt asked for, null for the newest. */
  @Nullable String receipt() {
    return receipt;
  }

  /** A question to ask now, or null. */
  @Nullable Question due(@Nullable Picture picture, long nanos) {
    for (Question question : wanted) {
      if (!about(question, picture, nanos).equals(askedAbout.get(question))) {
        return question;
      }
    }
    return null;
  }

  /** It is being asked. */
  void asked(Question question, @Nullable Picture picture, long nanos) {
    askedAbout.put(question, about(question, picture, nanos));
  }

  /** There was no answer. */
  void again(Question question) {
    askedAbout.remove(question);
  }

  /** Another engine may be at the other end. */
  void allAgain() {
    askedAbout.clear();
  }

  private Object about(Question question, @Nullable Picture picture, long nanos) {
    if (picture == null) {
      return List.of();
    }
    StatusView status = picture.status();
    long newest = status.lastActions().stream().mapToLong(LogEntry::seq).max().orElse(0);
    return switch (question) {
      case LOG -> newest;
      case RECEIPT -> receipt == null ? newest : receipt;
      case LOCKOUTS ->
          List.of(
              newest,
              status.accounts().stream()
                  .flatMap(account -> account.lockouts().stream())
                  .map(lockout -> List.of(lockout.id(), String.valueOf(lockout.expiresAt())))
                  .toList());
      case HOURS -> nanos / HOURS_AGAIN.toNanos();
    };
  }
}
