package dev.riskmanager.trader.feed;

import dev.riskmanager.wire.CurveView;
import dev.riskmanager.wire.HoursView;
import dev.riskmanager.wire.LockoutsView;
import dev.riskmanager.wire.LogView;
import dev.riskmanager.wire.ReceiptView;
import dev.riskmanager.wire.ReceiptsView;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The newest answer to each question; null until there is one.
 *
 * @param lockouts active and past lockouts
 * @param log the end of the enforcement log
 * @param receipts which receipts there are
 * @param receipt the receipt asked for
 * @param hours sessions and holidays
 * @param curve how the day's P&amp;L went
 * @param problems why there is no answer, in one line each
 */
public record Answers(
    @Nullable LockoutsView lockouts,
    @Nullable LogView log,
    @Nullable ReceiptsView receipts,
    @Nullable ReceiptView receipt,
    @Nullable HoursView hours,
    @Nullable CurveView curve,
    Map<Question, String> problems) {

  /** None yet. */
  public static final Answers NONE = new Answers(null, null, null, null, null, null, Map.of());

  public Answers {
    problems = Map.copyOf(problems);
  }

  Answers with(LockoutsView answer) {
    return new Answers(answer, log, receipts, receipt, hours, curve, without(Question.LOCKOUTS));
  }

  Answers with(LogView answer) {
    return new Answers(lockouts, answer, receipts, receipt, hours, curve, without(Question.LOG));
  }

  Answers with(ReceiptsView answer) {
    return new Answers(lockouts, log, answer, receipt, hours, curve, without(Question.RECEIPTS));
  }

  Answers with(ReceiptView answer) {
    return new Answers(lockouts, log, receipts, answer, hours, curve, without(Question.RECEIPT));
  }

  Answers with(HoursView answer) {
    return new Answers(lockouts, log, receipts, receipt, answer, curve, without(Question.HOURS));
  }

  Answers with(CurveView answer) {
    return new Answers(lockouts, log, receipts, receipt, hours, answer, without(Question.CURVE));
  }

  /** An answer that was refused takes the place of an older one, so that nothing stale stays. */
  Answers refused(Question question, String why) {
    Map<Question, String> all = new EnumMap<>(Question.class);
    all.putAll(problems);
    all.put(question, why);
    return new Answers(
        question == Question.LOCKOUTS ? null : lockouts,
        question == Question.LOG ? null : log,
        question == Question.RECEIPTS ? null : receipts,
        question == Question.RECEIPT ? null : receipt,
        question == Question.HOURS ? null : hours,
        question == Question.CURVE ? null : curve,
        all);
  }

  private Map<Question, String> without(Question question) {
    Map<Question, String> rest = new EnumMap<>(Question.class);
    rest.putAll(problems);
    rest.remove(question);
    return rest;
  }
}
