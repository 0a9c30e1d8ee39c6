package dev.riskmanager.domain.rule.catalog;

import dev.riskmanager.domain.model.ContractId;
import dev.riskmanager.domain.model.Order;
import dev.riskmanager.domain.model.Position;
import dev.riskmanager.domain.model.Price;
import dev.riskmanager.domain.rule.RuleInput;
import dev.riskmanager.domain.rule.Trigger;
import dev.riskmanager.domain.rule.Verdict;
import dev.riskmanager.domain.state.Nanos;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What RULE-012 remembers of positions, and of the orders it has asked to be changed. */
final class StopNotes {
  private static final String RULE = ManagedPosition.RULE + "/";

  /** With contract and side behind. */
  private static final String SIZE = "size/";

  private static final String BEST = "best/";

  /** With the order's id behind: the price asked for, when, and where the stop stood then. */
  private static final String ASKED = "asked/";

  private static final String ASKED_AT = "at/";
  private static final String STOOD = "stood/";

  /** With the order's id behind: its cancelling was asked for; the size that was asked for. */
  private static final String CANCELLED = "gone/";

  private static final String RESIZED = "resized/";
  private static final String WAKE = "modify/";

  private static final Duration PACE = Duration.ofSeconds(1);

  private StopNotes() {}

  // ---- positions

  /**
   * A position as it was last seen.
   *
   * @param size 0 when it was not
   * @param best the best mark since it opened or grew
   */
  record Seen(long size, @Nullable Price best) {}

  static Seen seen(RuleInput input, Position position) {
    String subject = subject(position);
    Long size = input.remembered(RULE + SIZE + subject);
    Long best = input.remembered(RULE + BEST + subject);
    return new Seen(size == null ? 0 : size, best == null ? null : new Price(best));
  }

  static void remember(Position position, Seen before, Seen now, Verdict.Builder verdict) {
    String subject = subject(position);
    if (before.size() != now.size()) {
      verdict.remember(SIZE + subject, now.size());
    }
    Price best = now.best();
    if (best == null && before.best() != null) {
      verdict.forget(BEST + subject);
    } else if (best != null && !best.equals(before.best())) {
      verdict.remember(BEST + subject, best.units());
    }
  }

  private static String subject(Position position) {
    return position.contract() + "/" + position.side();
  }

  // ---- stops that are moved

  /**
   * What was asked of a stop.
   *
   * @param standing where it stands, or will when the venue has done what was asked
   * @param notBefore when it may be asked again
   */
  record Asked(Price standing, Instant notBefore) {}

  /**
   * What was asked of a stop that stands there now. A review asks again: it may come after a
   * restart, which has forgotten what was under way.
   */
  static Asked asked(RuleInput input, Order order, Price stop) {
    Long at = input.remembered(RULE + ASKED_AT + order.id());
    if (at == null) {
      return new Asked(stop, Instant.MIN);
    }
    Long price = input.remembered(RULE + ASKED + order.id());
    Long stood = input.remembered(RULE + STOOD + order.id());
    boolean underWay = stood != null && stood == stop.units() && input.trigger() != Trigger.REVIEW;
    return new Asked(
        underWay && price != null ? new Price(price) : stop, Nanos.toInstant(at).plus(PACE));
  }

  static void ask(RuleInput input, Order order, Price stop, Price level, Verdict.Builder verdict) {
    verdict.remember(ASKED + order.id(), level.units());
    verdict.remember(ASKED_AT + order.id(), Nanos.of(input.now()));
    verdict.remember(STOOD + order.id(), stop.units());
    verdict.sleep(WAKE + order.id());
  }

  static void wake(Order order, Instant at, Verdict.Builder verdict) {
    verdict.wake(WAKE + order.id(), at);
  }

  // ---- orders that are cancelled or resized

  static boolean isCancelled(RuleInput input, long order) {
    return input.remembered(RULE + CANCELLED + order) != null;
  }

  static void cancelled(long order, Verdict.Builder verdict) {
    verdict.remember(CANCELLED + order, 1);
  }

  /** The size an order has, or will when the venue has done what was asked. */
  static long sizeOf(RuleInput input, Order order) {
    Long asked = input.remembered(RULE + RESIZED + order.id());
    return asked == null ? order.size() : Math.min(asked, order.size());
  }

  static void resized(long order, long toSize, Verdict.Builder verdict) {
    verdict.remember(RESIZED + order, toSize);
  }

  // ---- forgetting

  /** What is about positions and orders that are gone, or has been done since, is forgotten. */
  static void forgetDone(RuleInput input, Verdict.Builder verdict) {
    for (String key : input.account().memory().keysFrom(RULE)) {
      if (!key.startsWith(RULE)) {
        return;
      }
      String note = key.substring(RULE.length());
      String subject = note.substring(note.indexOf('/') + 1);
      if (note.startsWith(SIZE) || note.startsWith(BEST)) {
        if (!isHeld(input, subject)) {
          verdict.forget(note);
        }
      } else {
        Order order = input.account().orders().find(Long.parseLong(subject));
        if (order == null) {
          verdict.forget(note);
          verdict.sleep(WAKE + subject);
        } else if (isDone(input, note, order)) {
          verdict.forget(note);
        }
      }
    }
  }

  /** Whether the order has been seen changed: from here on it stands where it stands. */
  private static boolean isDone(RuleInput input, String note, Order order) {
    Long value = input.remembered(RULE + note);
    return value != null
        && ((note.startsWith(STOOD)
                && order.stopPrice().filter(stop -> stop.units() == value).isEmpty())
            || (note.startsWith(RESIZED) && order.size() <= value));
  }

  private static boolean isHeld(RuleInput input, String subject) {
    ContractId contract = new ContractId(subject.substring(0, subject.lastIndexOf('/')));
    return input
        .account()
        .holding(contract)
        .position()
        .filter(position -> subject(position).equals(subject))
        .isPresent();
  }
}
