package dev.riskmanager.daemon.app;

import dev.riskmanager.daemon.loop.Handled;
import dev.riskmanager.daemon.port.AdminBackend;
import dev.riskmanager.daemon.port.Answer;
import dev.riskmanager.daemon.port.Peer;
import dev.riskmanager.daemon.port.Refusal;
import dev.riskmanager.daemon.status.StatusViews;
import dev.riskmanager.domain.event.RiskEvent;
import dev.riskmanager.domain.lockout.Lockout;
import dev.riskmanager.domain.model.AccountId;
import dev.riskmanager.domain.model.RuleId;
import dev.riskmanager.domain.state.AccountState;
import dev.riskmanager.domain.state.Holding;
import dev.riskmanager.wire.AccountsView;
import dev.riskmanager.wire.AuditCheck;
import dev.riskmanager.wire.AuditView;
import dev.riskmanager.wire.BackupResult;
import dev.riskmanager.wire.ConfigReport;
import dev.riskmanager.wire.ConfigView;
import dev.riskmanager.wire.ConfigWriteRequest;
import dev.riskmanager.wire.FlattenRequest;
import dev.riskmanager.wire.FlattenResult;
import dev.riskmanager.wire.LockRequest;
import dev.riskmanager.wire.LockoutRecord;
import dev.riskmanager.wire.ProbesView;
import dev.riskmanager.wire.ReloadRequest;
import dev.riskmanager.wire.RuleSetRequest;
import dev.riskmanager.wire.RulesView;
import dev.riskmanager.wire.ShutdownResult;
import dev.riskmanager.wire.UnlockPreview;
import dev.riskmanager.wire.UnlockRequest;
import dev.riskmanager.wire.UnlockResult;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * What an authenticated admin asks for. Each change goes through the loop like every other event,
 * is committed before it is answered, and is on the audit.
 */
final class AdminDesk implements AdminBackend {
  /** A lock for longer than this is a mistake in the date. */
  private static final Duration LONGEST_LOCK = Duration.ofDays(366);

  private final Picture picture;
  private final AdminRequests requests;
  private final UnlockDesk unlocks;
  private final InstantSource clock;
  private final ConfigDesk config;
  private final AuditDesk records;
  private final RulesDesk rules;
  private final AccountsDesk accounts;
  private final PasswordWatch passwords;
  private final Consumer<String> stop;

  AdminDesk(
      Picture picture,
      AdminRequests requests,
      InstantSource clock,
      ConfigDesk config,
      AuditDesk records,
      RulesDesk rules,
      AccountsDesk accounts,
      PasswordWatch passwords,
      Consumer<String> stop) {
    this.picture = picture;
    this.requests = requests;
    this.unlocks = new UnlockDesk(picture, requests, clock);
    this.config = config;
    this.records = records;
    this.rules = rules;
    this.accounts = accounts;
    this.passwords = passwords;
    this.clock = clock;
    this.stop = stop;
  }

  @Override
  public void passwordEvent(Peer by, String what) {
    passwords.tick();
    requests.audit(by, "password", Optional.empty(), what, "");
  }

  @Override
  public void socketEvent(String what) {
    requests.audit(new Peer("engine", ""), "SOCKET_REPLACED", Optional.empty(), what, "");
  }

  @Override
  public Answer<UnlockResult> unlock(Peer by, UnlockRequest request) {
    return unlocks.unlock(by, request);
  }

  @Override
  public Answer<UnlockPreview> unlockPreview(Peer by, UnlockRequest request) {
    return unlocks.preview(by, request);
  }

