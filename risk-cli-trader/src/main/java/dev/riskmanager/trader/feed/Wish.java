package dev.riskmanager.trader.feed;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Objects;
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

  /**
   * What a record has anyway, but written out: that is put together at its first use, which is
   * before the first picture and would take longer than drawing it.
   */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Wish wish
        && questions.equals(wish.questions)
        && account.equals(wish.account)
        && Objects.equals(receipt, wish.receipt);
  }

  @Override
  public int hashCode() {
    return Objects.hash(questions, account, receipt);
  }
}
