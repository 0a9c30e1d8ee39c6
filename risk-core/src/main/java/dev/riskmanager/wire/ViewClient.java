package dev.riskmanager.wire;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What anyone may ask: the methods of {@code view.sock}. Nothing here changes anything.
 * Thread-safe.
 *
 * <p>Every method throws {@link ControlException} if the engine refuses or does not answer.
 */
public class ViewClient implements AutoCloseable {
  private final ControlClient connection;
  private final boolean owned;

  ViewClient(ControlClient connection) {
    this.connection = connection;
    this.owned = true;
  }

  /** The connection of another, who goes on with it afterwards. */
  ViewClient(ViewClient lender) {
    this.connection = lender.connection;
    this.owned = false;
  }

  /**
   * Connects.
   *
   * @param socket {@link HomeDir#viewSocket()} or {@link HomeDir#adminSocket()}
   * @param client name and version of the program, such as {@code risk-trader/1.0.0}
   * @param timeout how long to wait for the connection and for each answer
   * @param listener told of every {@code changed} after {@link #watch}, and of the end
   * @return the connection
   * @throws ControlException if nobody listens, the user may not, or the other side speaks
   *     something else
   */
  public static ViewClient connect(
      Path socket, String client, Duration timeout, WatchListener listener)
      throws ControlException {
    return new ViewClient(ControlClient.connect(socket, client, timeout, adapt(listener)));
  }

  /**
   * Connects, to ask and not to watch.
   *
   * @param socket {@link HomeDir#viewSocket()} or {@link HomeDir#adminSocket()}
   * @param client name and version of the program, such as {@code risk-trader/1.0.0}
   * @param timeout how long to wait for the connection and for each answer
   * @return the connection
   * @throws ControlException if nobody listens, the user may not, or the other side speaks
   *     something else
   */
  public static ViewClient connect(Path socket, String client, Duration timeout)
      throws ControlException {
    return new ViewClient(
        ControlClient.connect(socket, client, timeout, ControlClient.Listener.NONE));
  }

  /** Passes notifications on as what they are. */
  static ControlClient.Listener adapt(WatchListener listener) {
    return new ControlClient.Listener() {
      @Override
      public void notification(String method, JsonText params) {
        if (method.equals("changed")) {
          listener.changed(params);
        }
      }

      @Override
      public void closed(ControlException why) {
        listener.closed(why);
      }
    };
  }

  /** What a watcher is told. */
  public interface WatchListener {
    /**
     * Something changed. Called on the connection's thread, one at a time; it must not call the
     * client. If it is slow, pictures are skipped and the newest arrives.
     *
     * @param status the whole picture, a {@link StatusView}
     */
    void changed(JsonText status);

    /**
     * The connection ended; nothing more will arrive. Called on the connection's thread.
     *
     * @param why the reason
     */
    void closed(ControlException why);
  }

  /** The connection underneath. */
  final ControlClient connection() {
    return connection;
  }

  /**
   * What the engine said of itself.
   *
   * @return the answer to {@code hello}
   */
  public final Hello hello() {
    return connection.hello();
  }

  /**
   * The picture as it arrives, for {@code --json}.
   *
   * @param accountId only this account, or empty for all
   * @return a {@link StatusView}
   */
  public final JsonText statusJson(OptionalLong accountId) throws ControlException {
    return connection.call("status", account(accountId));
  }

  /**
   * The picture.
   *
   * @param accountId only this account, or empty for all
   */
  public final StatusView status(OptionalLong accountId) throws ControlException {
    return ControlClient.read(statusJson(accountId), StatusView.class);
  }

  /**
   * Asks to be told of changes from now on; the first picture is told at once.
   *
   * @param accountId only this account, or empty for all
   */
  public final void watch(OptionalLong accountId) throws ControlException {
    connection.call("watch", account(accountId));
  }

  /**
   * Lockouts.
   *
   * @param history past ones too
   */
  public final LockoutsView lockouts(boolean history) throws ControlException {
    return ControlClient.read(lockoutsJson(history), LockoutsView.class);
  }

