package dev.riskmanager.domain.rule.catalog;

import dev.riskmanager.domain.model.ContractId;
import dev.riskmanager.domain.model.Order;
import dev.riskmanager.domain.model.Price;
import dev.riskmanager.domain.model.RuleId;
import dev.riskmanager.domain.persistent.Table;
import dev.riskmanager.domain.rule.RuleInput;
import dev.riskmanager.domain.rule.Verdict;
import dev.riskmanager.domain.state.Nanos;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What RULE-012 remembers of positions and of the stops it moves. */
final class StopNotes {
  private static final String RULE = new RuleId(12, "trade_management") + "/";

  /** With contract and side behind. */
  private static final String SIZE = "size/";

  private static final String BEST = "best/";

  /** With the order's id behind: the price asked for, when, and where the stop stood then. */
  private static final String ASKED = "asked/";

  private static final String ASKED_AT = "at/";
  private static final String STOOD = "stood/";
  private static final String CANCELLED = "gone/";
  private static final String WAKE = "modify/";

  private static final Duration PACE = Duration.ofSeconds(1);

  private StopNotes() {}

  /**
   * A position as it was last seen.
   *
   * @param size 0 when it was not
   * @param best the best mark since it opened or grew
   */
  record Position(long size, @Nullable Price best) {}

  static Position of(RuleInput input, dev.riskmanager.domain.model.Position position) {
    Long size = input.remembered(RULE + SIZE + subject(position));
    Long best = input.remembered(RULE + BEST + subject(position));
    return new Position(size == null ? 0 : size, best == null ? null : new Price(best));
  }

  static void remember(
      RuleInput input,
      dev.riskmanager.domain.model.Position position,
      long size,
      @Nullable Price best,
      Verdict.Builder verdict) {
    String subject = subject(position);
    Position known = of(input, position);
    if (known.size() != size) {
      verdict.remember(SIZE + subject, size);
    }
    if (best == null && known.best() != null) {
      verdict.forget(BEST + subject);
    } else if (best != null && !best.equals(known.best())) {
      verdict.remember(BEST + subject, best.units());
    }
  }

  private static String subject(dev.riskmanager.domain.model.Position position) {
    return position.contract() + "/" + position.side();
  }

  /**
   * What was asked of a stop.
   *
   * @param standing where it stands, or will when the venue has done what was asked
   * @param notBefore when it may be asked again
   */
  record Asked(Price standing, Instant notBefore) {}

  static Asked asked(RuleInput input, Order order) {
    Price stop = order.stopPrice().orElseThrow();
    Long price = input.remembered(RULE + ASKED + order.id());
    Long at = input.remembered(RULE + ASKED_AT + order.id());
    Long stood = input.remembered(RULE + STOOD + order.id());
    if (price == null || at == null || stood == null) {
      return new Asked(stop, Instant.MIN);
    }
    boolean underWay = stood == stop.units();
    return new Asked(underWay ? new Price(price) : stop, Nanos.toInstant(at).plus(PACE));
  }

  static void ask(RuleInput input, Order order, Price level, Verdict.Builder verdict) {
    verdict.remember(ASKED + order.id(), level.units());
    verdict.remember(ASKED_AT + order.id(), Nanos.of(input.now()));
    verdict.remember(STOOD + order.id(), order.stopPrice().orElseThrow().units());
    verdict.sleep(WAKE + order.id());
  }

  static void wake(Order order, Instant at, Verdict.Builder verdict) {
    verdict.wake(WAKE + order.id(), at);
  }

  static boolean isCancelled(RuleInput input, long order) {
    return input.remembered(RULE + CANCELLED + order) != null;
  }

  static void cancelled(long order, Verdict.Builder verdict) {
    verdict.remember(CANCELLED + order, 1);
  }

  /** Positions that are gone or have flipped and orders that have ended are forgotten. */
  static void forgetGone(RuleInput input, Verdict.Builder verdict) {
    Table<String, Long> memory = input.account().memory();
    for (int i = 0; i < memory.size(); i++) {
      String key = memory.keyAt(i);
      if (key.startsWith(RULE)) {
        String note = key.substring(RULE.length());
        String subject = note.substring(note.indexOf('/') + 1);
        boolean ofPosition = note.startsWith(SIZE) || note.startsWith(BEST);
        if (ofPosition ? !isHeld(input, subject) : !isWorking(input, subject)) {
          verdict.forget(note);
          verdict.sleep(WAKE + subject);
        }
      }
    }
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

  private static boolean isWorking(RuleInput input, String orderId) {
    return input.account().orders().containsKey(Long.parseLong(orderId));
  }
}