  @Override
  public Answer<LockoutRecord> lock(Peer by, LockRequest request) {
    AccountId id = new AccountId(request.accountId());
    Instant now = clock.instant();
    if (picture.state().account(id).isEmpty()) {
      return Answer.refused(Refusal.Kind.NOT_FOUND, "account " + id + " is not monitored");
    }
    if (!request.until().isAfter(now) || request.until().isAfter(now.plus(LONGEST_LOCK))) {
      return Answer.refused(
          Refusal.badParameter("until", "must lie ahead, by a year at most; it is now " + now));
    }
    return requests.through(
        new RiskEvent.LockRequested(id, request.until(), by.user(), request.reason()),
        requests.audited(by, "lock", Optional.of(id), "until " + request.until(), request.reason()),
        handled -> manual(handled, id));
  }

  private LockoutRecord manual(Handled handled, AccountId id) {
    AccountState account = handled.state().account(id).orElseThrow();
    for (Lockout lockout : account.locks().active()) {
      if (lockout.rule().equals(RuleId.MANUAL)) {
        return StatusViews.active(
            lockout, picture.views().nameOf(handled.state(), id), clock.instant());
      }
    }
    throw new IllegalStateException("the manual lockout was not set");
  }

  @Override
  public Answer<FlattenResult> flatten(Peer by, FlattenRequest request) {
    AccountId id = new AccountId(request.accountId());
    Optional<AccountState> account = picture.state().account(id);
    if (account.isEmpty()) {
      return Answer.refused(Refusal.Kind.NOT_FOUND, "account " + id + " is not monitored");
    }
    int open = 0;
    for (Holding holding : account.get().holdings()) {
      open += holding.isFlat() ? 0 : 1;
    }
    int positions = open;
    int orders = account.get().orders().size();
    return requests.through(
        new RiskEvent.FlattenRequested(id, by.user(), request.reason()),
        requests.audited(
            by, "flatten", Optional.of(id), positions + " position(s)", request.reason()),
        handled -> new FlattenResult(request.accountId(), positions, orders, null));
  }

  @Override
  public Answer<AccountsView> accountsList(Peer by) {
    return accounts.list();
  }

  @Override
  public Answer<AccountsView> accountsAdd(Peer by, long accountId) {
    return accounts.add(by, accountId);
  }

  @Override
  public Answer<AccountsView> accountsRemove(Peer by, long accountId, String reason, boolean now) {
    return accounts.remove(by, accountId, reason, now);
  }

  @Override
  public Answer<ProbesView> accountsTest(Peer by) {
    return accounts.test();
  }

  @Override
  public Answer<ConfigView> configShow(Peer by) {
    return Answer.done(config.show());
  }

  @Override
  public Answer<RulesView> rulesList(Peer by, OptionalLong accountId) {
    return rules.list(accountId);
  }

  @Override
  public Answer<ConfigReport> rulesSet(Peer by, RuleSetRequest request) {
    return rules.set(by, request);
  }

  @Override
  public Answer<ConfigReport> configValidate(Peer by, Map<String, String> instead) {
    return config.validate(instead);
  }

  @Override
  public Answer<ConfigReport> configWrite(Peer by, ConfigWriteRequest request) {
    return config.write(by, request);
  }

  @Override
  public Answer<ConfigReport> configReload(Peer by, ReloadRequest request) {
    return config.reload(by, request.now(), Optional.ofNullable(request.reason()));
  }

  @Override
  public Answer<AuditView> audit(Peer by, int tail) {
    return records.newest(tail);
  }

  @Override
  public Answer<AuditCheck> auditVerify(Peer by) {
    return records.verify(by);
  }

  @Override
  public Answer<BackupResult> backup(Peer by) {
    Answer<BackupResult> made = records.backup(clock.instant());
    if (made instanceof Answer.Done<BackupResult> done) {
      requests.audit(by, "backup", Optional.empty(), done.value().file(), "");
    }
    return made;
  }

  @Override
  public Answer<ShutdownResult> shutdown(Peer by, String reason) {
    requests.audit(by, "shutdown", Optional.empty(), "", reason);
    stop.accept("by " + by.user() + ": " + reason);
    return Answer.done(new ShutdownResult(ProcessHandle.current().pid()));
  }
}
