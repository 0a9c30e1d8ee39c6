package dev.riskmanager.daemon.app;

import dev.riskmanager.daemon.loop.EngineLoop;
import dev.riskmanager.daemon.loop.Handled;
import dev.riskmanager.daemon.port.AdminBackend;
import dev.riskmanager.daemon.port.Answer;
import dev.riskmanager.daemon.port.Peer;
import dev.riskmanager.daemon.port.Refusal;
import dev.riskmanager.daemon.port.Store;
import dev.riskmanager.daemon.status.StatusViews;
import dev.riskmanager.domain.decision.Decision;
import dev.riskmanager.domain.event.RiskEvent;
import dev.riskmanager.domain.lockout.Lockout;
import dev.riskmanager.domain.model.AccountId;
import dev.riskmanager.domain.model.RuleId;
import dev.riskmanager.domain.rule.RiskRule;
import dev.riskmanager.domain.rule.RulePolicy;
import dev.riskmanager.domain.rule.RuleSet;
import dev.riskmanager.domain.rule.catalog.RuleCatalog;
import dev.riskmanager.domain.state.AccountState;
import dev.riskmanager.domain.state.Holding;
import dev.riskmanager.wire.AuditCheck;
import dev.riskmanager.wire.AuditView;
import dev.riskmanager.wire.BackupResult;
import dev.riskmanager.wire.ConfigReport;
import dev.riskmanager.wire.ConfigView;
import dev.riskmanager.wire.FlattenRequest;
import dev.riskmanager.wire.FlattenResult;
import dev.riskmanager.wire.LockRequest;
import dev.riskmanager.wire.LockoutRecord;
import dev.riskmanager.wire.ReloadRequest;
import dev.riskmanager.wire.ShutdownResult;
import dev.riskmanager.wire.UnlockRequest;
import dev.riskmanager.wire.UnlockResult;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What an authenticated admin asks for. Each change goes through the loop like every other event,
 * is committed before it is answered, and is on the audit.
 */
final class AdminDesk implements AdminBackend {
  private static final Logger AUDIT = LoggerFactory.getLogger("audit");
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /** A lock for longer than this is a mistake in the date. */
  private static final Duration LONGEST_LOCK = Duration.ofDays(366);

  private final Picture picture;
  private final EngineLoop loop;
  private final InstantSource clock;
  private final ConfigDesk config;
  private final AuditDesk records;
  private final Consumer<String> stop;

  AdminDesk(
      Picture picture,
      EngineLoop loop,
      InstantSource clock,
      ConfigDesk config,
      AuditDesk records,
      Consumer<String> stop) {
    this.picture = picture;
    this.loop = loop;
    this.config = config;
    this.records = records;
    this.clock = clock;
    this.stop = stop;
  }

  @Override
  public void passwordEvent(Peer by, String what) {
    audit(by, "password", Optional.empty(), what, "");
  }

  @Override
  public Answer<UnlockResult> unlock(Peer by, UnlockRequest request) {
    AccountId id = new AccountId(request.accountId());
    Optional<AccountState> account = picture.state().account(id);
    if (account.isEmpty()) {
      return Answer.refused(Refusal.Kind.NOT_FOUND, "account " + id + " is not monitored");
    }
    Optional<RuleId> rule = Optional.empty();
    if (request.ruleId() != null) {
      rule = ruleId(request.ruleId());
      if (rule.isEmpty()) {
        return Answer.refused(
            Refusal.badParameter(
                "ruleId", "no rule is called " + request.ruleId() + "; try RULE-003"));
      }
    }
    Selection selection = select(account.get(), rule, Optional.ofNullable(request.symbol()));
    if (selection.isEmpty()) {
      return Answer.refused(
          Refusal.Kind.NOT_FOUND, "account " + id + " has no such lockout; nothing to unlock");
    }
    if (selection.allowed().isEmpty()) {
      return Answer.refused(
          Refusal.Kind.FORBIDDEN,
          "policy forbids it (admin_unlock: forbidden) for " + selection.forbidden().get(0).rule());
    }
    return through(
        new RiskEvent.UnlockRequested(
            id, rule, Optional.ofNullable(request.symbol()), by.user(), request.reason()),
        audited(by, "unlock", Optional.of(id), describe(selection.allowed()), request.reason()),
        handled -> unlocked(handled, id, selection));
  }

  private static Optional<RuleId> ruleId(String text) {
    return RuleId.special(text).or(() -> RuleCatalog.find(text));
  }

  private record Selection(List<Lockout> allowed, List<Lockout> forbidden) {
    boolean isEmpty() {
      return allowed.isEmpty() && forbidden.isEmpty();
    }
  }

  private Selection select(AccountState account, Optional<RuleId> rule, Optional<String> symbol) {
    List<Lockout> allowed = new ArrayList<>();
    List<Lockout> forbidden = new ArrayList<>();
    for (Lockout lockout : account.locks().active()) {
      boolean named =
          rule.map(lockout.rule()::equals).orElse(true)
              && (symbol.isEmpty()
                  || lockout.symbol().filter(symbol.get()::equalsIgnoreCase).isPresent());
      if (named) {
        (policy(account.id(), lockout.rule()).allowed() ? allowed : forbidden).add(lockout);
      }
    }
    return new Selection(allowed, forbidden);
  }

