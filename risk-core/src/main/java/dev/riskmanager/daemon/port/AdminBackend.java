package dev.riskmanager.daemon.port;

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
import java.util.Map;
import java.util.OptionalLong;

/**
 * What the admin may ask to be changed. The caller has shown the password.
 *
 * <p>Called by many threads at once, never by the event thread. A call returns when the change is
 * durable (committed first, answered then); what the change was, and by whom, is then on the audit.
 * An implementation never waits without end: it answers {@link Refusal.Kind#UNAVAILABLE}, or {@link
 * Refusal.Kind#OUTCOME_UNKNOWN} where the request may still be carried out.
 *
 * <p>The methods that have a body are those an engine may not have yet; they refuse.
 */
public interface AdminBackend {

  /**
   * Something about passwords happened that belongs on the audit: a wrong one, a block, a change.
   * Returns at once.
   *
   * @param by who
   * @param what one line, without any part of a password
   */
  void passwordEvent(Peer by, String what);

  /**
   * Something was done to a control socket that belongs on the audit. Returns at once.
   *
   * @param what one line
   */
  void socketEvent(String what);

  /**
   * Ends lockouts; {@link Refusal.Kind#NOT_FOUND} if there is none to end, {@link
   * Refusal.Kind#FORBIDDEN} if policy forbids all of them.
   */
  Answer<UnlockResult> unlock(Peer by, UnlockRequest request);

  /**
   * Begins to stop the engine and returns before it has stopped, so that the answer can be sent.
   */
  Answer<ShutdownResult> shutdown(Peer by, String reason);

  /** Locks an account by hand. */
  default Answer<LockoutRecord> lock(Peer by, LockRequest request) {
    return notSupported("lock");
  }

  /** Closes everything of an account. */
  default Answer<FlattenResult> flatten(Peer by, FlattenRequest request) {
    return notSupported("flatten");
  }

  /** What {@link #unlock} would do now; its reason is empty. */
  default Answer<UnlockPreview> unlockPreview(Peer by, UnlockRequest request) {
    return notSupported("unlock.preview");
  }

  /**
   * The rules as configured.
   *
   * @param accountId whose; empty for the first account
   */
  default Answer<RulesView> rulesList(Peer by, OptionalLong accountId) {
    return notSupported("rules.list");
  }

  /** Changes one key of a rule, in the file and in force; or says what that would do. */
  default Answer<ConfigReport> rulesSet(Peer by, RuleSetRequest request) {
    return notSupported("rules.set");
  }

  /** The configuration in force, secrets masked. */
  default Answer<ConfigView> configShow(Peer by) {
    return notSupported("config.show");
  }

  /**
   * Checks the files without using them.
   *
   * @param instead texts that stand in place of files, by their names
   */
  default Answer<ConfigReport> configValidate(Peer by, Map<String, String> instead) {
    return notSupported("config.validate");
  }

  /** Replaces a file and puts it in force like a reload; a file with errors is not written. */
  default Answer<ConfigReport> configWrite(Peer by, ConfigWriteRequest request) {
    return notSupported("config.write");
  }

  /**
   * Puts the files in force if they are valid; else everything stays as it is.
   *
   * @param request whether loosening shall not wait for the next reset, and why
   */
  default Answer<ConfigReport> configReload(Peer by, ReloadRequest request) {
    return notSupported("config.reload");
  }

  /** The accounts of the login. */
  default Answer<AccountsView> accountsList(Peer by) {
    return notSupported("accounts.list");
  }

  /** Watches an account from now on. */
  default Answer<AccountsView> accountsAdd(Peer by, long accountId) {
    return notSupported("accounts.add");
  }

  /**
   * Stops watching an account at its next reset.
   *
   * @param now that it shall not wait for it
   */
  default Answer<AccountsView> accountsRemove(Peer by, long accountId, String reason, boolean now) {
    return notSupported("accounts.remove");
  }

  /** Probes the way to the venue and the database. */
  default Answer<ProbesView> accountsTest(Peer by) {
    return notSupported("accounts.test");
  }

  /**
   * The newest records of the audit.
   *
   * @param tail how many at most, from 1 to 10000
   */
  default Answer<AuditView> audit(Peer by, int tail) {
    return notSupported("audit");
  }

  /** Checks the chain of the audit. */
  default Answer<AuditCheck> auditVerify(Peer by) {
    return notSupported("audit.verify");
  }

  /** Copies the database to its backup of today. */
  default Answer<BackupResult> backup(Peer by) {
    return notSupported("backup");
  }

  private static <T> Answer<T> notSupported(String method) {
    return Answer.refused(
        Refusal.Kind.NOT_SUPPORTED, method + " is not available in this version of the engine");
  }
}