  /**
   * Lockouts as they arrive, for {@code --json}.
   *
   * @param history past ones too
   * @return a {@link LockoutsView}
   */
  public final JsonText lockoutsJson(boolean history) throws ControlException {
    return connection.call("lockouts", Map.of("history", history));
  }

  /**
   * The enforcement log.
   *
   * @param tail how many lines at most, from 1 to 10000
   * @param rule only this rule (id or key), null for all
   */
  public final LogView log(int tail, @Nullable String rule) throws ControlException {
    return ControlClient.read(logJson(tail, rule), LogView.class);
  }

  /**
   * The enforcement log as it arrives, for {@code --json}.
   *
   * @param tail how many lines at most, from 1 to 10000
   * @param rule only this rule (id or key), null for all
   * @return a {@link LogView}
   */
  public final JsonText logJson(int tail, @Nullable String rule) throws ControlException {
    Map<String, @Nullable Object> params = new HashMap<>();
    params.put("tail", tail);
    params.put("rule", rule);
    return connection.call("log", params);
  }

  /**
   * The enforcement log from a place on, to leaf back in it.
   *
   * @param tail how many lines at most, from 1 to 10000
   * @param rule only this rule (id or key), null for all
   * @param before only lines whose number is lower
   */
  public final LogView logBefore(int tail, @Nullable String rule, long before)
      throws ControlException {
    Map<String, @Nullable Object> params = new HashMap<>();
    params.put("tail", tail);
    params.put("rule", rule);
    params.put("before", before);
    return ControlClient.read(connection.call("log", params), LogView.class);
  }

  /**
   * Which receipts there are.
   *
   * @param accountId only this account, or empty for all
   * @param tail how many at most, from 1 to 1000
   */
  public final ReceiptsView receipts(OptionalLong accountId, int tail) throws ControlException {
    return ControlClient.read(receiptsJson(accountId, tail), ReceiptsView.class);
  }

  /**
   * Which receipts there are, as it arrives, for {@code --json}.
   *
   * @param accountId only this account, or empty for all
   * @param tail how many at most, from 1 to 1000
   * @return a {@link ReceiptsView}
   */
  public final JsonText receiptsJson(OptionalLong accountId, int tail) throws ControlException {
    Map<String, @Nullable Object> params = account(accountId);
    params.put("tail", tail);
    return connection.call("receipts", params);
  }

  /**
   * How the P&amp;L of the trading day went.
   *
   * @param accountId only this account, or empty for all
   */
  public final CurveView curve(OptionalLong accountId) throws ControlException {
    return ControlClient.read(connection.call("curve", account(accountId)), CurveView.class);
  }

  /**
   * A receipt.
   *
   * @param id its id, null for the newest
   */
  public final ReceiptView receipt(@Nullable String id) throws ControlException {
    return ControlClient.read(receiptJson(id), ReceiptView.class);
  }

  /**
   * A receipt as it arrives, for {@code --json}.
   *
   * @param id its id, null for the newest
   * @return a {@link ReceiptView}
   */
  public final JsonText receiptJson(@Nullable String id) throws ControlException {
    Map<String, @Nullable Object> params = new HashMap<>();
    params.put("id", id);
    return connection.call("receipt", params);
  }

  /** Sessions and holidays. */
  public final HoursView hours() throws ControlException {
    return ControlClient.read(hoursJson(), HoursView.class);
  }

  /**
   * Sessions and holidays as they arrive, for {@code --json}.
   *
   * @return a {@link HoursView}
   */
  public final JsonText hoursJson() throws ControlException {
    return connection.call("hours", Map.of());
  }

  private static Map<String, @Nullable Object> account(OptionalLong accountId) {
    Map<String, @Nullable Object> params = new HashMap<>();
    params.put("accountId", accountId.isPresent() ? accountId.getAsLong() : null);
    return params;
  }

  /** Ends the connection, unless it is borrowed. */
  @Override
  public final void close() {
    if (owned) {
      connection.close();
    }
  }
}