  private RulePolicy.AdminUnlock policy(AccountId account, RuleId rule) {
    Optional<RuleSet> rules = picture.state().rules().of(account);
    return rules
        .flatMap(set -> set.rule(rule))
        .map(RiskRule::policy)
        .map(RulePolicy::adminUnlock)
        .orElse(RulePolicy.AdminUnlock.ALLOWED);
  }

  private UnlockResult unlocked(Handled handled, AccountId id, Selection selection) {
    Instant now = clock.instant();
    String name = picture.views().nameOf(handled.state(), id);
    List<LockoutRecord> ended = new ArrayList<>();
    for (Decision decision : handled.decisions()) {
      if (decision instanceof Decision.LockoutCleared cleared) {
        ended.add(
            StatusViews.ended(cleared.lockout(), name, cleared.cause().at(), cleared.by(), now));
      }
    }
    List<UnlockResult.DelayedUnlock> delayed = new ArrayList<>();
    for (Lockout lockout : selection.allowed()) {
      Duration delay = policy(id, lockout.rule()).delay();
      if (!delay.isZero()) {
        delayed.add(
            new UnlockResult.DelayedUnlock(
                StatusViews.active(lockout, name, 0, now), handled.state().now().plus(delay)));
      }
    }
    List<UnlockResult.RefusedUnlock> refused = new ArrayList<>();
    for (Lockout lockout : selection.forbidden()) {
      refused.add(
          new UnlockResult.RefusedUnlock(
              StatusViews.active(lockout, name, 0, now), "policy: admin_unlock is forbidden"));
    }
    return new UnlockResult(ended, delayed, refused);
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
    return through(
        new RiskEvent.LockRequested(id, request.until(), by.user(), request.reason()),
        audited(by, "lock", Optional.of(id), "until " + request.until(), request.reason()),
        handled -> manual(handled, id));
  }

  private LockoutRecord manual(Handled handled, AccountId id) {
    AccountState account = handled.state().account(id).orElseThrow();
    for (Lockout lockout : account.locks().active()) {
      if (lockout.rule().equals(RuleId.MANUAL)) {
        return StatusViews.active(
            lockout,
            picture.views().nameOf(handled.state(), id),
            account.locks().circumventions(),
            clock.instant());
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
    return through(
        new RiskEvent.FlattenRequested(id, by.user(), request.reason()),
        audited(by, "flatten", Optional.of(id), positions + " position(s)", request.reason()),
        handled -> new FlattenResult(request.accountId(), positions, orders, null));
  }

  @Override
  public Answer<ConfigView> configShow(Peer by) {
    return Answer.done(config.show());
  }

  @Override
  public Answer<ConfigReport> configValidate(Peer by) {
    return Answer.done(config.validate());
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
    return records.verify();
  }

  @Override
  public Answer<BackupResult> backup(Peer by) {
    Answer<BackupResult> made = records.backup(clock.instant());
    if (made instanceof Answer.Done<BackupResult> done) {
      audit(by, "backup", Optional.empty(), done.value().file(), "");
    }
    return made;
  }

  @Override
  public Answer<ShutdownResult> shutdown(Peer by, String reason) {
    audit(by, "shutdown", Optional.empty(), "", reason);
    stop.accept("by " + by.user() + ": " + reason);
    return Answer.done(new ShutdownResult(ProcessHandle.current().pid()));
  }

  /** Makes an answer of what became of an event. */
  @FunctionalInterface
  private interface Result<T> {
    T of(Handled handled);
  }

  /** Takes the request through the loop; nothing is answered that is not on the disk. */
  private <T> Answer<T> through(
      RiskEvent.AdminRequested event, Store.Change audit, Result<T> result) {
    if (event instanceof RiskEvent.UnlockRequested && !loop.isDurable()) {
      return Answer.refused(
          Refusal.Kind.UNAVAILABLE, "the database does not take writes; unlocking waits for it");
    }
    @Nullable Throwable failure;
    try {
      Handled handled =
          loop.submit(clock.instant(), event, List.of(audit))
              .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      return Answer.done(result.of(handled));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      failure = e;
    } catch (ExecutionException e) {
      failure = e.getCause();
    } catch (TimeoutException e) {
      failure = e;
    }
    return Answer.refused(
        Refusal.Kind.UNAVAILABLE,
        "the engine did not carry it out in time; see its log: " + failure);
  }

  private static String describe(List<Lockout> lockouts) {
    List<String> parts = new ArrayList<>();
    lockouts.forEach(l -> parts.add(l.rule() + l.symbol().map(s -> " " + s).orElse("")));
    return String.join(", ", parts);
  }

  private void audit(
      Peer by, String action, Optional<AccountId> account, String detail, String reason) {
    loop.append(List.of(audited(by, action, account, detail, reason)));
  }

  /** The row that says so, to be written with what it led to. */
  private Store.Change audited(
      Peer by, String action, Optional<AccountId> account, String detail, String reason) {
    AUDIT.info(
        "{} {}{} {} {}",
        by.user(),
        action,
        account.map(id -> " account " + id).orElse(""),
        detail,
        reason.isEmpty() ? "" : "reason: " + reason);
    return new Store.AuditAppended(clock.instant(), by.user(), action, account, detail, reason);
  }
}
