package dev.riskmanager.daemon.gateway;

import dev.riskmanager.domain.model.Account;
import dev.riskmanager.domain.model.AccountId;
import dev.riskmanager.payload.Translation;
import java.util.List;
import java.util.Set;

/** What the gateway has to say besides events. Called on its threads; must not block. */
public interface GatewayListener {
  /** Something of the status changed, other than the time of the last event. */
  void statusChanged(GatewayStatus status);

  /** The venue does not let us in; attempts go on, slowly. */
  void loginRejected(LoginRejected rejected);

  /**
   * Accounts that were asked for are not among those the venue lists; told at the first snapshot.
   *
   * @param listed what the venue has
   */
  void unknownAccounts(Set<AccountId> missing, List<Account> listed);

  /** A payload could not be used and was left out. */
  void rejected(Translation.Rejected rejected);

  /** Listens to nothing. */
  GatewayListener NONE =
      new GatewayListener() {
        @Override
        public void statusChanged(GatewayStatus status) {}

        @Override
        public void loginRejected(LoginRejected rejected) {}

        @Override
        public void unknownAccounts(Set<AccountId> missing, List<Account> listed) {}

        @Override
        public void rejected(Translation.Rejected rejected) {}
      };
}
