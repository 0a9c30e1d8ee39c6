package dev.riskmanager.trader.feed;

import dev.riskmanager.wire.ControlException;
import dev.riskmanager.wire.CurveView;
import dev.riskmanager.wire.HoursView;
import dev.riskmanager.wire.LockoutsView;
import dev.riskmanager.wire.LogView;
import dev.riskmanager.wire.ReceiptView;
import dev.riskmanager.wire.ReceiptsView;
import dev.riskmanager.wire.ViewClient;
import java.util.function.UnaryOperator;

/** Asks the engine a question. */
final class Asking {
  private static final int LOG_LINES = 1000;
  private static final int FEWER_LOG_LINES = 100;
  private static final int RECEIPTS = 200;

  private Asking() {}

  /** Asks, and says what the answer changes. */
  static UnaryOperator<Answers> ask(ViewClient engine, Question question, Wish about)
      throws ControlException {
    return switch (question) {
      case LOCKOUTS -> {
        LockoutsView lockouts = engine.lockouts(true);
        yield answers -> answers.with(lockouts);
      }
      case LOG -> {
        LogView log = log(engine);
        yield answers -> answers.with(log);
      }
      case RECEIPTS -> {
        ReceiptsView receipts = engine.receipts(about.account(), RECEIPTS);
        yield answers -> answers.with(receipts);
      }
      case RECEIPT -> {
        ReceiptView view = engine.receipt(about.receipt());
        yield answers -> answers.with(view);
      }
      case HOURS -> {
        HoursView hours = engine.hours();
        yield answers -> answers.with(hours);
      }
      case CURVE -> {
        CurveView curve = engine.curve(about.account());
        yield answers -> answers.with(curve);
      }
    };
  }

  /** Lines may be long, and an answer has a greatest length: better the end of them than none. */
  private static LogView log(ViewClient engine) throws ControlException {
    try {
      return engine.log(LOG_LINES, null);
    } catch (ControlException.Unavailable e) {
      return engine.log(FEWER_LOG_LINES, null);
    }
  }
}
