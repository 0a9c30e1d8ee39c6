package dev.riskmanager.daemon.app;

import dev.riskmanager.daemon.port.Peer;
import dev.riskmanager.daemon.port.Refusal;
import dev.riskmanager.daemon.port.Store;
import dev.riskmanager.domain.model.AccountId;
import dev.riskmanager.domain.rule.change.KeyChange;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How a change of the configuration was asked for, and what the audit says of it.
 *
 * @param action as on the audit
 * @param atOnce that loosening shall not wait
 * @param leaves the one account whose leaving that is about; empty for everything
 */
record ChangeReason(
    String action, boolean atOnce, Optional<String> reason, Optional<AccountId> leaves) {
  private static final Logger LOG = LoggerFactory.getLogger("engine");
  private static final Logger AUDIT = LoggerFactory.getLogger("audit");

  ChangeReason(String action, boolean atOnce, Optional<String> reason) {
    this(action, atOnce, reason, Optional.empty());
  }

  Optional<Refusal> refused() {
    return atOnce && reason.isEmpty()
        ? Optional.of(Refusal.badParameter("reason", "is missing; loosening at once needs one"))
        : Optional.empty();
  }

  /** A row of the audit. */
  Store.Change row(Peer by, String detail, Instant now) {
    return row(by, Optional.empty(), detail, now);
  }

  /** The row of one change. */
  Store.Change row(Peer by, KeyChange change, Instant now) {
    boolean told = atOnce && !change.effectiveAt().isAfter(now);
    return row(by, change, ConfigViews.line(change) + (told ? " (--now)" : ""), now);
  }

  /** The row of one change that waited and is not wanted any more. */
  Store.Change withdrawn(Peer by, KeyChange change, Instant now) {
    return row(by, change, ConfigViews.what(change) + " waited and is withdrawn", now);
  }

  private Store.Change row(Peer by, KeyChange change, String detail, Instant now) {
    LOG.info("Configuration: {}", detail);
    return row(by, change.account(), detail, now);
  }

  private Store.Change row(Peer by, Optional<AccountId> account, String detail, Instant now) {
    AUDIT.info("{} {} {} {}", by.user(), action, detail, reason.orElse(""));
    return new Store.AuditAppended(now, by.user(), action, account, detail, reason.orElse(""));
  }
}
