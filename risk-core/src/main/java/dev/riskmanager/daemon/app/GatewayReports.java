package dev.riskmanager.daemon.app;

import dev.riskmanager.daemon.gateway.GatewayListener;
import dev.riskmanager.daemon.gateway.GatewayStatus;
import dev.riskmanager.daemon.gateway.LoginRejected;
import dev.riskmanager.domain.model.Account;
import dev.riskmanager.domain.model.AccountId;
import dev.riskmanager.payload.Translation;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the connection to the venue tells of itself, into the status and the log. */
final class GatewayReports implements GatewayListener {
  private static final Logger LOG = LoggerFactory.getLogger("engine");

  private final Health health;
  private final Picture picture;
  private final Consumer<String> refuse;

  /**
   * @param refuse ends the engine with that line
   */
  GatewayReports(Health health, Picture picture, Consumer<String> refuse) {
    this.health = health;
    this.picture = picture;
    this.refuse = refuse;
  }

  @Override
  public void statusChanged(GatewayStatus status) {
    if (status.state() == GatewayStatus.State.CONNECTED) {
      health.problem("login", "");
    }
    health.problems("gateway", status.problems());
    picture.changed();
  }

  @Override
  public void loginRejected(LoginRejected rejected) {
    health.problem("login", rejected.advice());
    LOG.error("{}", rejected.advice());
    picture.changed();
  }

  @Override
  public void unknownAccounts(Set<AccountId> missing, List<Account> listed) {
    if (health.isReady()) {
      return;
    }
    List<String> known = new ArrayList<>();
    listed.forEach(account -> known.add(account.id() + " (" + account.name() + ")"));
    refuse.accept(
        "account "
            + missing.iterator().next()
            + " is not among the accounts of this login; correct account_id in accounts.yaml. The"
            + " venue lists: "
            + (known.isEmpty() ? "none" : String.join(", ", known)));
  }

  @Override
  public void rejected(Translation.Rejected rejected) {
    LOG.warn("A payload was left out: {}", rejected);
  }
}
