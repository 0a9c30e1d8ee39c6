package dev.riskmanager.wire;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The whole picture at one instant: the object of {@code risk-trader status --json}, of each {@code
 * changed} notification and of the {@code status} method.
 *
 * @param asOf when the picture was taken, by the engine's clock
 * @param engine the engine itself
 * @param gateway the connection to the venue
 * @param accounts the monitored accounts, in the order of the configuration; all of them or the one
 *     asked for
 * @param clock the account's own trading day, or null while none is known
 * @param lastActions the newest lines of the enforcement log, newest last; at most twenty
 */
public record StatusView(
    Instant asOf,
    EngineView engine,
    GatewayView gateway,
    List<AccountView> accounts,
    @Nullable ClockView clock,
    List<LogEntry> lastActions) {

  public StatusView {
    accounts = Lists.copy(accounts);
    lastActions = Lists.copy(lastActions);
  }
}
