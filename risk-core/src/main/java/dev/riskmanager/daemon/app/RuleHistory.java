package dev.riskmanager.daemon.app;

import dev.riskmanager.daemon.contracts.ShippedContracts;
import dev.riskmanager.daemon.port.Store;
import dev.riskmanager.domain.calendar.ResetTime;
import dev.riskmanager.domain.decision.Decision;
import dev.riskmanager.domain.engine.EngineState;
import dev.riskmanager.domain.engine.RiskEngine;
import dev.riskmanager.domain.engine.RuleBook;
import dev.riskmanager.domain.engine.Step;
import dev.riskmanager.domain.event.RiskEvent;
import dev.riskmanager.domain.model.AccountId;
import dev.riskmanager.domain.model.RuleId;
import dev.riskmanager.domain.model.Trade;
import dev.riskmanager.domain.persistent.Table;
import dev.riskmanager.domain.rule.RiskRule;
import dev.riskmanager.domain.rule.RuleSet;
import dev.riskmanager.domain.rule.catalog.CooldownAfterLoss;
import dev.riskmanager.domain.rule.catalog.DailyRealizedLoss;
import dev.riskmanager.domain.rule.catalog.DailyRealizedProfit;
import dev.riskmanager.domain.rule.catalog.RuleCatalog;
import dev.riskmanager.domain.rule.catalog.TradeFrequencyLimit;
import dev.riskmanager.domain.rule.change.KeyChange;
import dev.riskmanager.domain.rule.change.RulesInForce;
import dev.riskmanager.domain.settings.ConfigNode;
import dev.riskmanager.domain.settings.Overlay;
import dev.riskmanager.domain.settings.Problems;
import dev.riskmanager.wire.LimitHistory;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a changed limit would have meant: plays the stored trades through the core under that one
 * rule, and counts the trading days on which it fires (ADR 0013). What trades alone cannot tell is
 * said to be not known.
 */
final class RuleHistory {
  private static final int MOST_DAYS = 20;
  private static final Duration BACK = Duration.ofDays(45);

  /** These judge trades and nothing else. */
  private static final List<RuleId> JUDGE_TRADES =
      List.of(
          DailyRealizedLoss.ID,
          TradeFrequencyLimit.ID,
          CooldownAfterLoss.ID,
          DailyRealizedProfit.ID);

  private static final ConfigNode.Place PLACE = new ConfigNode.Place("history", 0, 0);

  private final Store store;

  RuleHistory(Store store) {
    this.store = store;
  }

  /** One entry for each account and rule that the changes are about, in their order. */
  List<LimitHistory> of(
      RulesInForce inForce, RulesInForce wanted, List<KeyChange> changes, Instant now) {
    record Subject(AccountId account, RuleId rule) {}
    Set<Subject> subjects = new LinkedHashSet<>();
    for (KeyChange change : changes) {
      if (change.account().isPresent() && !change.path().isEmpty()) {
        RuleCatalog.find(change.path().get(0))
            .ifPresent(rule -> subjects.add(new Subject(change.account().get(), rule)));
      }
    }
    List<LimitHistory> found = new ArrayList<>();
    for (Subject subject : subjects) {
      Optional<ConfigNode> before = inForce.accounts().get(subject.account());
      Optional<ConfigNode> after = wanted.accounts().get(subject.account());
      if (before.isPresent() && after.isPresent()) {
        found.add(
            of(
                subject.account(),
                subject.rule(),
                only(before.get(), inForce, subject.rule()),
                only(after.get(), wanted, subject.rule()),
                now));
      }
    }
    return List.copyOf(found);
  }

  /** The rule alone, reporting only: what it would do changes nothing of what follows. */
  private static RuleSet only(ConfigNode tree, RulesInForce rules, RuleId id) {
    List<ConfigNode.Entry> kept = new ArrayList<>();
    if (tree instanceof ConfigNode.Mapping mapping) {
      for (ConfigNode.Entry entry : mapping.entries()) {
        if (entry.key().equals(id.key())) {
          ConfigNode shadow = mapping("mode", new ConfigNode.Scalar(PLACE, "shadow", false));
          kept.add(new ConfigNode.Entry(PLACE, id.key(), Overlay.of(entry.value(), shadow)));
        } else if (RuleCatalog.find(entry.key()).isEmpty()) {
          kept.add(entry);
        }
      }
    }
    return RuleCatalog.read(
        new ConfigNode.Mapping(PLACE, List.copyOf(kept)), rules.holidays(), new Problems());
  }

  private static ConfigNode mapping(String key, ConfigNode value) {
    return new ConfigNode.Mapping(PLACE, List.of(new ConfigNode.Entry(PLACE, key, value)));
  }

  private LimitHistory of(
      AccountId account, RuleId id, RuleSet before, RuleSet after, Instant now) {
    Optional<String> unknown = unknown(id, before).or(() -> unknown(id, after));
    if (unknown.isPresent()) {
      return notKnown(account, id, unknown.get());
    }
    List<Trade> trades = new ArrayList<>();
    try {
      for (Trade trade : store.trades(account, now.minus(BACK))) {
        if (!trade.voided()) {
          trades.add(trade);
        }
      }
    } catch (Store.StoreException e) {
      return notKnown(account, id, "the stored trades cannot be read: " + e.getMessage());
    }
    ResetTime reset = after.resetOf(id);
    NavigableSet<LocalDate> days = new TreeSet<>();
    trades.forEach(trade -> days.add(reset.tradingDay(trade.executedAt())));
    days.remove(reset.tradingDay(now));
    while (days.size() > MOST_DAYS) {
      days.pollFirst();
    }
    if (days.isEmpty()) {
      return notKnown(account, id, "no trades of earlier days are stored");
    }
    return new LimitHistory(
        id.key(),
        account.value(),
        days.size(),
        fired(account, id, before, trades, days),
        fired(account, id, after, trades, days),
        null);
  }

  private static LimitHistory notKnown(AccountId account, RuleId id, String why) {
    return new LimitHistory(id.key(), account.value(), 0, null, null, "not known: " + why);
  }

  private static Optional<String> unknown(RuleId id, RuleSet rules) {
    if (!JUDGE_TRADES.contains(id)) {
      return Optional.of("positions, orders and quotes of earlier days are not stored");
    }
    Optional<RiskRule> rule = rules.rule(id);
    return rule.isPresent() && rule.get() instanceof DailyRealizedLoss loss && loss.includeOpen()
        ? Optional.of("open P&L of earlier days is not stored")
        : Optional.empty();
  }

  /** On how many of the days it finds a violation. */
  private static int fired(
      AccountId account,
      RuleId id,
      RuleSet rules,
      List<Trade> trades,
      NavigableSet<LocalDate> days) {
    if (rules.rule(id).isEmpty()) {
      return 0;
    }
    RuleBook book =
        new RuleBook(Table.<AccountId, RuleSet>empty().with(account, rules), Optional.empty());
    EngineState state =
        EngineState.initial(
            trades.get(0).executedAt().minusSeconds(1), book, ShippedContracts.load().economics());
    ResetTime reset = rules.resetOf(id);
    Set<LocalDate> fired = new TreeSet<>();
    for (Trade trade : trades) {
      Step step = RiskEngine.step(state, trade.executedAt(), new RiskEvent.TradeReported(trade));
      state = step.state();
      for (Decision decision : step.decisions()) {
        if (decision instanceof Decision.ViolationFound found) {
          fired.add(reset.tradingDay(found.cause().at()));
        }
      }
    }
    fired.retainAll(days);
    return fired.size();
  }
}
