package dev.riskmanager.daemon.app;

import dev.riskmanager.daemon.gateway.GatewayListener;
import dev.riskmanager.daemon.gateway.GatewayStatus;
import dev.riskmanager.daemon.gateway.LoginRejected;
import dev.riskmanager.domain.model.Account;
import dev.riskmanager.domain.model.AccountId;
import dev.riskmanager.payload.Translation;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the connection to the venue tells of itself, into the status and the log. */
final class GatewayReports implements GatewayListener {
  private static final Logger LOG = LoggerFactory.getLogger("engine");

  private final Health health;
  private final Picture picture;
  private final AccountPresence presence;

  GatewayReports(Health health, Picture picture, AccountPresence presence) {
    this.health = health;
    this.picture = picture;
    this.presence = presence;
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
  public boolean accountsListed(Set<AccountId> missing, List<Account> listed) {
    boolean goesOn = presence.listed(missing, listed);
    picture.changed();
    return goesOn;
  }

  @Override
  public void rejected(Translation.Rejected rejected) {
    LOG.warn("A payload was left out: {}", rejected);
  }
}
