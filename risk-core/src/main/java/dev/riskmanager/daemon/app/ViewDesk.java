package dev.riskmanager.daemon.app;

import dev.riskmanager.daemon.port.Answer;
import dev.riskmanager.daemon.port.Refusal;
import dev.riskmanager.daemon.port.Store;
import dev.riskmanager.daemon.port.ViewBackend;
import dev.riskmanager.daemon.status.HoursViews;
import dev.riskmanager.daemon.status.StatusViews;
import dev.riskmanager.domain.calendar.Holidays;
import dev.riskmanager.domain.engine.EngineState;
import dev.riskmanager.domain.model.AccountId;
import dev.riskmanager.domain.model.RuleId;
import dev.riskmanager.domain.rule.catalog.RuleCatalog;
import dev.riskmanager.wire.CurveView;
import dev.riskmanager.wire.HoursView;
import dev.riskmanager.wire.LockoutRecord;
import dev.riskmanager.wire.LockoutsView;
import dev.riskmanager.wire.LogEntry;
import dev.riskmanager.wire.LogView;
import dev.riskmanager.wire.ReceiptView;
import dev.riskmanager.wire.ReceiptsView;
import dev.riskmanager.wire.StatusView;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;

/** What may be looked at. Nothing here changes anything. */
final class ViewDesk implements ViewBackend {
  private static final int HISTORY = 500;
  private static final int RECEIPTS = 200;

  private final Picture picture;
  private final Store store;
  private final Receipts receipts;
  private final InstantSource clock;
  private final Supplier<Holidays> holidays;
  private final CurveKeeper curves;

  ViewDesk(
      Picture picture,
      Store store,
      Receipts receipts,
      InstantSource clock,
      Supplier<Holidays> holidays,
      CurveKeeper curves) {
    this.picture = picture;
    this.store = store;
    this.receipts = receipts;
    this.clock = clock;
    this.holidays = holidays;
    this.curves = curves;
  }

  @Override
  public Answer<StatusView> status(OptionalLong accountId) {
    StatusView status = picture.status(accountId);
    return accountId.isPresent() && status.accounts().isEmpty()
        ? notMonitored(accountId.getAsLong())
        : Answer.done(status);
  }

  @Override
  public Answer<LockoutsView> lockouts(boolean history) {
    Instant now = clock.instant();
    EngineState state = picture.state();
    StatusViews views = picture.views();
    List<LockoutRecord> records = new ArrayList<>(views.active(state, now));
    if (history) {
      try {
        for (Store.LockoutRow row : store.lockoutHistory(HISTORY)) {
          if (row.clearedAt().isPresent()) {
            records.add(
                StatusViews.ended(
                    row.lockout(),
                    views.nameOf(state, row.lockout().account()),
                    row.clearedAt().get(),
                    row.clearedBy().orElse("?"),
                    now));
          }
        }
      } catch (Store.StoreException e) {
        return unreadable(e);
      }
    }
    return Answer.done(new LockoutsView(now, records));
  }

  @Override
  public Answer<LogView> log(int tail, Optional<String> rule, OptionalLong before) {
    Optional<RuleId> id = rule.flatMap(RuleCatalog::find);
    if (rule.isPresent() && id.isEmpty()) {
      return Answer.refused(
          Refusal.badParameter("rule", "no rule is called " + rule.get() + "; try RULE-003"));
    }
    try {
      List<LogEntry> entries = LogEntries.of(store.log(tail, id, before));
      return Answer.done(new LogView(LogEntries.withReceipts(entries, receiptLines(entries))));
    } catch (Store.StoreException e) {
      return unreadable(e);
    }
  }

  /** Those that may explain one of these lines. */
  private List<ReceiptsView.ReceiptLine> receiptLines(List<LogEntry> entries)
      throws Store.StoreException {
    return entries.isEmpty() ? List.of() : receipts.lines(RECEIPTS, Optional.empty());
  }

  @Override
  public Answer<ReceiptsView> receipts(OptionalLong accountId, int tail) {
    try {
      Optional<AccountId> account =
          accountId.isPresent()
              ? Optional.of(new AccountId(accountId.getAsLong()))
              : Optional.empty();
      return Answer.done(new ReceiptsView(receipts.lines(tail, account)));
    } catch (Store.StoreException e) {
      return unreadable(e);
    }
  }

  @Override
  public Answer<CurveView> curve(OptionalLong accountId) {
    CurveView view = curves.view(accountId);
    return accountId.isPresent() && view.accounts().isEmpty()
        ? notMonitored(accountId.getAsLong())
        : Answer.done(view);
  }

  private static <T> Answer<T> notMonitored(long account) {
    return Answer.refused(Refusal.Kind.NOT_FOUND, "account " + account + " is not monitored");
  }

  @Override
  public Answer<ReceiptView> receipt(Optional<String> id) {
    try {
      Optional<ReceiptView> receipt = receipts.find(id);
      return receipt.isPresent()
          ? Answer.done(receipt.get())
          : Answer.refused(
              Refusal.Kind.NOT_FOUND,
              id.isPresent()
                  ? "there is no receipt " + id.get()
                  : "nothing has been enforced yet, so there is no receipt");
    } catch (Store.StoreException e) {
      return unreadable(e);
    }
  }

  private static <T> Answer<T> unreadable(Store.StoreException e) {
    return Answer.refused(
        Refusal.Kind.UNAVAILABLE, "the database cannot be read: " + e.getMessage());
  }

  @Override
  public Answer<HoursView> hours() {
    return Answer.done(
        HoursViews.of(picture.state().rules().accounts(), holidays.get(), clock.instant()));
  }

  @Override
  public Runnable subscribe(Runnable changed) {
    return picture.watch(changed);
  }
}
