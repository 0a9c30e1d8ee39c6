package dev.riskmanager.wire;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What the admin may ask: the methods of {@code admin.sock}. Thread-safe.
 *
 * <p>Every method throws {@link ControlException} if the engine refuses or does not answer. All but
 * those of {@link ViewClient} and {@link #passwd} need {@link #authenticate} first.
 */
public final class AdminClient extends ViewClient {
  /** An answer that waits for the venue or for a durable commit. */
  private static final Duration LONG = Duration.ofSeconds(60);

  private AdminClient(ControlClient connection) {
    super(connection);
  }

  private AdminClient(AdminClient lender) {
    super(lender);
  }

  /** The same connection for a while: closing what is returned leaves it open. */
  public AdminClient borrowed() {
    return new AdminClient(this);
  }

  /**
   * Connects; the password is a step of its own.
   *
   * @param socket {@link HomeDir#adminSocket()}
   * @param client name and version of the program, such as {@code risk-admin/1.0.0}
   * @param timeout how long to wait for the connection and for each answer
   * @return the connection
   * @throws ControlException if nobody listens, the user may not, or the other side speaks
   *     something else
   */
  public static AdminClient connectAdmin(Path socket, String client, Duration timeout)
      throws ControlException {
    return new AdminClient(
        ControlClient.connect(socket, client, timeout, ControlClient.Listener.NONE));
  }

  /**
   * Connects and can watch; the password is a step of its own.
   *
   * @param socket {@link HomeDir#adminSocket()}
   * @param client name and version of the program, such as {@code risk-admin/1.0.0}
   * @param timeout how long to wait for the connection and for each answer
   * @param listener told of every {@code changed} after {@link #watch}, and of the end
   * @return the connection
   * @throws ControlException if nobody listens, the user may not, or the other side speaks
   *     something else
   */
  public static AdminClient connectAdmin(
      Path socket, String client, Duration timeout, WatchListener listener)
      throws ControlException {
    return new AdminClient(ControlClient.connect(socket, client, timeout, adapt(listener)));
  }

  /**
   * Shows the password; it holds for this connection.
   *
   * @param password the password; the caller wipes it
   */
  public void authenticate(char[] password) throws ControlException {
    connection().call("authenticate", Map.of("password", password), LONG);
  }

  /**
   * Sets the password, or changes it.
   *
   * @param oldPassword the password so far, null when there is none yet; the caller wipes it
   * @param newPassword the new one; the caller wipes it
   */
  public void passwd(char @Nullable [] oldPassword, char[] newPassword) throws ControlException {
    Map<String, @Nullable Object> params = new HashMap<>();
    params.put("oldPassword", oldPassword);
    params.put("newPassword", newPassword);
    connection().call("passwd", params, LONG);
  }

  /** Ends lockouts. */
  public UnlockResult unlock(UnlockRequest request) throws ControlException {
    Map<String, @Nullable Object> params = new HashMap<>();
    params.put("accountId", request.accountId());
    params.put("ruleId", request.ruleId());
    params.put("symbol", request.symbol());
    params.put("reason", request.reason());
    return ControlClient.read(connection().call("unlock", params, LONG), UnlockResult.class);
  }

  /**
   * Locks an account.
   *
   * @param request what to lock
   * @param password needed only while {@link #authenticate} is blocked after wrong passwords, else
   *     null
   */
  public LockoutRecord lock(LockRequest request, char @Nullable [] password)
      throws ControlException {
    Map<String, @Nullable Object> params = new HashMap<>();
    params.put("accountId", request.accountId());
    params.put("until", request.until());
    params.put("reason", request.reason());
    params.put("password", password);
    return ControlClient.read(connection().call("lock", params, LONG), LockoutRecord.class);
  }

  /**
   * Closes everything of an account.
   *
   * @param request which account, and why
   * @param password needed only while {@link #authenticate} is blocked after wrong passwords, else
   *     null
   */
  public FlattenResult flatten(FlattenRequest request, char @Nullable [] password)
      throws ControlException {
    Map<String, @Nullable Object> params = new HashMap<>();
    params.put("accountId", request.accountId());
    params.put("reason", request.reason());
    params.put("password", password);
    return ControlClient.read(connection().call("flatten", params, LONG), FlattenResult.class);
  }

  /**
   * What {@link #unlock} would do now; changes nothing.
   *
   * @param request its reason is not needed yet
   */
  public UnlockPreview unlockPreview(UnlockRequest request) throws ControlException {
    Map<String, @Nullable Object> params = new HashMap<>();
    params.put("accountId", request.accountId());
    params.put("ruleId", request.ruleId());
    params.put("symbol", request.symbol());
    return ControlClient.read(
        connection().call("unlock.preview", params, LONG), UnlockPreview.class);
  }

  /**
   * The rules as configured.
   *
   * @param accountId whose; empty for the first account
   */
  public RulesView rulesList(OptionalLong accountId) throws ControlException {
    Map<String, @Nullable Object> params = new HashMap<>();
    params.put("accountId", accountId.isPresent() ? accountId.getAsLong() : null);
    return ControlClient.read(connection().call("rules.list", params, LONG), RulesView.class);
  }

  /** Changes one key of a rule, or says what that would do. */
  public ConfigReport rulesSet(RuleSetRequest request) throws ControlException {
    Map<String, @Nullable Object> params = new HashMap<>();
    params.put("rule", request.rule());
    params.put("key", request.key());
    params.put("value", request.value());
    params.put("now", request.now());
    params.put("reason", request.reason());
    params.put("preview", request.preview());
    params.put("accountId", request.accountId());
    return ControlClient.read(connection().call("rules.set", params, LONG), ConfigReport.class);
  }

  /** The configuration in force. */
  public ConfigView configShow() throws ControlException {
    return ControlClient.read(connection().call("config.show", Map.of(), LONG), ConfigView.class);
  }

  /** Checks the files without using them. */
  public ConfigReport configValidate() throws ControlException {
    return ControlClient.read(
        connection().call("config.validate", Map.of(), LONG), ConfigReport.class);
  }

  /**
   * Checks the files with another text in place of one of them; changes nothing.
   *
   * @param file its name in the {@code config} directory
   */
  public ConfigReport configValidate(String file, String text) throws ControlException {
    return ControlClient.read(
        connection().call("config.validate", Map.of("file", file, "text", text), LONG),
        ConfigReport.class);
  }

  /** Replaces a file and puts it in force, if it is valid and nobody changed it meanwhile. */
  public ConfigReport configWrite(ConfigWriteRequest request) throws ControlException {
    Map<String, @Nullable Object> params = new HashMap<>();
    params.put("file", request.file());
    params.put("base", request.base());
    params.put("text", request.text());
    params.put("now", request.now());
    params.put("reason", request.reason());
    return ControlClient.read(connection().call("config.write", params, LONG), ConfigReport.class);
  }

  /** Puts the files in force, if they are valid. */
  public ConfigReport configReload(ReloadRequest request) throws ControlException {
    Map<String, @Nullable Object> params = new HashMap<>();
    params.put("now", request.now());
    params.put("reason", request.reason());
    return ControlClient.read(connection().call("config.reload", params, LONG), ConfigReport.class);
  }

  /** The accounts of the login. */
  public AccountsView accountsList() throws ControlException {
    return ControlClient.read(
        connection().call("accounts.list", Map.of(), LONG), AccountsView.class);
  }

  /** Watches an account from now on. */
  public AccountsView accountsAdd(long accountId) throws ControlException {
    return ControlClient.read(
        connection().call("accounts.add", Map.of("accountId", accountId), LONG),
        AccountsView.class);
  }

  /** Stops watching an account, which loosens: it takes effect at its next reset. */
  public AccountsView accountsRemove(long accountId, String reason) throws ControlException {
    return accountsRemove(accountId, reason, false);
  }

  /**
   * The same.
   *
   * @param now that it shall not wait for the reset
   */
  public AccountsView accountsRemove(long accountId, String reason, boolean now)
      throws ControlException {
    Map<String, Object> params = Map.of("accountId", accountId, "reason", reason, "now", now);
    return ControlClient.read(
        connection().call("accounts.remove", params, LONG), AccountsView.class);
  }

  /** Probes the way to the venue and the database. */
  public ProbesView accountsTest() throws ControlException {
    return ControlClient.read(connection().call("accounts.test", Map.of(), LONG), ProbesView.class);
  }

  /**
   * Who did what.
   *
   * @param tail how many records at most, from 1 to 10000
   */
  public AuditView audit(int tail) throws ControlException {
    return ControlClient.read(
        connection().call("audit", Map.of("tail", tail), LONG), AuditView.class);
  }

  /** Checks the chain of the audit. */
  public AuditCheck auditVerify() throws ControlException {
    return ControlClient.read(connection().call("audit.verify", Map.of(), LONG), AuditCheck.class);
  }

  /** Copies the database to its backup of today; takes as long as copying it. */
  public BackupResult backup() throws ControlException {
    return ControlClient.read(connection().call("backup", Map.of(), LONG), BackupResult.class);
  }

  /** Stops the engine. */
  public ShutdownResult shutdown(String reason) throws ControlException {
    return ControlClient.read(
        connection().call("shutdown", Map.of("reason", reason), LONG), ShutdownResult.class);
  }
}
