package dev.riskmanager.trader.feed;

import java.util.Collections;
import java.util.EnumSet;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What shall be kept answered.
 *
 * @param questions the questions
 * @param account whom {@link Question#CURVE} and {@link Question#RECEIPTS} are about, empty for all
 * @param receipt which receipt {@link Question#RECEIPT} is about, null for the newest
 */
public record Wish(Set<Question> questions, OptionalLong account, @Nullable String receipt) {
  /** Nothing. */
  public static final Wish NONE = new Wish(Set.of(), OptionalLong.empty(), null);

  public Wish {
    EnumSet<Question> ordered = EnumSet.noneOf(Question.class);
    ordered.addAll(questions);
    questions = Collections.unmodifiableSet(ordered);
  }
}
