package dev.riskmanager.trader.feed;

import dev.riskmanager.wire.ClockView;
import dev.riskmanager.wire.LogEntry;
import dev.riskmanager.wire.StatusView;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which questions are to be kept answered, and which of the answers may have become old. Not
 * thread-safe: its feed guards it.
 */
final class Questions {
  private static final String SESSION = "RULE-009";

  private static final Duration HOURS_AGAIN = Duration.ofSeconds(10);

  /** A receipt is written when all is done, which no line of the log says. */
  private static final Duration RECEIPTS_AGAIN = Duration.ofSeconds(2);

  private static final Duration CURVE_AGAIN = Duration.ofSeconds(10);

  private Wish wish = Wish.NONE;

  /** What each was last asked about; something else means: ask again. */
  private final Map<Question, Object> askedAbout = new EnumMap<>(Question.class);

  /** Says what is wanted; true if that is news. */
  boolean want(Wish other) {
    boolean news = !other.equals(wish);
    wish = other;
    return news;
  }

  /** What is wanted. */
  Wish wish() {
    return wish;
  }

  /** A question to ask now, or null. */
  @Nullable Question due(@Nullable Picture picture, long nanos) {
    for (Question question : wish.questions()) {
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
      case RECEIPT -> {
        String receipt = wish.receipt();
        yield receipt == null ? List.of(newest, turn(nanos, RECEIPTS_AGAIN)) : receipt;
      }
      case RECEIPTS -> List.of(wish.account(), newest, turn(nanos, RECEIPTS_AGAIN));
      case CURVE -> List.of(wish.account(), turn(nanos, CURVE_AGAIN));
      case LOCKOUTS ->
          List.of(
              newest,
              status.accounts().stream()
                  .flatMap(account -> account.lockouts().stream())
                  .map(lockout -> List.of(lockout.id(), String.valueOf(lockout.expiresAt())))
                  .toList());
      case HOURS -> List.of(day(status), sessions(status), turn(nanos, HOURS_AGAIN));
    };
  }

  /** A session that opens or closes, or the rule switched on or off, makes the hours others. */
  private static List<List<String>> sessions(StatusView status) {
    return status.accounts().stream()
        .flatMap(account -> account.rules().stream())
        .filter(rule -> rule.ruleId().equals(SESSION))
        .map(rule -> List.of(rule.state().name(), String.valueOf(rule.value())))
        .toList();
  }

  private static String day(StatusView status) {
    ClockView clock = status.clock();
    return clock == null ? "" : clock.tradingDay().toString();
  }

  /** Another number each time so much time has passed. */
  private static long turn(long nanos, Duration every) {
    return nanos / every.toNanos();
  }
}
