package dev.riskmanager.daemon.app;

import dev.riskmanager.daemon.port.Notice;
import dev.riskmanager.daemon.port.Notices;
import dev.riskmanager.daemon.port.Store;
import dev.riskmanager.domain.model.AccountId;
import dev.riskmanager.domain.model.RuleId;
import dev.riskmanager.domain.model.Trade;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** A store that tells of the audit's records once they are on the disk. */
final class AuditTeller implements Store {
  private final Store inner;
  private final Notices notices;

  AuditTeller(Store inner, Notices notices) {
    this.inner = inner;
    this.notices = notices;
  }

  @Override
  public void commit(List<Change> changes) throws StoreException {
    inner.commit(changes);
    for (Change change : changes) {
      if (change instanceof AuditAppended audit) {
        notices.tell(
            new Notice(
                Notice.Kind.AUDIT, audit.at(), audit.account(), Optional.empty(), text(audit)));
      }
    }
  }

  private static String text(AuditAppended audit) {
    return audit.by()
        + ": "
        + audit.action()
        + (audit.detail().isEmpty() ? "" : " " + audit.detail())
        + (audit.reason().isEmpty() ? "" : ", reason: " + audit.reason());
  }

  @Override
  public Restored restore() throws StoreException {
    return inner.restore();
  }

  @Override
  public List<LockoutRow> lockoutHistory(int limit) throws StoreException {
    return inner.lockoutHistory(limit);
  }

  @Override
  public List<LogRow> log(int tail, Optional<RuleId> rule, OptionalLong before)
      throws StoreException {
    return inner.log(tail, rule, before);
  }

  @Override
  public List<ReceiptRow> receipts(int tail, Optional<AccountId> account) throws StoreException {
    return inner.receipts(tail, account);
  }

  @Override
  public Optional<ReceiptRow> receipt(Optional<String> id) throws StoreException {
    return inner.receipt(id);
  }

  @Override
  public List<Trade> trades(AccountId account, Instant from) throws StoreException {
    return inner.trades(account, from);
  }

  @Override
  public void close() {
    inner.close();
  }
}
