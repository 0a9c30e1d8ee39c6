package dev.riskmanager.daemon.loop;

import dev.riskmanager.domain.decision.Decision;
import dev.riskmanager.domain.engine.EngineState;
import dev.riskmanager.domain.engine.Step;
import dev.riskmanager.domain.event.RiskEvent;
import dev.riskmanager.domain.model.AccountId;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the log says of the loop: a line an event, so that one sees at which checkpoint a pipeline
 * stalls. Quotes and the clock make none at info level.
 */
final class EngineLog {
  private static final Logger LOG = LoggerFactory.getLogger("engine");

  private EngineLog() {}

  static void event(RiskEvent event, EngineState before, Step step) {
    if (!LOG.isInfoEnabled()) {
      return;
    }
    switch (event) {
      case RiskEvent.OrderReported reported ->
          evaluated(
              "order_" + reported.order().status().name().toLowerCase(Locale.ROOT),
              reported.account(),
              before,
              step);
      case RiskEvent.PositionReported reported ->
          evaluated(
              reported.position().isPresent() ? "position_updated" : "position_closed",
              reported.account(),
              before,
              step);
      case RiskEvent.TradeReported reported ->
          evaluated("trade_executed", reported.account(), before, step);
      case RiskEvent.AccountReported reported ->
          evaluated("account_updated", reported.account(), before, step);
      case RiskEvent.SnapshotTaken snapshot -> {
        if (LOG.isDebugEnabled() || snapshot.positions().isPresent()) {
          LOG.info(
              "Event: {}{}",
              snapshot.reconciliation() ? "reconciliation" : "snapshot of the venue",
              snapshot.only().map(account -> " of account " + account).orElse(""));
        }
      }
      case RiskEvent.Disconnected gone -> LOG.warn("Event: disconnected ({})", gone.reason());
      case RiskEvent.Reconnected back -> LOG.info("Event: reconnected");
      case RiskEvent.Held held ->
          LOG.warn("Event: account {} is to be held: {}", held.account(), held.reason());
      case RiskEvent.AdminRequested request ->
          LOG.info(
              "Admin {}: {} on account {}: {}",
              request.by(),
              request.getClass().getSimpleName(),
              request.account(),
              request.reason());
      case RiskEvent.ContractsListed listed ->
          LOG.info("Event: {} contract(s) listed", listed.contracts().size());
      case RiskEvent.QuoteReported quote -> LOG.debug("Event: quote {}", quote);
      case RiskEvent.MarketTraded traded -> LOG.debug("Event: market trade {}", traded);
      case RiskEvent.ClockTicked tick -> {}
    }
  }

  private static void evaluated(String what, AccountId account, EngineState before, Step step) {
    Optional<Integer> rules = step.state().rules().of(account).map(set -> set.rules().size());
    boolean locked = before.account(account).filter(a -> a.locks().rulesGated()).isPresent();
    if (rules.isEmpty()) {
      LOG.debug("Event: {} of account {}, which is not monitored", what, account);
    } else if (locked) {
      LOG.info("Event: {} → account {} is locked", what, account);
    } else {
      LOG.info("Event: {} → evaluating {} rules", what, rules.get());
    }
  }

  static void decision(Decision decision, EngineState after) {
    String text = new DecisionText(after).of(decision);
    switch (decision) {
      case Decision.ViolationFound found -> {
        LOG.warn("{}", text);
        if (!found.cause().shadow()) {
          LOG.warn("{}", DecisionText.enforcing(found));
        }
      }
      case Decision.LockoutSet set -> LOG.warn("{}", text);
      case Decision.Alert alert -> LOG.warn("{}", text);
      case Decision.PrecheckBlocked other -> LOG.info("{}", text);
      case Decision.LockoutCleared other -> LOG.info("{}", text);
      case Decision.Reset other -> LOG.info("{}", text);
      case Decision.Action other -> LOG.info("{}", text);
    }
  }
}
